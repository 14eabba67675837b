"""Between tables and texts: what a notice says in two places must agree."""

from audit.cross.amounts import amount_agreements
from audit.cross.archive import (
    ArchiveFacts,
    ArchiveFinding,
    cross_check_archive,
    notice_to_archive_facts,
)
from audit.cross.checks import CROSS_CHECKS, cross_check
from audit.cross.facts import Agreement, ReadFacts
from audit.cross.products import FormAgreement, product_agreements

__all__ = [
    "CROSS_CHECKS",
    "Agreement",
    "ArchiveFacts",
    "ArchiveFinding",
    "FormAgreement",
    "ReadFacts",
    "amount_agreements",
    "cross_check",
    "cross_check_archive",
    "notice_to_archive_facts",
    "product_agreements",
]
