"""The files of a dossier: folders walked, archives opened, whatever is nobody's piece left out.

Nothing is ever written where an archive says: what is taken out of it goes under a number, in a private folder
that lasts as long as the reading.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from achats_check.disk_words import why
from achats_check.model.document import Unread
from achats_check.readers import guards
from achats_check.readers.piece_file import PieceFile, head_of, is_folder
from achats_check.readers.piece_names import INSIDE, is_ignored, ordinary_suffix, repaired
from achats_check.readers.sniff import sniff

if TYPE_CHECKING:
    from types import TracebackType

_NEVER_ARCHIVES = (".docx", ".pdf", ".xlsx", ".odt", ".ods", ".pptx")
_REPORTS = (".txt", ".text", ".json", ".md", ".html", ".htm", "")
"""Extensions that people give to the reports of a check."""
_SPLIT = "Séparer le dossier en plusieurs consultations, ou n'y laisser que les pièces écrites."
_LINK = Unread(
    "",
    "",
    "C'est un lien symbolique vers un dossier, ou vers un fichier qui est ailleurs : il n'est pas suivi.",
    "Copier dans le dossier ce qu'il désigne.",
)


class Collection:
    """The files of one dossier, and what of it cannot be read; the files of archives last as long as it is open.

    Use it as a context manager.
    """

    def __init__(self, side_file: str, inside: Sequence[str] = ()) -> None:
        """Prepare an empty collection.

        Args:
            side_file: Name of the file that states facts beside the pieces, kept apart from them.
            inside: Of the archives and of the exports of notices, only what is shown under these paths:
                « archive.zip!/2024-07/ », « avis.json!/26-1234.json »; () for all of the archives.
        """
        self.files: list[PieceFile] = []
        self.unread: list[Unread] = []
        self.side_files: list[PieceFile] = []
        """Those of the deepest folders first."""
        self._side_file = side_file
        self._inside = inside
        self._open = ExitStack()
        self._room = guards.MAX_TOTAL_BYTES
        self._full = False
        self._folder: Path | None = None
        self._numbers = count(1)
        """Names of the files of that folder."""

    def __enter__(self) -> Collection:
        """Return the collection."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was taken out of the archives."""
        self._open.close()

    def add(self, paths: Sequence[Path]) -> None:
        """Add files, folders and archives; each is walked in the order of the names."""
        for path in sorted(paths):
            if is_folder(path):
                self._walk(path, shown_path(path), path.resolve(), 0)
            elif is_archive(path):
                self._take_out(PieceFile(path, shown_path(path)), 1)
            elif self._inside:
                self._take_notices(path)
            else:
                self._keep(PieceFile(path, shown_path(path)))
        self.side_files.sort(key=lambda file: -len(Path(file.shown).parts))

    def add_contents(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Add files in memory, each with the name to show; two of the same name are told apart by a number."""
        seen: Counter[str] = Counter()
        for name, content in contents:
            seen[name] += 1
            shown = repaired(name) if seen[name] == 1 else f"{repaired(name)} ({seen[name]})"
            target = self._private() / f"{next(self._numbers)}{ordinary_suffix(name)}"
            try:
                target.write_bytes(content)
            except OSError as error:
                reason = f"Le fichier n'a pas pu être écrit sur le disque pour y être lu ({why(error)})."
                self.unread.append(Unread(shown, "", reason, "Libérer de la place sur le disque, puis relancer."))
                continue
            file = PieceFile(target, shown)
            if Path(name).name == self._side_file:
                self.side_files.append(file)
            elif is_archive(target):
                self._take_out(file, 1)
            else:
                self._keep(file)

    def _keep(self, file: PieceFile) -> None:
        if not file.given and _is_own_report(file.path):
            return
        if Path(file.shown).name == self._side_file and not file.given:
            self.side_files.append(file)
        elif len(self.files) < guards.MAX_PIECES:
            self.files.append(file)
        elif not self._full:
            self._full = True
            reason = (
                f"Le dossier contient plus de {guards.MAX_PIECES} fichiers : celui-ci et les suivants ne sont pas lus."
            )
            self.unread.append(Unread(file.shown, "", reason, _SPLIT))

    def _walk(self, folder: Path, shown: str, root: Path, depth: int) -> None:
        if depth > guards.MAX_FOLDER_DEPTH:
            reason = f"Le dossier est à plus de {guards.MAX_FOLDER_DEPTH} niveaux de profondeur."
            self.unread.append(Unread(shown, "", reason, "Le remonter, ou donner ce dossier seul."))
            return
        try:
            with os.scandir(folder) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            reason = "Le sous-dossier n'est pas accessible en lecture."
            self.unread.append(Unread(shown, "", reason, "Vérifier les droits d'accès au dossier."))
            return
        for entry in found:
            if self._full:
                return
            if not is_ignored(entry.name):
                self._enter(entry, f"{shown.rstrip('/')}/{repaired(entry.name)}", root, depth)

    def _enter(self, entry: os.DirEntry[str], shown: str, root: Path, depth: int) -> None:
        path = Path(entry.path)
        if entry.is_symlink() and not stays_in(path, root):
            self.unread.append(_LINK._replace(path=shown))
        elif entry.is_dir(follow_symlinks=False):
            self._walk(path, shown, root, depth + 1)
        elif entry.is_file():
            file = PieceFile(path, shown, given=False)
            if is_archive(path):
                self._take_out(file, 1)
            else:
                self._keep(file)

    def _take_notices(self, export: Path) -> None:
        """Take out of an export of notices those that are asked for."""
        from achats_check.readers.notices.exports import notices_in

        try:
            notices = notices_in(export)
        except OSError:
            reason = "L'export d'avis n'est plus accessible en lecture."
            self.unread.append(Unread(shown_path(export), "json", reason, "Vérifier le fichier, puis relancer."))
            return
        for shown in self._inside:
            record = notices.get(shown.removeprefix(f"{shown_path(export)}{INSIDE}"))
            if record is not None:
                target = self._private() / f"{next(self._numbers)}.json"
                target.write_bytes(record)
                self._keep(PieceFile(target, shown, given=False))

    def _private(self) -> Path:
        """Return the folder of what is taken out."""
        if self._folder is None:
            from tempfile import TemporaryDirectory

            self._folder = Path(self._open.enter_context(TemporaryDirectory(prefix="achats-check-")))
        return self._folder

    def _take_out(self, archive: PieceFile, depth: int) -> None:
        from achats_check.readers.archive import members

        if depth > guards.MAX_ARCHIVE_DEPTH:
            reason = f"L'archive est dans plus de {guards.MAX_ARCHIVE_DEPTH - 1} autres archives."
            self.unread.append(Unread(archive.shown, "zip", reason, "L'extraire, et donner le dossier."))
            return
        taken = members(
            archive.path,
            archive.shown,
            self._private(),
            self._numbers,
            lambda: self._room,
            partial(leads_to, self._inside),
        )
        for member in taken:
            if isinstance(member, Unread):
                self.unread.append(member)
                continue
            self._room -= member.path.stat().st_size
            if is_archive(member.path):
                self._take_out(member, depth + 1)
            else:
                self._keep(member)
            if self._full:
                return


def leads_to(inside: Sequence[str], shown: str) -> bool:
    """Say whether a file lies under one of the paths, or is an archive on the way to one; () stands for everything."""
    return not inside or any(shown.startswith(path) or path.startswith(f"{shown}{INSIDE}") for path in inside)


def is_archive(path: Path) -> bool:
    """Say whether a file is an archive of pieces rather than one of the office formats, which are archives too."""
    if path.suffix.lower() in _NEVER_ARCHIVES:
        return False
    try:
        return head_of(path).startswith(b"PK") and sniff(path) == "zip"
    except OSError:
        return False


def _is_own_report(path: Path) -> bool:
    """Say whether a file that lies among the pieces is what an earlier check said of them."""
    if path.suffix.lower() not in _REPORTS:
        return False
    from achats_check.readers.own_reports import is_own_report

    try:
        return is_own_report(path, sniff(path))
    except OSError:
        return False


def shown_path(path: Path) -> str:
    """Return a path as it was given, unless it holds bytes that no output could write."""
    text = str(path)
    return text if text.isprintable() else repaired(text)


def stays_in(path: Path, root: Path) -> bool:
    """A link to a file of the dossier is that file; anything else leads out of it, or round in circles."""
    try:
        return stat.S_ISREG(path.stat().st_mode) and path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False
