"""Reports for auditors: what was extracted beside what was recomputed, as HTML, XLSX and CSV."""
