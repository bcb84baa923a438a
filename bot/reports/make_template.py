"""Makes the first ``templates/report.docx``. Afterwards the file itself is edited, in WPS or Word; run this to begin anew:

    python -m bot.reports.make_template

What stands in ``{{ … }}`` is filled in, ``{%p … %}`` and ``{%tr … %}`` repeat or leave out a paragraph or a table row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TEMPLATE = Path(__file__).with_name("templates") / "report.docx"
_BODY, _HEAD = "宋体", "黑体"
_INK, _SOFT = RGBColor(0x1B, 0x24, 0x30), RGBColor(0x55, 0x60, 0x6E)


def make() -> Any:
    """The template, not yet saved."""
    document = Document()
    _page(document)
    _styles(document)
    _text(document)
    _footer(document)
    return document


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    section.top_margin = section.bottom_margin = Cm(2.2)
    document.core_properties.title = "惠企政策核对报告"
    document.core_properties.author = "惠企政策助手"
    document.core_properties.comments = ""


def _styles(document: Any) -> None:
    styles = document.styles
    _font(styles["Normal"], _BODY, 10.5)
    styles["Normal"].paragraph_format.space_after = Pt(3)
    styles["Normal"].paragraph_format.line_spacing = 1.25
    for name, size, before in (("Title", 20, 0), ("Heading 1", 15, 16), ("Heading 2", 12, 12), ("Heading 3", 10.5, 8)):
        style = styles[name]
        _font(style, _HEAD, size)
        style.font.bold = False
        style.font.color.rgb = _INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
        style.paragraph_format.keep_with_next = True
    for border in styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    _style(styles, "结论", _HEAD, 12)
    quote = _style(styles, "原文", "楷体", 10.5)
    quote.paragraph_format.left_indent = Cm(0.8)
    small = _style(styles, "小字", _BODY, 9)
    small.font.color.rgb = _SOFT
    item = _style(styles, "条目", _BODY, 10.5)
    item.paragraph_format.left_indent = Cm(0.8)
    item.paragraph_format.first_line_indent = Cm(-0.4)
    cell = _style(styles, "表格", _BODY, 9)
    cell.paragraph_format.line_spacing = 1.0
    cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(3)
    _style(styles, "收据", "Courier New", 8)


def _style(styles: Any, name: str, font: str, size: float) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    _font(style, font, size)
    return style


def _font(style: Any, name: str, size: float) -> None:
    """One face for Chinese and Latin letters alike."""
    style.font.name, style.font.size = name, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(kind), name)
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(kind), None)


def _text(document: Any) -> None:
    add = document.add_paragraph
    add("{{ title }}", style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    add("按 {{ as_of }} 计算", style="小字").alignment = WD_ALIGN_PARAGRAPH.CENTER
    _repeated(
        add, "document in documents", [("{{ document.conclusion[0] }}", "结论"), ("{{ document.status }}", "Normal")]
    )
    _repeated(add, "once in [1] if several", [("跨地区不能合计，只能按一地的文件办理。", "Normal")])
    _repeated(add, "once in [1] if not documents", [("目前收录的文件都不适用于所在的地区。", "结论")])
    add("您的回答", style="Heading 1")
    _repeated(add, "answer in answers", [("{{ loop.index }}. {{ answer }}", "条目")])
    _repeated(add, "once in [1] if not answers", [("还没有回答。", "Normal")])
    add("{%p for document in documents %}")
    _policy(document)
    add("{%p endfor %}")
    add("还没有确定的事", style="Heading 1")
    _repeated(add, "row in missing", [("{{ row.measure }}", "Heading 3"), ("· {{ row.facts }}", "条目")])
    _repeated(add, "once in [1] if not missing", [("没有了，能问的都问过了。", "Normal")])
    add("说明", style="Heading 1")
    add("{{ disclaimer }}")
    add("收据", style="Heading 1")
    add(
        "政策文件版本 {{ receipt.corpus_version }}　基准日 {{ as_of }}　结果的散列（SHA-256）{{ receipt.sha256 }}",
        style="小字",
    )
    add(
        "下面一行记着算出本报告的全部要素。把它（或整个报告）交给 huiqi assess --receipt，会重新计算并比较是否逐字节相同。",
        style="小字",
    )
    add("{{ receipt.line }}", style="收据")


def _policy(document: Any) -> None:
    add = document.add_paragraph
    add("{{ document.title }}", style="Heading 1")
    add("文号：{{ document.number }}　时效：{{ document.standing }}", style="小字")
    add("{{ document.status }}")
    _repeated(add, "line in document.conclusion", [("{{ line }}", "结论")])
    add("{%p for measure in document.measures %}")
    _measure(add)
    add("{%p endfor %}")
    add("{%p if document.limits %}")
    add("合计怎么来的", style="Heading 2")
    _repeated(add, "line in document.limits", [("· {{ line }}", "条目")])
    add("{%p endif %}")
    add("{%p if document.rules or document.ask_next %}")
    add("还要注意", style="Heading 2")
    _repeated(add, "line in document.rules", [("· {{ line }}", "条目")])
    _repeated(add, "line in document.ask_next", [("· 文件没有写明的事，可以问：{{ line }}", "条目")])
    add("{%p endif %}")
    add("{%p if document.others %}")
    add("其余事项", style="Heading 2")
    _others(document)
    add("{%p endif %}")


def _measure(add: Any) -> None:
    add("{{ measure.number }} {{ measure.label }}　{{ measure.title }}", style="Heading 2")
    add("{{ measure.verdict }}　{{ measure.amount }}", style="结论")
    add("怎么算：{{ measure.formula }}")
    add("给谁：{{ measure.beneficiary }}")
    add("原文", style="Heading 3")
    _repeated(add, "quote in measure.quotes", [("{{ quote.label }}：“{{ quote.text }}”", "原文")])
    add("{%p if measure.conditions %}")
    add("条件", style="Heading 3")
    _repeated(add, "condition in measure.conditions", [("· {{ condition.state }}　{{ condition.words }}", "条目")])
    add("{%p endif %}")
    add("{%p if measure.notes %}")
    add("提示", style="Heading 3")
    _repeated(add, "note in measure.notes", [("· {{ note }}", "条目")])
    add("{%p endif %}")
    add("{%p if measure.missing %}")
    add("还需要", style="Heading 3")
    _repeated(add, "need in measure.missing", [("· {{ need }}", "条目")])
    add("{%p endif %}")


def _others(document: Any) -> None:
    table = document.add_table(rows=4, cols=4, style="Table Grid")
    table.autofit = False
    for column, (head, cell, width) in enumerate(
        [("条款", "{{ other.label }}", 3.0), ("事项", "{{ other.title }}", 5.6), ("结果", "{{ other.group }}", 2.2),
         ("说明", "{{ other.why }}", 5.4)]
    ):  # fmt: skip
        for row, text in enumerate((head, "", cell, "")):
            table.cell(row, column).width = Cm(width)
            table.cell(row, column).paragraphs[0].text = text
            table.cell(row, column).paragraphs[0].style = document.styles["表格"]
        table.columns[column].width = Cm(width)
    table.cell(1, 0).paragraphs[0].text = "{%tr for other in document.others %}"
    table.cell(3, 0).paragraphs[0].text = "{%tr endfor %}"
    heading = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(heading)


def _repeated(add: Any, what: str, paragraphs: list[tuple[str, str]]) -> None:
    add(f"{{%p for {what} %}}")
    for text, style in paragraphs:
        add(text, style=style)
    add("{%p endfor %}")


def _footer(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.style = document.styles["小字"]
    paragraph.add_run("惠企政策助手　估算，不是审批结果　第 ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" 页，共 ")
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(" 页")


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


if __name__ == "__main__":
    make().save(TEMPLATE)
