"""Whether a notice calls for competition, and what its fields are called."""

from __future__ import annotations

import re
from collections.abc import Mapping

from achats_check.facts.notices.fields import Field, Fields
from achats_check.facts.notices.tables import Row, Table
from achats_check.model.document import ROLES, Document
from achats_check.patterns import compiled

_PATH_END = re.compile(r"(?:\[.*|@.*|/\*{1,2})$")
_CHANGE = "Changes/ChangeReason/ReasonCode"
"""Why a European notice changes an earlier one."""
_FORMATS = {"eforms": "avis eForms", "ted": "avis du TED", "boamp": "avis du BOAMP", "decp": "enregistrement DECP"}


def prepared(document: Document, table: Table) -> Document:
    """Return a notice with its role, why, and the name of each field as the heading of its block."""
    fields = Fields(document)
    role, ground = _role(fields, table)
    names = {_PATH_END.sub("", row.path): row for row in reversed(table.rows)}
    names |= {row.path: row for row in reversed(table.rows) if row.path.endswith("]")}
    several = len({field.lot for field in fields.all if field.lot}) > 1
    headings = {field.block.index: _heading(field, field.lot if several else "", names) for field in fields.all}
    blocks = tuple(b._replace(heading=headings[b.index]) if b.index in headings else b for b in document.blocks)
    return document._replace(blocks=blocks, role=role, role_ground=ground)


def _role(fields: Fields, table: Table) -> tuple[str, str]:
    said = _FORMATS[table.format]
    if table.format == "decp":
        return "DECP", f"{said} ({ROLES['DECP']})"
    kinds = [field.text for field in fields.at(table.role_path)]
    kind = kinds[0] if kinds else ""
    role = "AAPC" if kind in table.calls else "AVIS"
    name = dict(table.kinds).get(kind, kind or "nature non précisée")
    if any(field.text == "cancel" for field in fields.at(_CHANGE)):
        name += ", qui annule la procédure"
    return role, f"{said} ({name})"


def _heading(field: Field, lot: str, names: Mapping[str, Row]) -> str:
    """Name a field as its form does, or as the nearest element around it that the tables know."""
    path = compiled(r"\[[^\]]*\]").sub("", field.place)
    found = names.get(f"{path}[{field.attribute('listName')}]")
    while path and found is None:
        found = names.get(path)
        path = path.rpartition("/")[0]
    said = f"{found.section}, {found.label}" if found else field.place.rpartition("/")[2]
    return f"{said} ({lot})" if lot else said
