"""One notice through all stages (the recipe), and what becomes of many."""
