"""How well PDFs and scans are read: made pages with known truth, graded damage, and rivals."""
