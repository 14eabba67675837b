"""The head of a notice: number, title, issuers, recipients, dates, accounts, cited numbers."""

from normalize.head.head import lines_to_head

__all__ = ["lines_to_head"]
