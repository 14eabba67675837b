"""What the tests of whole heads share: a text and everything that its head must say."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from normalize.head import lines_to_head
from schemas.source import Line, LineRef

NOTHING = {
    "doc_no": "",
    "title": "",
    "issuers": [],
    "recipients": [],
    "issued_on": None,
    "printed_on": None,
    "fiscal_year": None,
    "programme": "",
    "accounts": [],
    "direct_fund_mark": "",
    "cites": [],
    "attachments": [],
    "copies_to": [],
    "rules": [],
}


def to_lines(text: str) -> list[Line]:
    return [Line(line, LineRef(number)) for number, line in enumerate(text.split("\n"), 1)]


@pytest.fixture
def check_head() -> Callable[[SimpleNamespace], None]:
    """Compare the head of `case.text` (and `case.lead`, the lines above its tables) with the other
    fields of the case; a field that it does not name must be empty."""

    def check(case: SimpleNamespace) -> None:
        facts = vars(case)
        lead = to_lines(facts["lead"]) if "lead" in facts else []
        head = lines_to_head(to_lines(case.text), lead)
        said = {
            "doc_no": head.doc_no,
            "title": head.title,
            "issuers": list(head.issuers),
            "recipients": list(head.recipients),
            "issued_on": head.issued_on,
            "printed_on": head.printed_on,
            "fiscal_year": head.fiscal_year,
            "programme": head.programme,
            "accounts": [(account.kind, account.code, account.name) for account in head.accounts],
            "direct_fund_mark": head.direct_fund_mark,
            "cites": list(head.cites),
            "attachments": list(head.attachments),
            "copies_to": list(head.copies_to),
            "rules": sorted(finding.rule for finding in head.findings),
        }
        assert said == NOTHING | {key: facts[key] for key in NOTHING if key in facts}

    return check
