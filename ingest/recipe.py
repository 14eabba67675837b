"""One notice through all stages, in order. Nothing else puts the stages together."""

from collections import Counter
from dataclasses import dataclass, replace

from extract.layout import document_to_layout
from extract.pages import Page
from ingest.interpreting import parts_to_tables
from ingest.opening import open_document
from ingest.placing import place_table, placement_findings, whereabouts
from ingest.proving import prove_tables, was_typed
from ingest.second_look import second_look
from ingest.usable import unfit_findings
from normalize.head import lines_to_head
from normalize.parts import layout_to_parts
from normalize.places import load_gazetteer
from schemas.findings import Finding
from schemas.notice import ReadNotice
from schemas.proofs import Status
from schemas.source import Document, Layout

__all__ = ["open_document", "read_document", "read_with_pages"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A notice, and the pages of it that were read as pictures, with the words on them."""

    notice: ReadNotice
    scanned: tuple[Page, ...] = ()


def read_document(document: Document, password: str | None = None) -> ReadNotice:
    """Read a document to the end; `password` opens it where it is encrypted.

    Raises UnreadableError (schemas.errors) where nothing of it can be read; the caller publishes
    that as a rejected notice. A notice that was read but is unfit for use is returned as rejected.
    """
    return read_with_pages(document, password).notice


def read_with_pages(document: Document, password: str | None = None) -> Reading:
    """As `read_document`, with the pages that were read as pictures."""
    extraction = document_to_layout(document, password)
    known = replace(document, media=extraction.media or document.media)
    layouts = (extraction.layout, *extraction.alternatives)
    first = [layout_to_notice(known, layout, extraction.findings) for layout in layouts]
    # Where two ways to read the lines make nearly equal sense, the arithmetic decides.
    best = max(first, key=_proved)
    again = second_look(document, best, password)
    second = [layout_to_notice(known, layout, extraction.findings) for layout in again.layouts]
    notice = max([best, *second], key=_proved)
    whole = replace(notice, findings=(*notice.findings, *again.findings))
    return Reading(whole, extraction.scanned)


def layout_to_notice(
    document: Document, layout: Layout, findings: tuple[Finding, ...]
) -> ReadNotice:
    """One way to read a document's lines, through all stages; `findings` are those of reading."""
    parts = layout_to_parts(layout)
    head = lines_to_head(
        parts.text, [line for part in parts.parts for line in (part.lead or part.body)]
    )
    typed = parts_to_tables(parts.parts)
    where = whereabouts(head, typed, load_gazetteer())
    tables = tuple(place_table(table, where) for table in typed)
    proved = prove_tables(tables, parts.text, head, was_typed(document.media, layout))
    unfit = unfit_findings(document, head, findings, typed)
    placed = [finding for table in tables for finding in placement_findings(table)]
    return ReadNotice(
        document,
        layout,
        head,
        tables,
        tuple(dict.fromkeys((*findings, *unfit, *placed, *proved.findings))),
        proved.proofs,
        rejected=bool(unfit),
    )


def _proved(notice: ReadNotice) -> int:
    """Figures that the arithmetic confirms, less those that it doubts."""
    statuses = Counter(
        cell.status for proof in notice.proofs.values() for row in proof.proofs for cell in row
    )
    return statuses[Status.PROVED] + statuses[Status.REPAIRED] - statuses[Status.SUSPECT]
