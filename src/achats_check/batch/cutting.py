"""Where one dossier ends and the next begins: how a tree of folders and archives is cut.

From the leaves up, a folder or an archive is **one dossier**, with all it holds, when it holds pieces and nothing says
that it holds several consultations:

1. a folder of notices or of descriptions alone is cut: each file is a dossier by itself;
2. a folder that holds documents, and no other folder of documents, is one dossier;
3. a folder above others is one dossier when those are its parts: by their names (« lot 2 », « annexes », « 01 - Pièces
   administratives »: ``rules/archives.yaml``), or because its own pieces are those of a consultation and the others
   complete them; never when two of them both hold what a consultation has once (an RC, a CCAP…), when one of them
   was itself cut, or when it holds more notices than a consultation has;
4. any other folder is only a place: each dossier in it is cut apart. The pieces that lie in it beside folders are a
   dossier when their names say that they are pieces; else they are left aside, and named.
"""

from collections.abc import Sequence
from typing import NamedTuple

from achats_check.batch.kinds import DESCRIPTION, DOCUMENT, NOTICE, PROSE, SIDE, TABLE
from achats_check.batch.names import RULING, SINGLE, STRONG, is_lot, is_part, is_whole, role_of
from achats_check.batch.tree import File, Node
from achats_check.batch.units import Unit

_MAX_NOTICES = 5
"""Notices of one consultation: those that call, correct, award and modify it."""
_STRAY = (
    "Ce document n'est dans aucun dossier, et son nom ne dit pas qu'il est la pièce d'une consultation."
    " Le donner seul pour le juger."
)
_ARCHIVED = "C'est une table de contrats dans une archive : l'extraire pour la juger."
_SIDE = "Ce fichier complète les pièces d'un dossier, et il n'est dans aucun."
_REASONS = {DOCUMENT: _STRAY, PROSE: _STRAY, TABLE: _ARCHIVED, SIDE: _SIDE}


class Aside(NamedTuple):
    """A file or a folder that is not audited, and why."""

    path: str
    reason: str


class Cut(NamedTuple):
    """What a folder holds, once cut."""

    dossiers: tuple[Unit, ...] = ()
    """Dossiers made of documents."""
    singles: tuple[Unit, ...] = ()
    """Notices and descriptions that are each a dossier."""
    tables: tuple[File, ...] = ()
    aside: tuple[Aside, ...] = ()
    roles: frozenset[str] = frozenset()
    """Roles that the names of its documents announce."""
    notices: int = 0


def cut(node: Node) -> Cut:
    """Cut a folder or an archive into dossiers."""
    if node.archive and node.trouble:
        return Cut(dossiers=(_unit(node),))  # judged as unread: its trouble is told with the others
    if not node.files and not node.folders and not node.trouble:
        return Cut(aside=(Aside(node.shown, "L'archive est vide." if node.archive else "Le dossier est vide."),))
    children = [(child, cut(child)) for child in node.folders]
    documents = [file for file in node.files if _is_document(file)]
    roles = frozenset(role_of(file.name) for file in documents).union(*(found.roles for _, found in children))
    notices = sum(file.look.kind == NOTICE for file in node.files) + sum(found.notices for _, found in children)
    holding = [(child, found) for child, found in children if found.dossiers]
    if notices <= _MAX_NOTICES and _is_one(node, documents, holding):
        return Cut(dossiers=(_unit(node),), roles=roles, notices=notices)
    found = _joined([_of_own_files(node, documents), *(found for _, found in children)])
    if node.archive and len(found.dossiers) == 1 and not found.singles and not found.tables:
        return Cut(dossiers=(_unit(node),), roles=roles, notices=notices)  # called by its own name
    return found._replace(roles=roles, notices=notices)


def _joined(parts: Sequence[Cut]) -> Cut:
    return Cut(
        tuple(unit for part in parts for unit in part.dossiers),
        tuple(unit for part in parts for unit in part.singles),
        tuple(table for part in parts for table in part.tables),
        tuple(aside for part in parts for aside in part.aside),
    )


def _is_document(file: File) -> bool:
    prose = file.look.kind == PROSE and role_of(file.name) in STRONG
    return prose or file.look.kind == DOCUMENT


def _is_one(node: Node, documents: Sequence[File], holding: Sequence[tuple[Node, Cut]]) -> bool:
    """Say whether a folder is one dossier, by its own documents and the folders of documents in it."""
    own = STRONG.intersection(role_of(file.name) for file in documents)
    if not holding:
        return bool(own) or (bool(documents) and not _holds_others(node))
    if any(len(found.dossiers) > 1 or found.singles for _, found in holding):
        return False
    parts = [(child, found) for child, found in holding if is_part(child.name)]
    others = [found for child, found in holding if not is_part(child.name)]
    if _repeats(RULING, [own, *(found.roles for child, found in parts if not is_lot(child.name))]):
        return False
    if _repeats(SINGLE, [own, *(found.roles for found in others)]):
        return False
    return not others or (bool(own or parts) and not any(is_whole(found.roles) for found in others))


def _holds_others(node: Node) -> bool:
    """Say whether documents that bear no name of a piece lie among things that are judged one by one."""
    kinds = [file.look.kind for file in node.files]
    return TABLE in kinds or kinds.count(NOTICE) + kinds.count(DESCRIPTION) > 1


def _repeats(roles: frozenset[str], held: Sequence[frozenset[str]]) -> bool:
    return any(sum(role in found for found in held) > 1 for role in roles)


def _of_own_files(node: Node, documents: Sequence[File]) -> Cut:
    """Cut what lies in a folder that is only a place."""
    pieces = documents if STRONG.intersection(role_of(file.name) for file in documents) else []
    singles = [file for file in node.files if file.look.kind in (NOTICE, DESCRIPTION)]
    tables = [file for file in node.files if file.look.kind == TABLE]
    kept = {file.shown for file in (*pieces, *singles)} | {file.shown for file in tables if file.path}
    return Cut(
        (_of_files(f"{node.shown} (pièces hors des sous-dossiers)", node, pieces),) if pieces else (),
        tuple(_of_files(file.shown, node, [file]) for file in singles),
        tuple(table for table in tables if table.path),
        (
            *((Aside(node.shown, node.trouble),) if node.trouble else ()),
            *(
                Aside(file.shown, _REASONS.get(file.look.kind, file.look.reason))
                for file in node.files
                if file.shown not in kept and not (file.look.kind == SIDE and singles)
            ),
        ),
    )


def _unit(node: Node) -> Unit:
    return Unit(node.shown, (str(node.path),), (node.within,) if node.within else ())


def _of_files(name: str, node: Node, files: Sequence[File]) -> Unit:
    on_disk = tuple(str(file.path) for file in files if file.path is not None)
    return Unit(name, on_disk) if on_disk else Unit(name, (str(node.path),), tuple(file.shown for file in files))
