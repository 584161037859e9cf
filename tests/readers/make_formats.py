"""One-line makers of OpenDocument and Excel files, and of one text in every format."""

from __future__ import annotations

import io
import zipfile
from html import escape
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from make_pieces import docx_bytes
from make_pieces import paragraph as word_paragraph
from make_pieces import table as word_table

if TYPE_CHECKING:
    from collections.abc import Iterable

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "style", "text", "table", "form")),
        f'xmlns:draw="{_OASIS}drawing:1.0"',
        f'xmlns:fo="{_OASIS}xsl-fo-compatible:1.0"',
        'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def zipped(**members: str | bytes) -> bytes:
    """Bytes of a zip; two underscores in a name stand for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


def odt_bytes(body: str, automatic: str = "", styles: str = "", masters: str = "", head: str = "") -> bytes:
    """Bytes of an OpenDocument text.

    Args:
        body: XML of its blocks.
        automatic: XML of its automatic styles.
        styles: XML of its named styles.
        masters: XML of its page styles.
        head: What stands before the root of the content.
    """
    return zipped(
        mimetype="application/vnd.oasis.opendocument.text",
        **{
            "content.xml": content("text", body, automatic, head),
            "styles.xml": f"{_HEAD}<office:document-styles {_ODF}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
        },
    )


def ods_bytes(tables: str, automatic: str = "") -> bytes:
    """Bytes of an OpenDocument workbook."""
    return zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        **{"content.xml": content("spreadsheet", tables, automatic)},
    )


def content(kind: str, body: str, automatic: str = "", head: str = "") -> str:
    """XML of the main part of an OpenDocument file."""
    return (
        f"{_HEAD}{head}<office:document-content {_ODF}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )


def p(text: str, style: str = "") -> str:
    """XML of an OpenDocument paragraph."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    """XML of an OpenDocument heading."""
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def odf_table(*rows: str, name: str = "T", attributes: str = "") -> str:
    """XML of an OpenDocument table whose rows are given as XML of cells."""
    lines = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    return f'<table:table table:name="{name}" {attributes}>{lines}</table:table>'


def odf_cell(text: str, attributes: str = "") -> str:
    """XML of an OpenDocument cell of one paragraph."""
    return f"<table:table-cell {attributes}>{p(text)}</table:table-cell>"


def xlsx_bytes(
    *sheets: tuple[str, str],
    texts: Iterable[str] = (),
    formats: Iterable[str] = (),
    hidden: Iterable[str] = (),
    workbook: str = "",
) -> bytes:
    """Bytes of an Excel workbook.

    Args:
        sheets: Name and XML of the root's content of each sheet.
        texts: Its shared texts.
        formats: Codes of number formats, styles 1, 2… of cells; style 0 has none.
        hidden: Names of the sheets that are hidden.
        workbook: XML before the list of sheets.
    """
    hidden = set(hidden)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{rank}" r:id="r{rank}" state="{"hidden" if name in hidden else "visible"}"/>'
        for rank, (name, _) in enumerate(sheets, 1)
    )
    related = [(f"r{rank}", "worksheet", f"worksheets/sheet{rank}.xml") for rank in range(1, len(sheets) + 1)]
    related += [("t", "sharedStrings", "sharedStrings.xml"), ("s", "styles", "styles.xml")]
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code)}"/>' for n, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(list(formats))))
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations([("r", "officeDocument", "xl/workbook.xml")]),
        "xl/_rels/workbook.xml.rels": _relations(related),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">'
        f"{workbook}<sheets>{listed}</sheets></workbook>",
        "xl/sharedStrings.xml": f'{_HEAD}<sst xmlns="{_MAIN}">{"".join(f"<si><t>{t}</t></si>" for t in texts)}</sst>',
        "xl/styles.xml": f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
    }
    for rank, (_, inner) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{rank}.xml"] = f'{_HEAD}<worksheet xmlns="{_MAIN}">{inner}</worksheet>'
    return zipped(**parts)


def _relations(targets: list[tuple[str, str, str]]) -> str:
    lines = (f'<Relationship Id="{i}" Type="{_RELATION}/{kind}" Target="{target}"/>' for i, kind, target in targets)
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def rows(*lines: list[object]) -> str:
    """XML of the rows of a sheet: texts inline, numbers as they are, None for an empty cell, (number, style) too."""
    made = ""
    for rank, line in enumerate(lines, 1):
        cells = "".join(_cell(f"{chr(65 + column)}{rank}", value) for column, value in enumerate(line))
        made += f'<row r="{rank}">{cells}</row>'
    return f"<sheetData>{made}</sheetData>"


def _cell(place: str, value: object) -> str:
    if value is None:
        return f'<c r="{place}"/>'
    if isinstance(value, tuple):
        return f'<c r="{place}" s="{value[1]}"><v>{value[0]}</v></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


# --- One text in every format ----------------------------------------------------------------------------------------

Source = list[tuple[str, str]]
"""Kinds and texts of lines: "cover", "title", "subtitle", "item", "row" (cells between bars), "paragraph"."""
_MARKS = {"= ": "cover", "# ": "title", "## ": "subtitle", "- ": "item", "| ": "row"}


def source_lines(text: str) -> Source:
    """Return the lines of a source of the samples, without its page footer."""
    found = []
    for raw in text.splitlines():
        if raw.strip() and not raw.startswith("footer "):
            mark = next((mark for mark in _MARKS if raw.startswith(mark)), "")
            found.append((_MARKS.get(mark, "paragraph"), raw.strip(" |") if mark == "| " else raw[len(mark) :].strip()))
    return found


def _grouped(source: Source) -> Iterable[tuple[str, list[str]]]:
    for kind, group in groupby(source, key=lambda line: line[0]):
        yield kind, [text for _, text in group]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def as_docx(source: Source) -> bytes:
    """Return the text as a Word file."""
    body = ""
    for kind, texts in _grouped(source):
        if kind == "row":
            body += word_table(
                *("".join(f"<w:tc>{word_paragraph(escape(c))}</w:tc>" for c in _cells(t)) for t in texts)
            )
            continue
        level = {"title": 0, "subtitle": 1}.get(kind)
        look = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
        body += "".join(word_paragraph(escape(text), look) for text in texts)
    return docx_bytes(body)


def as_odt(source: Source) -> bytes:
    """Return the text as an OpenDocument text."""
    body = ""
    for kind, texts in _grouped(source):
        if kind == "row":
            body += odf_table(*("".join(odf_cell(escape(cell)) for cell in _cells(text)) for text in texts))
        elif kind == "item":
            items = "".join(f"<text:list-item>{p(escape(text))}</text:list-item>" for text in texts)
            body += f"<text:list>{items}</text:list>"
        else:
            level = {"title": 1, "subtitle": 2}.get(kind)
            body += "".join(h(escape(text), level) if level else p(escape(text)) for text in texts)
    return odt_bytes(body)


def as_html(source: Source) -> bytes:
    """Return the text as a web page."""
    tags = {"cover": "p", "title": "h1", "subtitle": "h2", "item": "li", "paragraph": "p"}
    body = ""
    for kind, texts in _grouped(source):
        if kind == "row":
            lines = ("".join(f"<td>{escape(cell)}</td>" for cell in _cells(text)) for text in texts)
            body += f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
        else:
            body += "".join(f"<{tags[kind]}>{escape(text)}</{tags[kind]}>\n" for text in texts)
    return f"<!doctype html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def as_markdown(source: Source) -> bytes:
    """Return the text as Markdown."""
    marks = {"cover": "**{}**\n", "title": "\n# {}\n", "subtitle": "\n## {}\n", "item": "- {}", "row": "| {} |"}
    return "\n".join(marks.get(kind, "{}\n").format(text) for kind, text in source).encode()


def as_text(source: Source) -> bytes:
    """Return the text cut to 90 characters, as people mail it."""
    marks = {"title": "\n{}\n", "subtitle": "\n{}\n", "item": "- {}", "row": "| {} |", "cover": "{}\n"}
    lines = [marks[kind].format(text) if kind in marks else f"{fill(text, 90)}\n" for kind, text in source]
    return "\n".join(lines).encode("cp1252", "replace")
