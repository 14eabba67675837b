"""Word files: what prints, in print order."""

import zipfile
from io import BytesIO

import pytest

from schemas.errors import EmptyDocumentError
from schemas.source import LineRef, Media, Reader
from tests.extract.office.made import (
    WORD,
    cell,
    lines,
    paragraph,
    read,
    rules,
    table,
    tables,
    texts,
    word_file,
    zipped,
)

DOWN = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"
WIDE = '<w:gridSpan w:val="2"/>'
HEADER = (
    cell("县市", DOWN) + cell("补助", WIDE) + cell("合计", DOWN),
    cell("", GOES_ON) + cell("人数") + cell("资金") + cell("", GOES_ON),
)


def row(*values: str) -> str:
    return "".join(map(cell, values))


def test_paragraphs_and_tables_in_print_order_with_spans() -> None:
    body = paragraph("附件1") + table(*HEADER, row("伊宁市", "10", "20", "30"))
    found = read(word_file(body + paragraph("注：不含兵团")))
    assert found.media is Media.DOCX
    assert lines(found) == ["附件1", "注：不含兵团"]
    (one,) = tables(found)
    assert one.reader is Reader.WORD
    assert texts(one) == [["县市", "补助", "", "合计"], ["", "人数", "资金", ""],
                          ["伊宁市", "10", "20", "30"]]  # fmt: skip
    assert [(c.rowspan, c.colspan) for c in one.rows[0]] == [(2, 1), (1, 2), (0, 0), (2, 1)]
    assert one.rows[2][3].ref == LineRef(4, 4)


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    body = (
        "<w:p><w:r><w:t>下达</w:t></w:r><w:del><w:r><w:delText>120</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>210</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>"
    )
    found = read(word_file(body))
    assert lines(found) == ["下达210万元"]
    (deleted,) = [f for f in found.findings if f.rule == "deleted-text"]
    assert deleted.printed == "120"
    assert "inserted-text" in rules(found)


def test_a_deleted_row_is_left_out() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{row('伊宁县', '7')}</w:tr>"
    kept = f"<w:tr>{row('县市', '资金')}</w:tr><w:tr>{row('伊宁市', '20')}</w:tr>"
    found = read(word_file(f"<w:tbl>{kept}{gone}</w:tbl>"))
    assert texts(tables(found)[0]) == [["县市", "资金"], ["伊宁市", "20"]]
    assert rules(found) == ["deleted-text"]


def test_hidden_text_and_field_codes_do_not_print() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>第3页</w:t></w:r></w:p>"
        + paragraph("正文")
    )
    found = read(word_file(body))
    assert lines(found) == ["第3页", "正文"]
    assert rules(found) == ["hidden-text"]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('财政厅文件')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><w:t>标题</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(read(word_file(body))) == ["标题", "财政厅文件"]


def test_a_table_in_a_cell_follows_the_table() -> None:
    inner = table(row("季度", "资金"), row("一", "5"))
    last = f"{row('伊宁市', '20', '30')}<w:tc>{inner}{paragraph('见内')}</w:tc>"
    outer = table(*(row(*"甲乙丙丁") for _ in range(3)), last)
    first, second = tables(read(word_file(outer)))
    assert texts(first)[3] == ["伊宁市", "20", "30", "见内"]
    assert texts(second) == [["季度", "资金"], ["一", "5"]]


def test_a_table_that_lays_out_the_page_is_its_content() -> None:
    page = table(
        f"<w:tc>{paragraph('通知')}{table(row('县市', '资金'), row('伊宁市', '5'))}</w:tc>"
    )
    found = read(word_file(page))
    assert lines(found) == ["通知"]
    assert texts(tables(found)[0]) == [["县市", "资金"], ["伊宁市", "5"]]


