"""From bytes to raw tables of strings. Knows layout; no county, no arithmetic."""
