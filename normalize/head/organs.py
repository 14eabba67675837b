"""Names of public bodies: letterheads and signatures, and the lists that a notice is sent to."""

import re
from collections.abc import Sequence

from normalize.head.text import HeadLine, fold, tidy
from normalize.head.vocabulary import ATTACHMENTS, BODY, ORGAN, TITLE

_HAN_NAME = re.compile("[\u3400-\u9fff()·〇 ]{3,60}")
_ENDS = re.compile(f"(?:{'|'.join(ORGAN.endings)})(?:\\([\u3400-\u9fff]{{1,20}}\\))?\\Z")
_ADDRESSEE_ENDS = re.compile(
    f"(?:{'|'.join(ORGAN.addressee_endings + ORGAN.endings)})"
    "(?:\\([\u3400-\u9fff,、]{1,30}\\))?\\Z"
)
_LETTERHEAD_END = re.compile(f"(?:{'|'.join(' ?'.join(w) for w in ORGAN.letterhead_words)})\\Z")
_NO_PLACE = re.compile("|".join(ORGAN.not_designators))
_PLACE = re.compile(f".(?:{'|'.join(ORGAN.place_designators)})")
_CONTINUES = ("和", "与", "及", "、", "(", ")")
_NOTES = re.compile(
    rf"[\s(（]{{0,3}}(?:{'|'.join(BODY.no_text_marks)})[^,。]{{0,8}}[)）]?", re.DOTALL
)


def is_organ(folded: str) -> bool:
    """Whether a folded text is the name of a body and nothing else.

    >>> is_organ("塔城地区人力资源和社会保障局"), is_organ("一、请各市财政局")
    (True, False)
    """
    name = tidy(folded)
    return (
        _HAN_NAME.fullmatch(name) is not None
        and _ENDS.search(name) is not None
        and name.count("(") == name.count(")")
        and not name.startswith(("、", ")", "(", "各", "有关", "请", "由"))
        and not any(word in name for word in TITLE.about)
    )


def is_addressee(folded: str) -> bool:
    """Whether a folded text can be one of those that a notice goes to: 各直属单位."""
    return _ADDRESSEE_ENDS.search(tidy(folded)) is not None


def letterhead_names(lines: Sequence[HeadLine]) -> tuple[str, ...]:
    """The bodies named in lines that hold only such names, in print order, spaces removed.

    A name broken over two lines is joined; several names in a line are parted where one ends and
    a space follows; 文件 goes. What is no name is passed over.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["河 南 省 财 政 厅", "文件", "河南省人力资源", "和社会保障厅"]
    >>> letterhead_names(lines_to_head_lines([Line(t, LineRef(n)) for n, t in enumerate(texts)]))
    ('河南省财政厅', '河南省人力资源和社会保障厅')
    """
    names: list[str] = []
    open_name = ""
    for line in lines:
        text, folded = _without_letterhead_word(line)
        if len(folded) > 120 or not re.fullmatch("[\u3400-\u9fff()、·〇 ]{1,120}", folded):
            open_name = ""
            continue
        pieces = _pieces(open_name, text, folded)
        open_name = ""
        for piece in pieces:
            if is_organ(fold(piece)):
                names.append(piece)
            else:
                open_name = piece
    return tuple(dict.fromkeys(names))


def _pieces(before: str, text: str, folded: str) -> list[str]:
    """The names of a line, the last perhaps unfinished; `before` is one left unfinished above."""
    if before:
        first = fold(_pieces("", text, folded)[0])
        if is_organ(first) and is_full_name(first) and not folded.startswith(_CONTINUES):
            return [before, *_pieces("", text, folded)]
    words = text.split(" ")
    if all(len(word) <= 1 for word in words):
        words = ["".join(words)]
    current = before
    done: list[str] = []
    for place, word in enumerate(words):
        current += word
        rest = fold("".join(words[place + 1 :]))
        if is_organ(fold(current)) and (not rest or is_full_name(rest)):
            done.append(current)
            current = ""
    if current:
        done.append(current)
    return done


