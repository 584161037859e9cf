"""A small valid file of each format, to start from: the table of seeds beside the table of readers."""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from make_pieces import cell, docx_bytes, grid, lines, paragraph, pdf_bytes, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.pdfgen.canvas import Canvas

SENTENCES = (
    "Article 1 - Objet",
    "Le marché a pour objet l'entretien des espaces verts ; il est conclu pour 48 mois.",
    "Le titulaire réserve 250 heures de travail à l'insertion. Le montant maximum est de 400 000 € HT.",
)
ROWS = (("Critère", "Pondération"), ("Prix", "60 %"), ("Valeur technique", "40 %"))
_TEXT = "".join(f"<text:p>{sentence}</text:p>" for sentence in SENTENCES)


class Seed(NamedTuple):
    """A valid file."""

    suffix: str
    make: Callable[[], bytes]


def zipped(**members: str) -> bytes:
    """A zip of texts; in names, two underscores stand for a slash and one "dot" for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return buffer.getvalue()


def _docx() -> bytes:
    body = "".join(map(paragraph, SENTENCES)) + table(*("".join(map(cell, row)) for row in ROWS))
    style = '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="Titre 1"/></w:style>'
    return docx_bytes(body, styles=style, numbering='<w:abstractNum w:abstractNumId="1"/>', footer1=paragraph("Pied"))


def _page(canvas: Canvas) -> None:
    lines(*SENTENCES)(canvas)
    grid(canvas, [60, 260, 400], [600, 580, 560, 540], [list(row) for row in ROWS])
    canvas.acroForm.checkbox(x=60, y=500, size=10, checked=True, name="oui")


def _pdf() -> bytes:
    return pdf_bytes(_page, lines("Article 2 - Durée", "Le marché dure un an."), pageCompression=0, invariant=1)


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
_ODF_TABLE = "".join(
    "<table:table-row>"
    + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
    + "</table:table-row>"
    for row in ROWS
)


def _opendocument(kind: str) -> bytes:
    inner = f'<table:table table:name="Lot 1">{_ODF_TABLE}</table:table>'
    inner = (
        f"<office:text>{_TEXT}{inner}</office:text>"
        if kind == "text"
        else f"<office:spreadsheet>{inner}</office:spreadsheet>"
    )
    content = f"<office:document-content {_ODF}><office:body>{inner}</office:body></office:document-content>"
    return zipped(mimetype=f"application/vnd.oasis.opendocument.{kind}", content_dot_xml=content)


_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _xlsx() -> bytes:
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c r="{"AB"[c]}{r}" t="inlineStr"><is><t>{text}</t></is></c>' for c, text in enumerate(row))
        + "</row>"
        for r, row in enumerate(ROWS, 1)
    )
    sheet = '<sheet name="Lot 1" sheetId="1" r:id="r1"/>'
    return zipped(
        _rels___dot_rels=_relation("officeDocument", "xl/workbook.xml"),
        xl__workbook_dot_xml=f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATION}"><sheets>{sheet}</sheets></workbook>',
        xl___rels__workbook_dot_xml_dot_rels=_relation("worksheet", "worksheets/sheet1.xml"),
        xl__worksheets__sheet1_dot_xml=f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    )


def _relation(kind: str, target: str) -> str:
    inner = f'<Relationship Id="r1" Type="{_RELATION}/{kind}" Target="{target}"/>'
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def _html() -> bytes:
    body = f"<h1>{SENTENCES[0]}</h1>" + "".join(f"<p>{text}</p>" for text in SENTENCES[1:])
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS)
    return f"<!DOCTYPE html><html><body>{body}<table>{rows}</table></body></html>".encode()


def _markdown() -> bytes:
    rows = "\n".join("| " + " | ".join(row) + " |" for row in (ROWS[0], ("---", "---"), *ROWS[1:]))
    return f"# {SENTENCES[0]}\n\n{SENTENCES[1]}\n\n- {SENTENCES[2]}\n\n{rows}\n".encode()


_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"


def _eforms() -> bytes:
    lot = (
        '<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID><cac:ProcurementProject>'
        "<cbc:Name>Tonte</cbc:Name><cbc:ProcurementTypeCode>services</cbc:ProcurementTypeCode>"
        "</cac:ProcurementProject></cac:ProcurementProjectLot>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ContractNotice '
        f'xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" xmlns:cbc="{_CBC}" xmlns:cac="{_CAC}">'
        "<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID><cbc:IssueDate>2026-09-01+02:00</cbc:IssueDate>"
        f"<cac:ProcurementProject><cbc:Name>Espaces verts</cbc:Name></cac:ProcurementProject>{lot}</ContractNotice>"
    ).encode()


def _ted() -> bytes:
    return (
        b'<?xml version="1.0"?><TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication">'
        b'<FORM_SECTION><F02_2014 LG="FR"><OBJECT_CONTRACT><TITLE><P>Tonte</P></TITLE><CPV_MAIN><CPV_CODE '
        b'CODE="77314000"/></CPV_MAIN><TYPE_CONTRACT CTYPE="SERVICES"/></OBJECT_CONTRACT></F02_2014></FORM_SECTION>'
        b"</TED_EXPORT>"
    )


def _boamp() -> bytes:
    return (
        b'<?xml version="1.0" encoding="UTF-8"?><ANNONCE><GESTION><ORGANISME><ACHETEUR_PUBLIC>Commune</ACHETEUR_PUBLIC>'
        b"</ORGANISME></GESTION><DONNEES><OBJET><OBJET_COMPLET>Tonte</OBJET_COMPLET></OBJET></DONNEES></ANNONCE>"
    )


def _decp() -> bytes:
    contract = {"id": "2026-01", "objet": "Tonte", "nature": "Marché", "montant": 90000, "dureeMois": 12}
    return json.dumps({"marches": {"marche": [{**contract, "codeCPV": "77314000-4"}]}}).encode()


def _description() -> bytes:
    return json.dumps({"objet": "Tonte", "type": "services", "lots": [{"numero": 1, "cpv": ["77314000-4"]}]}).encode()


def _zip() -> bytes:
    return zipped(dossier__RC_dot_md=SENTENCES[1], dossier__CCAP_dot_html=_html().decode())


SEEDS = {
    "docx": Seed(".docx", _docx),
    "pdf": Seed(".pdf", _pdf),
    "odt": Seed(".odt", lambda: _opendocument("text")),
    "ods": Seed(".ods", lambda: _opendocument("spreadsheet")),
    "xlsx": Seed(".xlsx", _xlsx),
    "html": Seed(".html", _html),
    "text": Seed(".txt", lambda: "\n\n".join(SENTENCES).encode()),
    "md": Seed(".md", _markdown),
    "json": Seed(".json", _description),
    "yaml": Seed(".yaml", lambda: b"objet: Tonte\ntype: services\nlots:\n  - numero: 1\n"),
    "eforms": Seed(".xml", _eforms),
    "ted": Seed(".xml", _ted),
    "boamp": Seed(".xml", _boamp),
    "decp": Seed(".json", _decp),
    "zip": Seed(".zip", _zip),
}
"""Seeds by the name of their format, those of formats the table of readers does not have included: the way to
recognise a file is tried by all of them."""
ELSEWHERE = frozenset({"doc", "rtf", "xls", "xlsb", "ppt", "pptx", "odp", "image"})
"""Formats handed to another program as they are."""


@cache
def data_of(name: str) -> bytes:
    """Return the seed of a format."""
    return SEEDS[name].make()
