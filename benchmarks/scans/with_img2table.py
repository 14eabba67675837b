"""Runs in an interpreter that has img2table and rapidocr: reads files, prints one JSON line each.

Each table is {"page": 1, "cells": [[row, column, rowspan, colspan, text], ...]}, counted from 0.
"""

import json
import sys
from typing import Any


def tables_of(path: str, ocr: Any) -> list[dict[str, Any]]:
    """The tables of a PDF or a picture."""
    from img2table.document import PDF, Image  # noqa: PLC0415  (not of our environment)

    if path.endswith(".pdf"):
        found = PDF(src=path).extract_tables(ocr=ocr, borderless_tables=False)
    else:
        found = {0: Image(src=path).extract_tables(ocr=ocr, borderless_tables=False)}
    return [
        {"page": page + 1, "cells": cells_of(table)}
        for page, tables in found.items()
        for table in tables
    ]


def cells_of(table: Any) -> list[list[Any]]:
    """A merged cell comes with the same box at every place that it covers."""
    held: dict[tuple[int, int, int, int], list[tuple[int, int, str]]] = {}
    for row, cells in enumerate(table.content.values()):
        for column, cell in enumerate(cells):
            box = (cell.bbox.x1, cell.bbox.y1, cell.bbox.x2, cell.bbox.y2)
            held.setdefault(box, []).append((row, column, cell.value or ""))
    made = []
    for places in held.values():
        top, left = min(p[0] for p in places), min(p[1] for p in places)
        high, wide = max(p[0] for p in places) - top + 1, max(p[1] for p in places) - left + 1
        made.append([top, left, high, wide, places[0][2]])
    return made


def main(paths: list[str]) -> None:
    """Read all files; one that fails has no table."""
    from img2table.ocr import RapidOCR  # noqa: PLC0415
    from rapidocr import LangRec  # noqa: PLC0415

    ocr = RapidOCR(
        {"Rec.lang_type": LangRec.CH, "Global.use_cls": False, "Global.log_level": "error"}
    )
    for path in paths:
        try:
            tables = tables_of(path, ocr)
        except Exception as error:  # noqa: BLE001  (a rival may fail in any way)
            print(f"{path}: {error!r}", file=sys.stderr)
            tables = []
        print(json.dumps({"file": path, "tables": tables}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
