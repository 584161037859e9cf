"""Reading a document with its structure, against the least one can do with the same library.

python benchmarks/bench_readers.py [RUNS]

Processor time is counted, not time on the wall: another program on the machine changes it less.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2

from achats_check.model.document import Document
from achats_check.readers import read
from achats_check.readers.pdf import SPARSE_CHARACTERS
from achats_check.readers.pdf.engine import Pdf
from dossier import write_docx, write_pdf
from long_dossier import long_pieces
from measure import Row, interleaved, show
from word_dress import dress

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, T, TAB, TABLE, ROW, CELL = (W + name for name in ("p", "t", "tab", "tbl", "tr", "tc"))


def main() -> None:
    """Print the tables."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    gc.set_threshold(50_000)  # as the command does
    with TemporaryDirectory() as name:
        folder = Path(name)
        short, long = folder / "RC.pdf", folder / "CCTP.pdf"
        pages = (write_pdf(short), write_pdf(long, long_pieces()))
        write_docx(folder / "RC.docx")
        write_docx(folder / "CCTP.docx", long_pieces())
        for plain_name in ("RC", "CCTP"):
            dress(folder / f"{plain_name}.docx", folder / f"{plain_name} Word.docx")
        _show_docx(folder, pages, runs)
        for path, count in ((short, pages[0]), (long, pages[1])):
            _show_pdf(path, count, runs)
        _show_pdfplumber(short, pages[0])


def _show_docx(folder: Path, pages: tuple[int, int], runs: int) -> None:
    rows = []
    for name, count in (("RC", pages[0]), ("CCTP", pages[1])):
        for suffix, made in ((" Word", "tel que Word l'écrit"), ("", "XML nu, styles de python-docx")):
            path = folder / f"{name}{suffix}.docx"
            _readable(path)
            times = interleaved({"walk": lambda p=path: walk(p), "read": lambda p=path: read(p)}, runs, process_time)
            what = f"{count} pages, {made}"
            rows.append(Row(f"zip + ElementTree, {what}", times["walk"], 1.0))
            rows.append(Row(f"lecteur du projet, {what}", times["read"], times["read"] / times["walk"], 1.5))
    show(f"Structure d'un .docx (médianes de {runs})", rows)


def _show_pdf(path: Path, count: int, runs: int) -> None:
    _readable(path)
    times = interleaved(
        {"plain": lambda: plain(path), "probe": lambda: probed(path), "read": lambda: read(path)}, runs, process_time
    )
    base = times["plain"]
    show(
        f"PDF de {count} pages (médianes de {runs})",
        [
            Row("pypdfium2, texte seul", base, 1.0),
            Row("texte et recherche des pages numérisées", times["probe"], times["probe"] / base, 1.3),
            Row("lecteur du projet, titres et tableaux compris", times["read"], times["read"] / base, 2.5),
        ],
    )


def _show_pdfplumber(path: Path, count: int) -> None:
    document = _readable(path)
    ours = {block.cells for block in document.blocks if block.kind == "row"}
    theirs = {tuple(cell or "" for cell in row) for row in plumbed(path)}
    times = interleaved({"plumber": lambda: plumbed(path), "read": lambda: read(path)}, 3, process_time)
    show(
        f"pdfplumber, PDF de {count} pages : {len(theirs)} lignes, dont {len(theirs - ours)} que nous n'avons pas",
        [
            Row("pdfplumber, texte et tableaux", times["plumber"], 1.0),
            Row("lecteur du projet, plus rapide de", times["read"], times["plumber"] / times["read"], 20, True),
        ],
    )


def _readable(path: Path) -> Document:
    document = read(path)
    if not isinstance(document, Document):
        sys.exit(f"{path.name} n'a pas pu être lu : {document.reason}")
    return document


def walk(path: Path) -> list[tuple[str, str]]:
    """Read a Word file as simply as can be, down to the last wrapper: style and text of each paragraph, or "row"
    and the cells of each table row."""
    with ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    found: list[tuple[str, str]] = []
    _walk_down(root, found)
    return found


def _walk_down(container: ElementTree.Element, found: list[tuple[str, str]]) -> None:
    for child in container:
        if child.tag == P:
            style = child.find(f"{W}pPr/{W}pStyle")
            found.append(("" if style is None else style.get(f"{W}val", ""), _text(child)))
        elif child.tag == TABLE:
            for row in child.iter(ROW):
                cells = ("\n".join(map(_text, cell.iter(P))) for cell in row.iter(CELL))
                found.append(("row", "\t".join(cells)))
        else:
            _walk_down(child, found)


def _text(paragraph: ElementTree.Element) -> str:
    return "".join((node.text or "") if node.tag == T else "\t" if node.tag == TAB else "" for node in paragraph.iter())


def plain(path: Path) -> list[str]:
    """Read the text of each page of a PDF, in the order of the file."""
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def probed(path: Path) -> list[tuple[str, float]]:
    """Read the text of each page and, where there is little, what share of it images cover."""
    with Pdf(path) as pdf:
        return [
            (page.text, page.image_share() if len(page.text) < SPARSE_CHARACTERS else 0.0)
            for page in pdf.pages(10_000)
            if page is not None
        ]


def plumbed(path: Path) -> list[list[str | None]]:
    """Read text and tables with pdfplumber; return the rows."""
    import pdfplumber

    rows = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            rows += [row for table in page.extract_tables() for row in table]
    return rows


if __name__ == "__main__":
    main()
