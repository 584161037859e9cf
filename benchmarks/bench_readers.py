"""Reading a document with its structure, against the least one can do with the same library.

python benchmarks/bench_readers.py [RUNS]
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2

from achats_check.model.document import Document
from achats_check.readers import read
from dossier import write_docx, write_pdf
from measure import Row, interleaved, show

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with TemporaryDirectory() as name:
        docx, pdf = Path(name) / "RC.docx", Path(name) / "RC.pdf"
        write_docx(docx)
        pages = write_pdf(pdf)
        for path in (docx, pdf):
            if not isinstance(read(path), Document):
                sys.exit(f"{path.name} n'a pas pu être lu")
        times = interleaved(
            {
                "walk": lambda: walk(docx),
                "docx": lambda: read(docx),
                "plain": lambda: plain(pdf),
                "pdf": lambda: read(pdf),
            },
            runs,
        )
    show(
        f"Lecture de {pages} pages (médianes de {runs})",
        [
            Row("docx : zip + ElementTree, texte et style par paragraphe", times["walk"], 1.0),
            Row("docx : lecteur du projet", times["docx"], times["docx"] / times["walk"], 1.5),
            Row("pdf : pypdfium2, texte seul", times["plain"], 1.0),
            Row(
                "pdf : lecteur du projet, titres et tableaux compris", times["pdf"], times["pdf"] / times["plain"], 2.5
            ),
        ],
    )


def walk(path: Path) -> list[tuple[str, str]]:
    """Read a Word file as simply as can be: the name of the style and the text of each paragraph of the body."""
    with ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    found = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
        found.append(("" if style is None else style.get(f"{W}val", ""), text))
    return found


def plain(path: Path) -> list[str]:
    """Read the text of each page of a PDF, in the order of the file."""
    document = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


if __name__ == "__main__":
    main()
