"""Inline markup in text and Markdown: bold marks, heading signs and stray tags are no print."""

import html

import regex

_ATTRIBUTES = (
    r"(?:\s++[a-zA-Z:_-]++(?:\s*+=\s*+(?:\"[^\"<>]{0,500}+\"|'[^'<>]{0,500}+'|[^\s\"'<>]++))?+)*+"
)
_INLINE = regex.compile(
    rf"</?(?:b|strong|i|em|u|s|span|font|a|small|big|center|img|label){_ATTRIBUTES}\s*+/?>",
    regex.IGNORECASE,
)
_BREAK = regex.compile(
    rf"</?(?:br|p|div|h[1-6]|hr|li|ul|ol|section|blockquote){_ATTRIBUTES}\s*+/?>",
    regex.IGNORECASE,
)
_TABLE_PART = regex.compile(r"</?(?:table|tr|td|th)\b", regex.IGNORECASE)
_RAISED = regex.compile(r"<(sup|sub)>([^<>]{1,20})</\1>", regex.IGNORECASE)
_ENTITY = regex.compile(r"&(?:#[0-9]{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8}[1-4]{0,2});")
# Two or three stars are markup; four hide something (138****1234), and so do stars in a number.
_STARS = regex.compile(r"(?<![*0-9])\*{2,3}(?!\*)|(?<!\*)\*{2,3}(?![*0-9])")
# A longer run of low lines is a blank to be filled in.
_LOW_LINES = regex.compile(r"(?<![_\w])__(?=[^\s_])([^_]{1,200}+)(?<=\S)__(?![_\w])")
_HEADING = regex.compile(r"^\s{0,3}#{1,6}\s+")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SUBSCRIPTS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def strip_inline_markup(text: str) -> str:
    """A line as it would be shown. Tags of tables stay: another reader knows what they mean.

    >>> strip_inline_markup("## **项目支出**<b>绩效目标表</b>")
    '项目支出绩效目标表'
    >>> strip_inline_markup("10<sup>2</sup>亩&nbsp;&ge;95%，关于印发<暂行办法>的通知")
    '10²亩\\xa0≥95%，关于印发<暂行办法>的通知'
    """
    if "<" in text:
        text = _RAISED.sub(lambda match: raised(match[2], match[1].lower()), text)
        shown = strip_inline_tags(_BREAK.sub(" ", text))
        text = shown.lstrip(" ") if text[0] == "<" else shown
    if "**" in text and text.strip("* "):
        text = _STARS.sub("", text)
    if "__" in text:
        text = _LOW_LINES.sub(r"\1", text)
    if "&" in text and not _TABLE_PART.search(text):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return _HEADING.sub("", text) if "#" in text[:4] else text


def strip_inline_tags(text: str) -> str:
    """HTML without the tags that only change how letters look, which are often left unclosed.

    >>> strip_inline_tags('<td><font color="red">30<td><SPAN>68</SPAN>')
    '<td>30<td>68'
    """
    return _INLINE.sub("", text)


def raised(text: str, tag: str) -> str:
    """What stands in <sup> or <sub>: its digits stay small, so that 10² is never 102.

    >>> raised("2", "sup"), raised("①", "sup")
    ('²', '①')
    """
    return text.translate(_SUPERSCRIPTS if tag == "sup" else _SUBSCRIPTS)
