"""Crops to text."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from extract.scan.picture import Grey
from extract.scan.recognise.crops import DISPUTED, DOUBTED, Crop, CropReading
from extract.scan.recognise.decode import LineReading, beliefs_to_line
from extract.scan.recognise.engine import read_strips
from extract.scan.recognise.ink import Ink, Print, crop_to_ink, inks_to_print
from extract.scan.recognise.lines import ink_to_lines
from extract.scan.recognise.marks import ink_to_mark
from extract.scan.recognise.prepare import CLEANED, OTHERS, USUAL, Preparation, line_to_strip
from extract.scan.recognise.seal import is_sealed, without_seal

_BLANK = CropReading("", 1.0)
# A text of which a character is believed less is noise.
_LEAST_TEXT = 0.1
# A figure read under the rule that it be a figure counts where each sign is believed this much.
_LEAST_FIGURE = 0.02
# Of thin print, the only figure that leans as a slash does.
_LIKE_A_SLASH = "7"
# A preparation has a vote for a text of which it believes every character this much.
_LEAST_VOTE = 0.5

Lines = tuple[LineReading, ...]
"""What was read of the lines of a crop."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """The distinct `texts` of a crop that was read again, likeliest first, and by how many
    preparations each was read without doubting much, whatever kind of text it be (`votes`)."""

    texts: tuple[str, ...]
    votes: Mapping[str, int]


def read_crops(crops: Sequence[Crop]) -> tuple[CropReading, ...]:
    """Read crops of one page, in their order. Equal ones are read once, blank ones not at all.

    The size and darkness of the print are judged over all crops together, so give those of a page
    in one call. A crop that lies under a grey seal or is read badly is read again without what is
    lighter than the print. Raises MissingExtraError (schemas.errors).
    """
    inks = [crop_to_ink(crop) for crop in crops]
    usual = inks_to_print([ink for ink in inks if ink])
    readings = [_to_reading(lines) for lines in _read(inks, usual, USUAL)]
    sealed = [ink is not None and is_sealed(ink, usual) for ink in inks]
    again = [i for i, one in enumerate(readings) if sealed[i] or one.score < DOUBTED]
    for i, lines in zip(again, _read([inks[i] for i in again], usual, CLEANED), strict=True):
        readings[i] = _better(readings[i], _to_reading(lines), sealed=sealed[i])
    return tuple(_marked(one, ink, usual) for one, ink in zip(readings, inks, strict=True))


def _better(usual: CropReading, cleaned: CropReading, *, sealed: bool) -> CropReading:
    """Of two readings of a crop that disagree neither is beyond doubt. Under a seal the cleaned one
    is believed sooner; elsewhere cleaning loses faint strokes. Print that cannot be read does not
    become blank by cleaning it away."""
    if cleaned.text == usual.text:
        return usual if not usual.text else max(usual, cleaned, key=lambda one: one.score)
    if not cleaned.text:
        return replace(usual, score=min(usual.score, DISPUTED)) if sealed else usual
    take = cleaned if sealed or not usual.text else usual
    return replace(take, score=min(take.score, DISPUTED))


def _marked(reading: CropReading, ink: Ink | None, usual: Print) -> CropReading:
    mark = ink_to_mark(ink, usual) if ink and len(reading.text) <= 1 else ""
    if reading.text == _LIKE_A_SLASH and reading.score >= DOUBTED:
        mark = ""
    return CropReading(mark, max(reading.score, DOUBTED)) if mark else reading


def second_readings(crops: Sequence[Crop]) -> tuple[tuple[str, ...], ...]:
    """What several preparations make of crops, for each crop its distinct texts, the one that most
    of them agree on first. They may hold the first reading too.

    One more reading admits only signs of figures (1 for l, 0 for O) where the print may be one.
    All are made by the same recogniser: they are candidates, not evidence. Raises
    MissingExtraError (schemas.errors).
    """
    return tuple(again.texts for again in read_again(crops))


def read_again(crops: Sequence[Crop]) -> tuple[SecondReading, ...]:
    """What several preparations make of crops, as `second_readings` tells, with how many of them
    read each text. Raises MissingExtraError (schemas.errors)."""
    inks = [crop_to_ink(crop) for crop in crops]
    usual = inks_to_print([ink for ink in inks if ink])
    found: list[Counter[str]] = [Counter() for _ in crops]
    plainly: list[Counter[str]] = [Counter() for _ in crops]
    for how in (USUAL, *OTHERS):
        for texts, votes, lines in zip(found, plainly, _read(inks, usual, how), strict=True):
            whole = _to_reading(lines)
            texts[whole.text] += 2 * (whole.score >= _LEAST_TEXT)
            votes[whole.text] += whole.score >= _LEAST_VOTE
            if len(lines) == 1:
                texts[lines[0].figure.text] += lines[0].figure.score >= _LEAST_FIGURE
    return tuple(
        SecondReading(
            tuple(text for text, count in texts.most_common() if text and count), dict(votes)
        )
        for texts, votes in zip(found, plainly, strict=True)
    )


def _read(inks: Sequence[Ink | None], usual: Print, how: Preparation) -> tuple[Lines, ...]:
    """The readings of the lines of each crop; equal strips are read once."""
    strips: dict[tuple[int, bytes], tuple[int, Grey]] = {}
    numbers = [[_number(strip, strips) for strip in _strips(ink, usual, how)] for ink in inks]
    readings = read_strips([strip for _, strip in strips.values()], beliefs_to_line)
    return tuple(tuple(readings[i] for i in of_crop) for of_crop in numbers)


def _number(strip: Grey, seen: dict[tuple[int, bytes], tuple[int, Grey]]) -> int:
    return seen.setdefault((strip.shape[1], strip.tobytes()), (len(seen), strip))[0]


def _strips(ink: Ink | None, usual: Print, how: Preparation) -> list[Grey]:
    if ink is not None and how.cleaned:
        ink = crop_to_ink(Crop(without_seal(ink, usual)))
    if ink is None:
        return []
    return [line_to_strip(ink, line, usual, how) for line in ink_to_lines(ink, usual)]


def _to_reading(lines: Lines) -> CropReading:
    if not lines:
        return _BLANK
    text = "\n".join(line.text.text.strip() for line in lines if line.text.text)
    leanings = tuple(lean for line in lines for lean in line.text.leanings)
    return CropReading(text, min(line.text.score for line in lines), leanings)
