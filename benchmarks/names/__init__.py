"""How well rows of damaged tables are placed: a seeded generator and the comparison."""
