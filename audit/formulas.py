"""Formulas printed in headers, read with the damage that OCR does to them.

`4=2×3×50元/10000`, `9:4+8` and `8-6×7×12×52` (= lost), `G=A*E+A*F`, `L=J*1OO-K`. What a formula
means is often open: 12 may be the twelve months or the twelfth column, and a minus may have been =.
So all readings are given, and the figures decide. There is no `eval`; numbers are rational.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

from audit.rational import FormulaError, Rational, constant, quantity
from audit.words import table_of

_MAX_LENGTH: Final = 200
_MAX_TOKENS: Final = 60
_MAX_OPEN: Final = 6
_MAX_FACTORS: Final = 96
_MAX_DIGITS: Final = 12
_TOKEN: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[A-Za-z]|[-+*/()]")
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")
_DIGIT_LETTERS: Final = re.compile(r"(?<=[0-9])[OoDl]+(?![A-Za-z])")
_TIMES: Final = re.compile(r"(?<=[0-9)%])[xX](?=[0-9(])")
_EQUATION: Final = re.compile(r"([0-9]{1,2}|[A-Za-z])=([-+*/().%0-9A-Za-z]+)")
_NO_EQUALS: Final = re.compile(r"([0-9]{1,2}|[A-Za-z])[-:~](?=[0-9A-Za-z(])")


@dataclass(frozen=True, slots=True)
class Formula:
    """One reading of a formula: the column it is for ("" where not told), and what it is."""

    left: str
    right: Rational


@dataclass(frozen=True, slots=True)
class Reading:
    """All readings of a printed formula, or the reason why there is none."""

    text: str
    formulas: tuple[Formula, ...]
    problem: str = ""


def _normal(text: str) -> str:
    """The formula in plain signs, without spaces and measure words."""
    for line in table_of("formula_signs.csv"):
        text = text.replace(line["printed"], line["plain"])
    text = _TIMES.sub("*", "".join(text.split()))
    return _DIGIT_LETTERS.sub(lambda m: "".join("1" if c == "l" else "0" for c in m[0]), text)


def _sides(text: str) -> list[tuple[str, str]]:
    """(left, right) pairs that the text may mean, the one with a sign of equality first."""
    sides = [(m[1], m[2]) for m in _EQUATION.finditer(text)]
    if not sides:
        found = _NO_EQUALS.search(text)
        if found is not None:
            sides.append((found[1], text[found.end() :]))
    return sides


def _tokens(text: str) -> list[str]:
    tokens, end = [], 0
    for match in _TOKEN.finditer(text):
        if match.start() != end:
            break
        tokens.append(match[0])
        end = match.end()
    if end != len(text):
        raise FormulaError(f"the formula cannot be read from {text[end : end + 8]!r}")
    if len(tokens) > _MAX_TOKENS:
        raise FormulaError("the formula is too long")
    return tokens


class _Parser:
    """Recursive descent over tokens; `named` are the positions of tokens that name columns."""

    def __init__(self, tokens: list[str], named: frozenset[int]) -> None:
        self.tokens, self.named, self.at, self.factors = tokens, named, 0, 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        return token

    def total(self) -> Rational:
        value = self.term()
        while self.peek() in ("+", "-"):
            value = value + self.term() if self.take() == "+" else value - self.term()
        return value

    def term(self) -> Rational:
        value = self.factor()
        while self.peek() in ("*", "/"):
            value = value * self.factor() if self.take() == "*" else value / self.factor()
        return value

    def factor(self) -> Rational:
        self.factors += 1
        if self.factors > _MAX_FACTORS:
            raise FormulaError("the formula is nested too deeply")
        at, token = self.at, self.take()
        if token == "-":
            return -self.factor()
        if token == "(":
            value = self.total()
            if self.take() != ")":
                raise FormulaError("a bracket is not closed")
            return value
        if at in self.named:
            return quantity(token)
        if not _NUMBER.fullmatch(token) or len(token) > _MAX_DIGITS:
            raise FormulaError(f"{token!r} is neither a column nor a number")
        number = Fraction(token.removesuffix("%"))
        return constant(number / 100 if token.endswith("%") else number)


def _parse(tokens: list[str], named: frozenset[int]) -> Rational:
    parser = _Parser(tokens, named)
    value = parser.total()
    if parser.at < len(tokens):
        raise FormulaError(f"{tokens[parser.at]!r} is not expected")
    return value


def _meanings(tokens: list[str], labels: frozenset[str]) -> list[frozenset[int]]:
    """Which tokens name columns: letters do, numbers may; the fullest meaning first."""
    sure = frozenset(i for i, t in enumerate(tokens) if t.isalpha() and t in labels)
    open_ = [i for i, t in enumerate(tokens) if t in labels and i not in sure][:_MAX_OPEN]
    if sure:
        return [sure]
    choices = product((True, False), repeat=len(open_))
    return [frozenset(i for i, c in zip(open_, chosen, strict=True) if c) for chosen in choices]


def read_formula(text: str, labels: frozenset[str]) -> Reading:
    """All readings of a formula printed in a header, given the labels of the table's columns.

    Readings that name no column, or one twice in a product, are left out; a text without any has
    a `problem`. Raises nothing: what is printed is not ours to choose.

    >>> [str(f.right.over) for f in read_formula("9:4+8", frozenset("489")).formulas][:1]
    ["((('4',), Fraction(1, 1)), (('8',), Fraction(1, 1)))"]
    """
    if len(text) > _MAX_LENGTH:
        return Reading(text[:_MAX_LENGTH], (), "the formula is too long to be one")
    found: dict[Formula, None] = {}
    problem = "no formula can be read"
    for left, right in _sides(_normal(text)):
        try:
            tokens = _tokens(right)
            for named in _meanings(tokens, labels):
                value = _parse(tokens, named)
                if value.names and value.is_multilinear and left not in value.names:
                    found[Formula(left, value)] = None
                elif left in value.names:
                    problem = "the formula refers to its own column"
        except FormulaError as error:
            problem = str(error)
    return Reading(text, tuple(found), "" if found else problem)
