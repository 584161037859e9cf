"""The files of an archive, taken out one by one under numbers: a name of an archive is only ever shown."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from achats_check.disk_words import why
from achats_check.errors import ReadError
from achats_check.model.document import Unread
from achats_check.readers import guards
from achats_check.readers.piece_file import PieceFile
from achats_check.readers.piece_names import INSIDE, decoded, is_ignored, ordinary_suffix, parts_of, repaired

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

_CHUNK = 2**20
_UTF8 = 0x800
_AGAIN = "Refaire l'archive, ou donner le dossier extrait."


def members(
    path: Path,
    shown: str,
    folder: Path,
    numbers: Iterator[int],
    room: Callable[[], int],
    wanted: Callable[[str], bool] = lambda shown: True,
) -> Iterator[PieceFile | Unread]:
    """Take the files out of an archive.

    Args:
        path: The archive.
        shown: How people find it.
        folder: Where its files are written, under numbers.
        numbers: Numbers not yet used there.
        room: Says how many bytes may still be written: what archives within take counts too.
        wanted: Says whether a file is to be taken out, by the path to show.

    Yields:
        Each file, in the order of the names, or why it cannot be read; an archive that cannot be opened is one
        `Unread`. A damaged file does not lose the others.
    """
    from zipfile import ZipFile

    try:
        guards.check_archive(path)
        with ZipFile(path) as archive:
            guards.check_members(archive, guards.MAX_ARCHIVE_MEMBERS)
            for info, name in named_members(archive):
                if wanted(f"{shown}{INSIDE}{name}"):
                    target = folder / f"{next(numbers)}{ordinary_suffix(_name(info))}"
                    yield _take(archive, info, f"{shown}{INSIDE}{name}", target, room())
    except ReadError as error:
        yield Unread(shown, "zip", error.reason, error.advice)
    except guards.zip_errors():
        yield Unread(shown, "zip", "L'archive est endommagée.", _AGAIN)


def named_members(archive: ZipFile) -> list[tuple[ZipInfo, str]]:
    """Return the files with the path to show, sorted; two of the same name are told apart by a number."""
    found = []
    for info in archive.infolist():
        parts = parts_of(_name(info))
        if parts and not info.is_dir() and not any(map(is_ignored, parts)):
            found.append((info, "/".join(parts)))
    found.sort(key=lambda pair: pair[1])
    seen: Counter[str] = Counter()
    named = []
    for info, name in found:
        seen[name] += 1
        named.append((info, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return named


def _name(info: ZipInfo) -> str:
    if info.flag_bits & _UTF8 or info.orig_filename.isascii():
        return repaired(info.orig_filename.partition("\0")[0])
    return decoded(info.orig_filename.partition("\0")[0].encode("cp437"))


def _take(archive: ZipFile, info: ZipInfo, shown: str, target: Path, room: int) -> PieceFile | Unread:
    try:
        _check(info, room)
        with archive.open(info) as source, target.open("xb") as copy:
            while chunk := source.read(_CHUNK):
                copy.write(chunk)
    except ReadError as error:
        return Unread(shown, "", error.reason, error.advice)
    except OSError as error:
        target.unlink(missing_ok=True)
        reason = f"Le fichier n'a pas pu être sorti de l'archive ({why(error)})."
        return Unread(shown, "", reason, "Libérer de la place sur le disque, ou donner le dossier extrait.")
    except guards.zip_errors():
        target.unlink(missing_ok=True)
        return Unread(shown, "", "Le fichier est endommagé dans l'archive.", _AGAIN)
    return PieceFile(target, shown, given=False)


def _check(info: ZipInfo, room: int) -> None:
    """Judge a file by what the archive declares of it; ``zipfile`` never inflates beyond what is declared.

    Raises:
        ReadError: A link, an encrypted file, a bomb, a file too large.
    """
    if stat.S_ISLNK(info.external_attr >> 16):
        raise ReadError(
            "C'est un lien symbolique : il n'est pas suivi.", "Mettre dans l'archive la pièce qu'il désigne."
        )
    if info.flag_bits & 0x1:
        raise ReadError("Le fichier est protégé par un mot de passe.", "Donner l'archive sans mot de passe.")
    guards.check_inflation(info, "Le fichier", guards.MAX_FILE_BYTES)
    if info.file_size > room:
        limit = guards.MAX_TOTAL_BYTES // 2**30
        raise ReadError(f"Les archives du dossier dépassent {limit} Go une fois décompressées.", "Retirer les plans.")
