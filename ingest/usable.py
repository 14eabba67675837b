"""Whether what was read of a document is fit for use without a person's act.

What was read is kept and written in any case; a document that is not fit is rejected, so that the
run says it (exit status 3) and nobody loads figures without a header unawares.
"""

from collections.abc import Sequence

from ingest.interpreting import TypedTable
from schemas.findings import Cause, Finding, Severity
from schemas.head import NoticeHead
from schemas.source import Document, Media
from schemas.tables import AllocationTable

_MISREAD = frozenset({"wrong-encoding-mark"})
_REMEDIES = {
    "no-header": "has rows of figures but no header; join it to the page that has the header",
    "no-rows": "has a header but no rows of figures; look for the page that has the rows",
}


def unfit_findings(
    document: Document,
    head: NoticeHead,
    findings: Sequence[Finding],
    tables: Sequence[TypedTable],
) -> tuple[Finding, ...]:
    """Why a document must be rejected; () where it is fit.

    It is not where its encoding mark lies, where every table it has lacks its header or its rows,
    or where it is a picture without a table that does not say which notice it belongs to.
    """
    if document.media is Media.SCAN and not tables and not (head.doc_no or head.title):
        message = (
            f"{document.source} is a picture without a table, a title or a document number. "
            "Give the whole notice, or a better picture."
        )
        return (Finding("no-notice-in-picture", Severity.ERROR, message, Cause.SOURCE),)
    misread = tuple(finding for finding in findings if finding.rule in _MISREAD)
    broken = [finding for table in tables for finding in _broken(table)]
    if not tables or len(broken) < len(tables):
        return misread
    first = broken[0]
    message = f"{document.source} has no usable table: one {_REMEDIES[first.rule]}."
    error = Finding("no-usable-table", Severity.ERROR, message, Cause.SOURCE, ref=first.ref)
    return (*misread, error)


def _broken(table: TypedTable) -> list[Finding]:
    """The finding that makes a table useless, at most one."""
    if not isinstance(table, AllocationTable):
        return []
    return [finding for finding in table.findings if finding.rule in _REMEDIES][:1]
