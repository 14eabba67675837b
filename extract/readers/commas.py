"""Exports of spreadsheets: cells parted by commas or semicolons, quoted where they hold one."""

from collections.abc import Sequence

import regex

from extract.claims import Claim, looks_like_figure, sense_of, usual_length
from extract.readers.records import Record, Split, lines_to_runs
from extract.tables import rows_to_claim
from schemas.source import Line, Reader

_LEAST_LINES = 3
_HAN = regex.compile(r"[一-鿿]")
_OTHER_SIGNS = regex.compile(r"[\t|｜]")
# 塔城市 1,234 2,345: the commas part thousands, and blanks the cells.
_THOUSANDS = regex.compile(r"[一-鿿0-9%]\s*[-－−]?[0-9]{1,3},[0-9]{3}(?![0-9])")
_FIELD_OF_BLANKS = regex.compile(r"[0-9%]\s+[-－−]?[0-9]")
_SENTENCE = regex.compile(r"[。！？]|[，；].*[，；].*[，；].*[，；].{8}")


def read_commas(lines: Sequence[Line]) -> list[Claim]:
    """Lines such as `塔城市,30,243,273,,,`, `塔城市;30;243` or `塔城市，30，243` as rows."""
    claims: list[Claim] = []
    for sign in (",", ";", "，", "；"):
        if sum(sign in line.text for line in lines) < _LEAST_LINES:
            continue
        for run in lines_to_runs(lines, _split_by(sign), quoting=sign):
            claim = _claim(lines, run, strict=sign != ",")
            if claim is not None:
                claims.append(claim)
    return claims


def _split_by(sign: str) -> Split:
    def split(text: str) -> list[str] | None:
        if text.count(sign) < (1 if sign == "," else 2) or _OTHER_SIGNS.search(text):
            return None
        return text.split(sign)

    return split


def _claim(lines: Sequence[Line], run: Sequence[Record], *, strict: bool) -> Claim | None:
    """Prose has commas too: a table has the same number of them on most lines, and figures.

    `strict` for signs that prose uses in rows as well, and for rows of two cells: nearly all
    lines alike, many figures, no sentences.
    """
    rows = [record.cells for record in run]
    texts = [cell.text for row in rows for cell in row if cell.text]
    usual = usual_length(rows)
    strict = strict or usual == 2
    least_regular, least_figures = (0.8, 0.35) if strict else (0.6, 0.15)
    if (
        len(rows) < _LEAST_LINES
        or sum(len(row) == usual for row in rows) < least_regular * len(rows)
        or sum(map(looks_like_figure, texts)) < least_figures * len(texts)
        or _parts_thousands(lines, run)
        or (strict and any(_SENTENCE.search(lines[record.first].text) for record in run))
    ):
        return None
    return rows_to_claim(lines, (run[0].first, run[-1].last), rows, Reader.COMMAS, sense_of(rows))


def _parts_thousands(lines: Sequence[Line], run: Sequence[Record]) -> bool:
    """Whether the commas stand within figures: rows without names, or cells parted by blanks."""
    filled = [record for record in run if any(cell.text for cell in record.cells)]
    named = sum(any(_HAN.search(cell.text) for cell in record.cells) for record in filled)
    blanks = sum(
        bool(_FIELD_OF_BLANKS.search(cell.text)) for record in filled for cell in record.cells
    )
    thousands = sum(
        bool(_THOUSANDS.search(lines[record.first].text)) and len(record.cells) == 2
        for record in filled
    )
    return named * 2 < len(filled) or blanks * 2 > len(filled) or thousands * 5 > len(filled)
