"""What a run is asked to do."""

from dataclasses import dataclass, field

from ingest.isolation import Limits

ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Options:
    """One run. `store` is an SQLAlchemy URL, `archive` a folder or an fsspec URL, `cluster` a Ray
    address ("" for this machine alone).

    A document is quarantined when `attempts` of it have failed. `left_out` are paths inside the
    archive that are ours: the store, reports. `function` and `module` are what a child calls and
    imports; nobody but tests gives others.
    """

    archive: str
    store: str
    workers: int = 1
    cluster: str = ""
    limits: Limits = field(default_factory=Limits)
    attempts: int = ATTEMPTS
    keep: bool = False
    password: str = field(default="", repr=False)
    retry_quarantined: bool = False
    left_out: frozenset[str] = frozenset()
    function: str = "ingest.nightly.reading:read"
    module: str = "ingest.nightly.reading"
