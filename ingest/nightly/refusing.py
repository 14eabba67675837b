"""Records of a file that no reader gets to see: a broken container is a rejected document."""

from ingest.nightly.items import Item
from ingest.records import Records, notice_to_records
from schemas.findings import Finding, Severity
from schemas.head import NoticeHead
from schemas.notice import ReadNotice
from schemas.source import Document, Layout, Media

_REMEDIES = {
    "encrypted": "Unpack it with its password and put the files into the archive.",
    "archive-bomb": "Unpack it by hand if it is to be trusted.",
    "archive-too-deep": "Unpack it and put the files into the archive.",
    "empty-archive": "Fetch it again; if it is empty there too, remove it.",
}
_REMEDY = "Fetch it again, or unpack it and put the files into the archive."


def refused(item: Item, rule: str, reason: str) -> Records:
    """A rejected notice with the finding that says why."""
    message = f"{item.source} was not unpacked: {reason}. {_REMEDIES.get(rule, _REMEDY)}"
    document = Document(item.source, item.file.sha256, Media.TEXT, b"")
    finding = Finding(rule, Severity.ERROR, message)
    notice = ReadNotice(document, Layout(()), NoticeHead(), (), (finding,), rejected=True)
    return notice_to_records(notice)
