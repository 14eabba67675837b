"""The books of a run as they are kept: what was seen, and what became of it."""

from dataclasses import dataclass, field

from ingest.store import Books


@dataclass(slots=True)
class Tally:
    """Counts. `seen` is counted where the archive is walked and everything else where it is dealt
    with, so that one lost between the two shows."""

    seen: int = 0
    unchanged: int = 0
    accepted: int = 0
    needs_review: int = 0
    rejected: int = 0
    quarantined: int = 0
    duplicates: int = 0
    troubles: int = 0
    """Of the quarantined: what could not be fetched or unpacked at all."""
    known: int = 0
    """Sources of this archive that the store knew before."""
    met: int = 0
    """Of these, the ones that were seen again."""
    failures: dict[str, int] = field(default_factory=dict)
    """Attempts that failed, by kind."""

    def books(self) -> Books:
        """The books as the store keeps them."""
        return Books(
            self.seen,
            self.unchanged,
            self.accepted,
            self.needs_review,
            self.rejected,
            self.quarantined,
            self.duplicates,
        )

    @property
    def settled(self) -> int:
        """How many were dealt with."""
        books = self.books()
        return (
            books.unchanged
            + books.accepted
            + books.needs_review
            + books.rejected
            + books.quarantined
            + books.duplicates
        )
