"""What this package hands on: the layout of a document and what was odd about it."""

from dataclasses import dataclass

from extract.pages import Page
from schemas.findings import Finding
from schemas.source import Layout, Media


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the bytes of a document say: its layout, and what was odd about it.

    `alternatives` are layouts that make nearly as much sense; arithmetic can tell which is right.
    `media` is what the document turned out to be where its bytes alone did not say (a PDF of
    pictures is a scan), else None. `scanned` are the pages that were read as pictures, with the
    words on them.
    """

    layout: Layout
    findings: tuple[Finding, ...]
    alternatives: tuple[Layout, ...] = ()
    media: Media | None = None
    scanned: tuple[Page, ...] = ()