def test_automatic_numbers_are_printed_and_never_run_into_figures() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>'
    numbering = f'<w:numbering xmlns:w="{WORD}">' + "".join(
        f'<w:abstractNum w:abstractNumId="{i}">{level.format(*form)}</w:lvl></w:abstractNum>'
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="{i}"/></w:num>'
        for i, form in enumerate([("chineseCounting", "%1、"), ("decimal", "%1.")], 1)
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr></w:pPr>'
    body = "".join(
        paragraph(text, listed.format(i))
        for i, text in ((1, "总体要求"), (2, "5万元"), (2, "6万元"), (1, "工作安排"))
    )
    found = read(word_file(body, numbering=f"{numbering}</w:numbering>"))
    assert lines(found) == ["一、 总体要求", "1）5万元", "2）6万元", "二、 工作安排"]


def test_footnotes_come_last_and_headers_are_furniture() -> None:
    body = "<w:p><w:r><w:t>伊宁市20</w:t></w:r><w:r><w:footnoteReference/></w:r></w:p>"
    notes = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:type="separator">{paragraph("—")}'
    notes += f"</w:footnote><w:footnote>{paragraph('含兵团')}</w:footnote></w:footnotes>"
    header = f'<w:hdr xmlns:w="{WORD}">{paragraph("财政厅文件")}</w:hdr>'
    found = read(word_file(body, footnotes=notes, header=header))
    assert lines(found) == ["伊宁市20", "含兵团", "财政厅文件"]
    assert [b.furniture for b in found.layout.blocks] == [False, False, True]  # type: ignore[union-attr]


def test_tables_typed_with_tabs_are_tables() -> None:
    typed = ["县市\t人数\t资金", "伊宁市\t10\t20", "伊宁县\t30\t40", "合计\t40\t60"]
    body = "".join(paragraph(text) for text in typed).replace("\t", "</w:t><w:tab/><w:t>")
    (one,) = tables(read(word_file(body)))
    assert one.reader is Reader.TABS
    assert one.rows[3][2].ref == LineRef(4, 3)


def test_files_saved_as_strict_are_read() -> None:
    plain = word_file(paragraph("通知"))
    with zipfile.ZipFile(BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(WORD.encode(), strict)
    assert read(zipped(parts)).layout == read(plain).layout


def test_signs_of_symbol_fonts() -> None:
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    body = f"<w:p>{sign.format('Symbol', 'F0B3')}<w:r><w:t>95%</w:t></w:r></w:p>"
    unknown = f"<w:p>{sign.format('Wingdings 3', 'F0FF')}<w:r><w:t>5</w:t></w:r></w:p>"
    assert lines(read(word_file(body + unknown))) == ["≥95%", "\ufffd5"]


def test_a_file_of_blank_paragraphs_is_empty() -> None:
    with pytest.raises(EmptyDocumentError):
        read(word_file("<w:p/><w:p/>"))


def test_two_figures_in_a_cell_are_not_one() -> None:
    two = f"<w:tc>{paragraph('100')}{paragraph('200')}</w:tc>"
    found = read(word_file(table(row("县市", "资金"), cell("伊宁市") + two)))
    assert texts(tables(found)[0])[1] == ["伊宁市", "100；200"]


def test_borders_moved_a_little_make_no_columns() -> None:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (1000, 15, 985, 40, 960))
    wide = '<w:gridSpan w:val="2"/>'
    rows = (
        cell("县市") + cell("人数", wide) + cell("资金", wide),
        cell("伊宁市", wide) + cell("10", wide) + cell("20"),
    )
    grid = f"<w:tblGrid>{grid}</w:tblGrid>"
    body = table(*rows).replace("<w:tbl>", f"<w:tbl>{grid}")
    assert texts(tables(read(word_file(body)))[0]) == [
        ["县市", "人数", "资金"],
        ["伊宁市", "10", "20"],
    ]


def test_a_narrow_column_that_holds_cells_stays() -> None:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (1000, 10, 990))
    body = table(row("县市", "甲", "资金"), row("伊宁市", "1", "20"))
    found = read(word_file(body.replace("<w:tbl>", f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>")))
    assert texts(tables(found)[0])[1] == ["伊宁市", "1", "20"]


def test_a_hidden_row_is_left_out_and_told() -> None:
    hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr>{row('霍城县', '99')}</w:tr>"
    shown = f"<w:tr>{row('县市', '资金')}</w:tr><w:tr>{row('伊宁市', '10')}</w:tr>"
    found = read(word_file(f"<w:tbl>{shown}{hidden}</w:tbl>"))
    assert texts(tables(found)[0]) == [["县市", "资金"], ["伊宁市", "10"]]
    assert rules(found) == ["hidden-text"]


def test_a_sign_offered_for_new_programs_and_else_as_a_letter_is_read() -> None:
    offer = (
        '<mc:AlternateContent><mc:Choice Requires="w16se"><w:unknown/></mc:Choice>'
        "<mc:Fallback><w:t>≥</w:t></mc:Fallback></mc:AlternateContent>"
    )
    found = read(word_file(f"<w:p><w:r>{offer}</w:r><w:r><w:t>90%</w:t></w:r></w:p>"))
    assert lines(found) == ["≥90%"]
