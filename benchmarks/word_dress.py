"""A Word file in the dress Word itself gives: revision identifiers, languages, proofing marks, split runs."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

RUN = 25
"""Words of a run."""
_LOOK = (
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="fr-FR"/>'
)
_PARAGRAPH = re.compile(r"<w:p>(<w:pPr>(.*?)</w:pPr>|<w:pPr/>)?")
_RUN = re.compile(r"<w:r><w:t(?: [^>]*)?>([^<]*)</w:t></w:r>")


def dress(source: Path, target: Path) -> None:
    """Copy a Word file of plain XML with what Word writes around the same text."""
    with ZipFile(source) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for info in given.infolist():
            data = given.read(info)
            if info.filename == "word/document.xml":
                data = _dressed(data.decode()).encode()
            made.writestr(info.filename, data)


def _dressed(xml: str) -> str:
    return _RUN.sub(_run, _PARAGRAPH.sub(_paragraph, xml))


def _paragraph(match: re.Match[str]) -> str:
    settings = f'{match[2] or ""}<w:spacing w:after="120"/><w:jc w:val="both"/><w:rPr>{_LOOK}</w:rPr>'
    return f'<w:p w:rsidR="00A41F2C" w:rsidRDefault="00A41F2C" w:rsidP="00D27E11"><w:pPr>{settings}</w:pPr>'


def _run(match: re.Match[str]) -> str:
    """Cut the text in runs of twenty-five words, as editing does, with a proofing mark after each."""
    words, runs = match[1].split(" "), []
    for start in range(0, len(words), RUN):
        text = " ".join(words[start : start + RUN]) + (" " if start + RUN < len(words) else "")
        runs.append(
            f'<w:r w:rsidRPr="00BC3A90"><w:rPr>{_LOOK}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
            '<w:proofErr w:type="spellStart"/>'
        )
    return "".join(runs)
