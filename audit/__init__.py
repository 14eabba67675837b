"""Meaning to proof: structure, formulas, equations, verdicts, repairs and cross-checks.

Imports `schemas` only. What it needs of the other stages comes in as values of `schemas` types.
"""
