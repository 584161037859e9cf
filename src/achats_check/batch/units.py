"""What an audit judges one by one, under what terms, and the key by which what is done is known again."""

import os
from collections.abc import Iterator
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from achats_check.pieces import SIDE_FILE
from achats_check.readers.collecting import is_archive, shown_path
from achats_check.readers.piece_file import is_file, is_folder
from achats_check.readers.piece_names import INSIDE, is_ignored

if TYPE_CHECKING:
    from hashlib import _Hash

_CHUNK = 2**20
PATIENCE = {"seconds": 1_200, "alone_seconds": 7_200}
"""Times of a dossier whose scanned pages are recognised (see `Terms`)."""


class Unit(NamedTuple):
    """One dossier: a folder or an archive of pieces, a few files, a notice, a part of an archive of dossiers."""

    name: str
    """How people find it: « archive/2024-07 », « archive.zip!/2024-07 », « avis/24-1234.xml »."""
    paths: tuple[str, ...]
    """Where it is on disk: a folder, an archive, or files that are its pieces."""
    inside: tuple[str, ...] = ()
    """For a part of an archive, what the paths shown begin with: « archive.zip!/2024-07/ »; else ()."""


class Terms(NamedTuple):
    """Under what terms every dossier of an audit is judged."""

    today: date
    """Day whose law is assumed for a dossier whose launch is not known."""
    rules_version: str
    buyer: str | None = None
    """Path of a profile of the buyer."""
    declared: tuple[tuple[str, Any], ...] = ()
    packs: tuple[str, ...] = ()
    ocr: bool = False
    seconds: int = 120
    """Time of a dossier judged with others; past it, it is judged again alone, its pieces read apart."""
    alone_seconds: int = 900
    """Time of a dossier judged alone; past it, it is set aside."""

    def stamp(self, tool_version: str) -> str:
        """Return what, beside the pieces, a result depends on: results with another stamp are done again."""
        profile = sha256(Path(self.buyer).read_bytes()).hexdigest() if self.buyer else ""
        declared = sorted(self.declared)
        told = (tool_version, self.rules_version, self.today, profile, declared, self.ocr)
        return sha256(repr(told).encode()).hexdigest()


def key_of(unit: Unit, stamp: str) -> str:
    """Return the key of a dossier: where it is, the content of its pieces, and the terms.

    A piece that cannot be read counts by its name: the dossier is done again once it can.
    """
    digest = sha256(f"{stamp}|{unit.name}|{unit.inside}".encode("utf-8", "surrogateescape"))
    for path in unit.paths:
        for file in _files(Path(path)):
            _add(digest, file, unit.inside)
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    """Yield the files of a folder, in an order that does not depend on the disk; else the file and its side file."""
    if not is_folder(path):
        yield path
        beside = path.parent / SIDE_FILE
        if is_file(beside):
            yield beside
    for folder, folders, names in os.walk(path):  # what cannot be listed is passed over
        folders[:] = sorted(name for name in folders if not is_ignored(name))
        files = (Path(folder, name) for name in sorted(names) if not is_ignored(name))
        yield from (file for file in files if is_file(file))  # a pipe would wait for ever


def _add(digest: "_Hash", file: Path, inside: tuple[str, ...]) -> None:
    digest.update(f"|{file}|".encode("utf-8", "surrogateescape"))
    try:
        if inside and file.name != SIDE_FILE:
            _add_part(digest, file, inside)
        else:
            with file.open("rb") as stream:
                digest.update(file_digest(stream, "sha256").digest())
    except OSError as error:
        digest.update(str(error.errno).encode())


def _add_part(digest: "_Hash", file: Path, inside: tuple[str, ...]) -> None:
    """Add the members of an archive that are shown under a path, and the archives that lead to it, or the notices."""
    if is_archive(file):
        _add_members(digest, file, inside)
        return
    from achats_check.readers.notices.exports import notices_in

    notices = notices_in(file)
    for shown in inside:
        digest.update(notices.get(shown.removeprefix(f"{shown_path(file)}{INSIDE}"), b""))


def _add_members(digest: "_Hash", file: Path, inside: tuple[str, ...]) -> None:
    from zipfile import ZipFile

    from achats_check.readers.archive import named_members
    from achats_check.readers.collecting import leads_to
    from achats_check.readers.guards import zip_errors

    try:
        with ZipFile(file) as archive:
            for info, name in named_members(archive):
                if leads_to(inside, f"{shown_path(file)}{INSIDE}{name}"):
                    digest.update(f"|{name}|{info.file_size}|".encode("utf-8", "surrogateescape"))
                    with archive.open(info) as member:
                        while chunk := member.read(_CHUNK):
                            digest.update(chunk)
    except zip_errors() as error:
        digest.update(type(error).__name__.encode())
