"""What each document of a dossier is: notices by their fields, the other pieces by their wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from achats_check.facts.contents import with_cut
from achats_check.facts.roles import with_role
from achats_check.facts.roles.naming import Naming
from achats_check.facts.run_on_pages import with_lines
from achats_check.facts.versions import with_versions
from achats_check.model.document import Document


def recognised(documents: Sequence[Document], naming: Naming, tables: Mapping[str, Any]) -> list[Document]:
    """Return documents with their roles, the versions of a same piece told.

    Args:
        documents: What the readers handed over.
        naming: How pieces are named.
        tables: The tables of the fields of notices, by format (see ``tables_for``).
    """
    return list(with_versions([_known(document, naming, tables) for document in documents]))


def tables_for(documents: Sequence[Document], notices: tuple[Any, ...]) -> Mapping[str, Any]:
    """Return the tables of notices by format, when a piece has fields: the others are read without them."""
    if not any(document.blocks and document.blocks[0].pointer for document in documents):
        return {}
    from achats_check.facts.notices.tables import tables

    return tables(notices)


def _known(document: Document, naming: Naming, tables: Mapping[str, Any]) -> Document:
    if document.format not in tables:
        return with_cut(with_role(with_lines(document), naming))
    from achats_check.facts.notices.role import prepared

    return prepared(document, tables[document.format])
