"""Extracted figures beside somebody else's: an auditor's spreadsheet, or another run."""
