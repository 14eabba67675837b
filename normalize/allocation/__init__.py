"""Allocation tables (分配表): rows told from headers, cells put into columns, headers voted on."""

from normalize.allocation.table import part_to_allocation

__all__ = ["part_to_allocation"]