def _without_letterhead_word(line: HeadLine) -> tuple[str, str]:
    match = _LETTERHEAD_END.search(line.folded)
    end = match.start() if match else len(line.text)
    return line.text[:end].strip(), line.folded[:end].strip()


def is_full_name(folded: str) -> bool:
    """Whether a piece of a list stands by itself, rather than share the place before it.

    >>> is_full_name("和硕县财政局"), is_full_name("人力资源和社会保障局"), is_full_name("有关单位")
    (True, False, True)
    """
    name = tidy(folded)
    return (
        name.startswith(ORGAN.full_starts) or _PLACE.search(_NO_PLACE.sub("　", name)) is not None
    )


def list_to_names(text: str) -> tuple[str, ...]:
    """A printed list of bodies, split into its entries, each as printed but for spaces.

    ；and ，always part entries. 、 (or a space) does so only where a whole name ends before it and
    the next piece is a name with a place of its own; pieces that share the place before them stay
    with it, because on their own they would name nobody.

    >>> list_to_names("伊犁哈萨克自治州财政局、人力资源和社会保障局；各地（州、市）财政局：")
    ('伊犁哈萨克自治州财政局、人力资源和社会保障局', '各地（州、市）财政局')
    >>> list_to_names("郑州市财政局、洛阳市财政局，省直有关单位")
    ('郑州市财政局', '洛阳市财政局', '省直有关单位')
    """
    text = " ".join(text.split()).rstrip("：:。.;；,， ")
    folded = fold(text)
    entries: list[str] = []
    start = depth = 0
    for place, sign in enumerate(folded):
        depth += (sign == "(") - (sign == ")")
        if depth > 0 or sign not in ";,、 ":
            continue
        left, right = folded[start:place], folded[place + 1 : place + 60]
        if sign in ";," or (is_addressee(left) and is_full_name(_first_piece(right))):
            entries.append(text[start:place])
            start = place + 1
    entries.append(text[start:])
    return tuple(entry for entry in map(tidy, entries) if entry)


def _first_piece(folded: str) -> str:
    return re.split(r"[;,、 ]", folded.lstrip(), maxsplit=1)[0]


def without_notes(text: str) -> str:
    """A line of the signature without （此页无正文）, （盖章） and their like."""
    return _NOTES.sub("", text).strip()


def is_item_end(folded: str) -> bool:
    """Whether an attachment's name may end here."""
    return folded.rstrip(ATTACHMENTS.trailing + " ").endswith(ATTACHMENTS.item_ends)


def one_gap(short: str, long: str) -> bool:
    """Whether the shorter name is the longer one with a single run of characters missing, as a
    seal leaves it, and enough of it left to be sure.

    >>> one_gap("城地区人力资源和社会保障局", "塔城地区人力资源和社会保障局")
    True
    >>> one_gap("省民政厅", "省人民政府办公厅")
    False
    """
    missing = len(long) - len(short)
    if missing <= 0 or missing * 5 > len(long) * 2 or len(short) < 3:
        return False
    head = next(
        (i for i, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]),
        len(short),
    )
    tail_at = len(short) - head
    if not (tail_at == 0 or long.endswith(short[head:])):
        return False
    # 财政局 inside 财政局办公室 is another body, not a damaged one.
    return not (tail_at == 0 and is_organ(fold(short)))


def one_sign_off(left: str, right: str) -> bool:
    """Whether two names differ in one character of their place, the body being the same."""
    if len(left) != len(right) or len(left) < 6 or left[-4:] != right[-4:]:
        return False
    return sum(a != b for a, b in zip(left, right, strict=True)) == 1


def is_tail(short: str, long: str) -> bool:
    """Whether a name is the end of another: what a seal left, or the name without its place."""
    return 3 <= len(short) < len(long) and long.endswith(short)
