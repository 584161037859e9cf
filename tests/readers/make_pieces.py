"""One-line makers of small Word files and PDFs, written to a path the test gives."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def paragraph(text: str, properties: str = "", look: str = "") -> str:
    """XML of a paragraph of one run."""
    return f"<w:p>{_wrapped('pPr', properties)}{run(text, look)}</w:p>"


def run(text: str, look: str = "") -> str:
    """XML of a run."""
    return f'<w:r>{_wrapped("rPr", look)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: str) -> str:
    """XML of a table whose rows are given as XML."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(text: str, properties: str = "") -> str:
    """XML of a table cell of one paragraph."""
    return f"<w:tc>{_wrapped('tcPr', properties)}{paragraph(text)}</w:tc>"


def _wrapped(name: str, inner: str) -> str:
    return f"<w:{name}>{inner}</w:{name}>" if inner else ""


def docx_bytes(body: str, **parts: str) -> bytes:
    """Bytes of a Word file.

    Args:
        body: XML of the blocks.
        parts: XML inside the root of other parts, by name: ``styles``, ``numbering``, ``header1``, ``footer1``,
            ``footnotes``…
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _relations([("officeDocument", "word/document.xml")]))
        archive.writestr("word/document.xml", root("document", f"<w:body>{body}</w:body>"))
        kinds = [(name.rstrip("0123456789"), f"{name}.xml") for name in parts]
        archive.writestr("word/_rels/document.xml.rels", _relations(kinds))
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", root(_ROOTS.get(name.rstrip("0123456789"), name), inner))
    return buffer.getvalue()


_ROOTS = {"header": "hdr", "footer": "ftr"}


def root(name: str, inner: str) -> str:
    """XML of a part."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_SPACES}>{inner}</w:{name}>'


def _relations(targets: list[tuple[str, str]]) -> str:
    lines = (
        f'<Relationship Id="r{rank}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for rank, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


def pdf_bytes(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    """Bytes of a PDF whose pages are drawn by functions on an A4 canvas of points."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), **options)  # type: ignore[arg-type]
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def lines(*texts: str, top: float = 760, left: float = 60, step: float = 14) -> Callable[[Canvas], None]:
    """A page of lines, one under the other."""

    def draw(canvas: Canvas) -> None:
        for rank, text in enumerate(texts):
            canvas.drawString(left, top - rank * step, text)

    return draw


def grid(canvas: Canvas, xs: list[float], ys: list[float], texts: list[list[str]]) -> None:
    """Draw a ruled table: ``ys`` from top to bottom, a text in each cell."""
    canvas.grid(xs, ys)
    for row, cells in enumerate(texts):
        for column, text in enumerate(cells):
            canvas.drawString(xs[column] + 4, ys[row] - 12, text)


def written(path: Path, data: bytes) -> Path:
    """Write bytes and return the path."""
    path.write_bytes(data)
    return path


def raw_pdf(objects: list[bytes]) -> bytes:
    """Bytes of a PDF of exactly these objects, numbered from 1; the first is the catalog."""
    data, places = bytearray(b"%PDF-1.4\n"), []
    for rank, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (rank, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return bytes(data) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def raw_pdf_page(box: bytes, content: bytes, count: int = 1) -> bytes:
    """Bytes of a PDF that shows one page, once or many times, with that media box and content."""
    kids = b" ".join([b"%d 0 R" % rank for rank in range(5, 5 + count)])
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>" % box
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *[page] * count,
        ]
    )
