"""Whether a file is one of contracts, and how it is written, from its first kilobytes."""

from __future__ import annotations

import re
from pathlib import Path

from achats_check.contracts import streams
from achats_check.contracts.column_map import own_names
from achats_check.contracts.csv_rows import header_of
from achats_check.contracts.json_records import names_in
from achats_check.contracts.parquet_rows import parquet_columns
from achats_check.readers.notices.flat import TabularShape, load_columns
from achats_check.vocabulary import Vocabulary

DECP_JSON, DECP_XML, DECP_CSV, DECP_PARQUET = "decp-json", "decp-xml", "decp-csv", "decp-parquet"
DECP_FLAT, OCDS, TABLE_CSV, TABLE_PARQUET = "decp-json-plat", "ocds", "table-csv", "table-parquet"
FORMATS = {
    DECP_JSON: "DECP, JSON ou lignes JSON (schémas de 2019 et de 2022)",
    DECP_XML: "DECP, XML (schémas de 2019 et de 2022)",
    DECP_CSV: "DECP, consolidation tabulaire en CSV",
    DECP_PARQUET: "DECP, consolidation tabulaire en Parquet",
    DECP_FLAT: "DECP, consolidation tabulaire en JSON",
    OCDS: "OCDS, lignes JSON, « release package » ou « record package »",
    TABLE_CSV: "table générique en CSV",
    TABLE_PARQUET: "table générique en Parquet",
}
"""Formats of files of contracts, and their names in French."""
_PARQUET = b"PAR1"
_SCHEMA = b"json-schema.org"
"""What a schema of JSON says it follows: it names the fields, and holds no data."""
_JSON = re.compile(rb"\s*[\[{]")
_OCDS = re.compile(rb'"(?:ocid|releases|compiledRelease)"\s*:')
_DECP = re.compile(
    rb'"(?:marches|contrat-concession|codeCPV|dateNotification|datePublicationDonnees|dateSignature)"\s*:'
)
_NESTED = re.compile(
    rb'"(?:marches?|contrat-concession|acheteur|autoriteConcedante|titulaires|concessionnaires|modifications)"'
    rb"\s*:\s*[\[{]"
)
"""Objects and lists of the DECP that a table has not."""
_COMMENT = re.compile(rb"(?s)<!--.*?(?:-->|\Z)")
"""A comment; one that does not end there hides all that follows."""
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]{1,40}:)?([\w-]{1,60})")
_ROOTS = (b"marches", b"marche", b"contrat-concession")
_FEWEST_FACTS = 2


def table_format(path: Path, vocabulary: Vocabulary, *, mapped: bool = False) -> str | None:
    """Return the format of a file of contracts, or None for any other file.

    A file of the DECP is one whatever the number of its contracts: in an audit, all contracts are in one table; it is
    ``check`` that takes a file of one contract for a piece of a dossier.

    Args:
        path: The file.
        vocabulary: The names that the columns of a generic table may bear.
        mapped: Whether a correspondence of columns is given: any CSV or Parquet is then a table.

    Raises:
        OSError: The file cannot be opened.
    """
    data = streams.head(path)
    if data.startswith(_PARQUET):
        return _tabular(parquet_columns(path), vocabulary, DECP_PARQUET, TABLE_PARQUET, mapped=mapped)
    if _JSON.match(data):
        if _SCHEMA in data:
            return None
        if _OCDS.search(data):
            return OCDS
        if not _NESTED.search(data) and TabularShape(names_in(data), load_columns()).fits:
            return DECP_FLAT
        return DECP_JSON if _DECP.search(data) else None
    if data.lstrip().startswith(b"<"):
        root = _ROOT.search(_COMMENT.sub(b"", data))
        return DECP_XML if root is not None and root[1] in _ROOTS else None
    if b"\0" in data[:1024] or b"\n" not in data:
        return None
    return _tabular(header_of(data).columns, vocabulary, DECP_CSV, TABLE_CSV, mapped=mapped)


def _tabular(columns: tuple[str, ...], vocabulary: Vocabulary, decp: str, generic: str, *, mapped: bool) -> str | None:
    if mapped and len(columns) > 1:
        return generic
    shape, own = TabularShape(columns, load_columns()), own_names(columns, vocabulary)
    if shape.fits and shape.read >= len(own):  # some facts bear the name of a column of the consolidations
        return decp
    facts = [name for name in own if name in vocabulary]
    dotted = any("." in name for name in facts)
    return generic if len(facts) >= _FEWEST_FACTS and dotted else None
