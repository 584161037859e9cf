"""What lies under a source: folders and archives alike, as nodes of one tree, with what each file is."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple
from zipfile import ZipFile, ZipInfo

from achats_check.batch.folder import holds_results
from achats_check.batch.kinds import ARCHIVE, NOTICE, OTHER, Look, kind_of
from achats_check.errors import ReadError
from achats_check.readers import guards
from achats_check.readers.archive import named_members
from achats_check.readers.collecting import shown_path, stays_in
from achats_check.readers.piece_names import INSIDE, is_ignored, repaired
from achats_check.readers.sniff import HEAD_BYTES

_LINK = "C'est un lien symbolique vers un dossier, ou vers un fichier qui est ailleurs : il n'est pas suivi."


class File(NamedTuple):
    """A file, on disk or in an archive."""

    name: str
    shown: str
    """How people find it."""
    look: Look
    path: Path | None
    """Where it is on disk; None in an archive."""


class Node:
    """A folder or an archive."""

    def __init__(self, name: str, shown: str, path: Path, *, within: str = "", archive: bool = False) -> None:
        """Make an empty node.

        Args:
            name: Its own name.
            shown: How people find it.
            path: Where it is on disk; for what lies in an archive, where the outermost archive is.
            within: For what lies in an archive, what the paths shown of its files begin with; else "".
            archive: Whether it is an archive rather than a folder.
        """
        self.name, self.shown, self.path, self.within, self.archive = name, shown, path, within, archive
        self.files: list[File] = []
        self.folders: list[Node] = []
        self.trouble = ""
        """Why it could not be looked into, or not whole, in French."""


TableTest = Callable[[Path], bool]
"""Says whether a file on disk holds contracts."""


def tree_of(folder: Path, skipped: Path, is_table: TableTest) -> Node:
    """Return the tree of a folder, archives opened.

    Args:
        folder: The folder.
        skipped: A folder left out wherever it is: that of the results.
        is_table: Says whether a file on disk holds contracts.
    """
    node = Node(folder.name, shown_path(folder), folder)
    _Walk(folder.resolve(), skipped, is_table).fill(node, 0)
    return node


def archive_of(path: Path) -> Node:
    """Return the tree of an archive on disk."""
    shown = shown_path(path)
    node = Node(path.name, shown, path, archive=True)
    _open(node, path, f"{shown}{INSIDE}", 1)
    return node


def file_of(path: Path, is_table: TableTest) -> File:
    """Return a file on disk, with what it is.

    Raises:
        OSError: It cannot be opened.
    """
    return File(path.name, shown_path(path), kind_of(path.name, path, partial(_head, path), is_table), path)


def export_of(file: File) -> Node | None:
    """Return the notices of an export as those of an archive; None for a file of one notice, or of anything else.

    Raises:
        OSError: It cannot be opened.
    """
    if file.look.kind != NOTICE or file.path is None:
        return None
    from achats_check.readers.notices.exports import notices_in

    node = Node(file.name, file.shown, file.path, archive=True)
    node.files = [File(name, f"{file.shown}{INSIDE}{name}", file.look, None) for name in notices_in(file.path)]
    return node if node.files else None


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)


class _Walk:
    """The walk of one tree on disk."""

    def __init__(self, root: Path, skipped: Path, is_table: TableTest) -> None:
        self._root, self._skipped, self._is_table = root, skipped, is_table

    def fill(self, node: Node, depth: int) -> None:
        """Put in a node what its folder holds, and so on downwards."""
        if depth > guards.MAX_FOLDER_DEPTH:
            node.trouble = (
                f"Le dossier est à plus de {guards.MAX_FOLDER_DEPTH} niveaux de profondeur : il n'est pas lu."
            )
            return
        try:
            with os.scandir(node.path) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            node.trouble = "Le dossier n'est pas accessible en lecture."
            return
        for entry in found:
            if not is_ignored(entry.name):
                self._enter(node, entry, depth)

    def _enter(self, node: Node, entry: os.DirEntry[str], depth: int) -> None:
        path, name = Path(entry.path), repaired(entry.name)
        shown = f"{node.shown.rstrip('/')}/{name}"
        if entry.is_symlink() and not stays_in(path, self._root):
            node.files.append(_other(name, shown, _LINK))
        elif entry.is_dir(follow_symlinks=False):
            if path.resolve() == self._skipped:
                return
            if holds_results(path):
                node.files.append(_other(name, shown, "C'est le dossier de résultats d'un audit."))
            else:
                node.folders.append(Node(name, shown, path))
                self.fill(node.folders[-1], depth + 1)
        elif entry.is_file():
            self._add_file(node, name, shown, path)
        else:
            node.files.append(_other(name, shown, "Ce n'est ni un fichier ni un dossier."))

    def _add_file(self, node: Node, name: str, shown: str, path: Path) -> None:
        try:
            look = kind_of(name, path, partial(_head, path), self._is_table)
        except OSError:
            node.files.append(_other(name, shown, "Le fichier n'est pas accessible en lecture."))
            return
        if look.kind == ARCHIVE:
            node.folders.append(Node(name, shown, path, archive=True))
            _open(node.folders[-1], path, f"{shown}{INSIDE}", 1)
        elif export := export_of(File(name, shown, look, path)):
            node.folders.append(export)
        else:
            node.files.append(File(name, shown, look, path))


def _other(name: str, shown: str, reason: str) -> File:
    return File(name, shown, Look(OTHER, reason), None)


def _open(node: Node, source: Path | IO[bytes], within: str, depth: int) -> None:
    """Fill the node of an archive; what is wrong with it is told by who judges it."""
    try:
        if isinstance(source, Path):
            guards.check_archive(source)
        with ZipFile(source) as archive:
            guards.check_members(archive, guards.MAX_ARCHIVE_MEMBERS)
            for info, name in named_members(archive):
                _place(node, archive, info, name.split("/"), within, depth)
    except ReadError as error:
        node.trouble = f"{error.reason} {error.advice}"
    except guards.zip_errors():
        node.trouble = "L'archive est endommagée. La refaire, ou donner le dossier extrait."


def _place(node: Node, archive: ZipFile, info: ZipInfo, parts: list[str], within: str, depth: int) -> None:
    """Put a member where it belongs in the tree of its archive."""
    for part in parts[:-1]:
        child = next((child for child in node.folders if child.name == part and not child.archive), None)
        if child is None:
            shown = f"{within}{part}" if node.archive else f"{node.shown}/{part}"
            child = Node(part, shown, node.path, within=f"{shown}/")
            node.folders.append(child)
        node = child
    name = parts[-1]
    shown = f"{within}{name}" if node.archive else f"{node.shown}/{name}"
    look = kind_of(name, None, partial(_member_head, archive, info), lambda path: False)
    if look.kind == ARCHIVE:
        child = Node(name, shown, node.path, within=f"{shown}{INSIDE}", archive=True)
        _open_member(child, archive, info, depth + 1)
        node.folders.append(child)
    else:
        node.files.append(File(name, shown, look, None))


def _member_head(archive: ZipFile, info: ZipInfo) -> bytes:
    with suppress(*guards.zip_errors()), archive.open(info) as member:
        return member.read(HEAD_BYTES)
    return b""


def _open_member(node: Node, archive: ZipFile, info: ZipInfo, depth: int) -> None:
    """Look into an archive within an archive, taken out for that time only."""
    if depth > guards.MAX_ARCHIVE_DEPTH:
        node.trouble = f"L'archive est dans plus de {guards.MAX_ARCHIVE_DEPTH - 1} autres archives : l'extraire."
        return
    with TemporaryFile(prefix="achats-check-") as copy:
        try:
            guards.check_inflation(info, "L'archive", guards.MAX_FILE_BYTES)
            with archive.open(info) as member:
                while chunk := member.read(2**20):
                    copy.write(chunk)
        except ReadError as error:
            node.trouble = f"{error.reason} {error.advice}"
            return
        except guards.zip_errors():
            node.trouble = "L'archive est endommagée. La refaire, ou donner le dossier extrait."
            return
        _open(node, copy, node.within, depth)
