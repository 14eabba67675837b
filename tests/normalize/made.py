"""Layouts for tests, made from lines of text as an archive holds them."""

from extract.layout import document_to_layout
from normalize.parts import layout_to_parts
from schemas.source import Document, Layout, Media
from schemas.tables import Parts


def layout_of(*lines: str) -> Layout:
    """The layout of a text with these lines."""
    data = "\n".join(lines).encode()
    return document_to_layout(Document("made.txt", "0" * 64, Media.TEXT, data)).layout


def parts_of(*lines: str) -> Parts:
    """The parts of a text with these lines."""
    return layout_to_parts(layout_of(*lines))
