"""From what the user gives, files, folders, archives or data, to the pieces of one consultation."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from achats_check.errors import DescriptionError, NothingToCheckError, UsageError
from achats_check.model.document import Document, Unread
from achats_check.model.fact import FactSet
from achats_check.model.report import InputPiece
from achats_check.tender import Tender
from achats_check.upload import Upload
from achats_check.wording import common_root

if TYPE_CHECKING:
    from types import TracebackType

    from achats_check.law.rulebook import Rulebook
    from achats_check.readers.isolation import Readings
    from achats_check.readers.piece_file import PieceFile

SIDE_FILE = "achats-check.yaml"
"""Name of the file that, beside the pieces or among them, completes or corrects their facts."""
Source = str | PathLike[str] | Tender | Upload
Sources = Source | Iterable[Source]
_OF_EUROPE = ("eforms", "ted")
"""Formats of the notices that buyers of any country publish."""
_OTHER_LAW, _WITHDRAW = "le droit français ne régit pas cet avis.", "Le retirer du dossier."


class Repeated(NamedTuple):
    """A file whose content is that of another, which is read instead of it."""

    path: str
    first: str
    """Path of the one that is read."""


class Pieces(NamedTuple):
    """What was given, sorted by what became of it."""

    documents: tuple[Document, ...]
    descriptions: tuple[Document | Tender, ...]
    unread: tuple[Unread, ...]
    repeated: tuple[Repeated, ...] = ()
    stated: tuple[FactSet, ...] = ()
    """What the side files state, from the least to the most authoritative."""
    expected: tuple[Document, ...] = ()
    """For each of ``unread``, a document without text that has the role that its name lets expect."""


class Gathering:
    """The pieces of one consultation: their reading begins at once, and ``pieces`` waits for its end.

    In between, whatever does not depend on them can be loaded. Use it as a context manager: leaving it ends the
    processes that read, and removes what was taken out of archives.
    """

    def __init__(self, sources: Sources, *, ocr: bool = False, apart: bool = True, inside: Sequence[str] = ()) -> None:
        """Begin to read.

        Args:
            sources: Paths, ``Upload`` or ``Tender``; a folder or an archive stands for all it holds.
            ocr: Whether scanned pages and images are read by character recognition.
            apart: False in a process that is itself watched and replaced, which reads everything itself.
            inside: Of archives and exports of notices, only what is shown under these paths; () for all.

        Raises:
            UsageError: Something that is none of these, or an empty path.
        """
        given = _given(sources)
        self._paths = sorted(Path(source) for source in given if not isinstance(source, Tender | Upload))
        self._uploads = [source for source in given if isinstance(source, Upload)]
        self._tenders = [source for source in given if isinstance(source, Tender)]
        self._unread: list[Unread] = []
        self._repeated: tuple[Repeated, ...] = ()
        self._side_files: Sequence[PieceFile] = ()
        self._among: frozenset[str] = frozenset()
        """Paths of what was found in a folder or an archive."""
        self._readings: Readings | None = None
        self._ocr, self._apart, self._inside = ocr, apart, inside
        self._open = ExitStack()
        try:
            self._begin()
        except BaseException:
            self._open.close()
            raise

    def __enter__(self) -> Self:
        """Return the gathering."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: "TracebackType | None"
    ) -> None:
        """End the readings."""
        self._open.close()

    def pieces(self, book: "Rulebook") -> Pieces:
        """Return the pieces, in the order of their paths.

        Args:
            book: Rules, whose vocabulary the side files and descriptions must respect.

        Raises:
            NothingToCheckError: No file at all.
            DescriptionError: A side file, or a description given by itself, that is not valid.
        """
        found = self._read()
        if not found and not self._unread and not self._tenders:
            raise NothingToCheckError(self._nothing())
        read = [piece for piece in found if isinstance(piece, Document)]
        abroad = _abroad(read)
        read = [piece for piece in read if piece.path not in abroad]
        unread = [*self._unread, *(piece for piece in found if isinstance(piece, Unread)), *abroad.values()]
        described, refused = _descriptions([d for d in read if d.role == "DESCRIPTION"], self._among, book)
        unread = sorted((*unread, *refused), key=lambda piece: piece.path)
        among = [file_facts(file.path, file.shown, book) for file in self._side_files]
        return Pieces(
            tuple(d for d in read if d.role != "DESCRIPTION"),
            (*described, *self._tenders),
            tuple(unread),
            self._repeated,
            (*among, *_beside(self._paths, book)),
            _expected(unread, book),
        )

    def _nothing(self) -> str:
        where = "".join(f"{path} : " for path in self._paths)
        said = "Aucun fichier à vérifier. Donner un document, un dossier ou une archive .zip qui en contient"
        return f"{where}{said}, ou une description."

    def _begin(self) -> None:
        if self._inside or self._uploads or not all(map(_is_a_piece, self._paths)):
            from achats_check.readers.collecting import Collection

            collection = self._open.enter_context(Collection(SIDE_FILE, self._inside))
            collection.add(self._paths)
            collection.add_contents([(upload.name, upload.content) for upload in self._uploads])
            self._unread, self._side_files = collection.unread, collection.side_files
            self._begin_with(collection.files)
            return
        from achats_check.readers.piece_file import PieceFile, needs_isolation

        if not self._apart or len(self._paths) > 1 or any(map(needs_isolation, self._paths)):
            self._begin_with([PieceFile(path, str(path)) for path in self._paths])

    def _begin_with(self, files: "Sequence[PieceFile]") -> None:
        from achats_check.readers.isolation import Readings

        distinct, self._repeated = _distinct(files)
        self._among = frozenset(file.shown for file in distinct if not file.given)
        self._readings = self._open.enter_context(Readings(distinct, ocr=self._ocr, apart=self._apart))

    def _read(self) -> list[Document | Unread]:
        """Wait for the readings; a lone piece that needs no process of its own is read here, and pays for none."""
        if self._readings is not None:
            import achats_check.facts.extract  # noqa: F401 - loaded while the readings go on

            return self._readings.results()
        from achats_check.readers import read

        return [read(path, ocr=self._ocr) for path in self._paths]


def _given(sources: Sources) -> list[Source]:
    """Return the sources one by one.

    Raises:
        UsageError: Something that is no source, with what to write instead; an empty path.
    """
    several = isinstance(sources, Iterable) and not isinstance(sources, str | bytes | bytearray | Mapping)
    given: list[Source] = list(sources) if several else [sources]  # type: ignore[list-item, arg-type]
    for source in given:
        if not isinstance(source, str | PathLike | Tender | Upload):
            raise UsageError(f"Rien à vérifier dans {_kind(source)}")
        if source == "":
            raise UsageError("Un chemin vide a été donné : nommer un fichier ou un dossier (« . » pour celui-ci).")
        if isinstance(source, Upload) and not (source.name and isinstance(source.content, bytes)):
            raise UsageError("Un fichier en mémoire se donne par son nom et ses octets : Upload(nom, octets).")
    return given


def _kind(source: object) -> str:
    """Say what was given that is no source, and what to write instead."""
    told = f"une valeur de type « {type(source).__name__} »"
    if isinstance(source, bytes | bytearray | memoryview):
        return f"{told} : un fichier en mémoire se donne par Upload(nom, octets)."
    if isinstance(source, Mapping):
        return f"{told} : une description se donne par Tender(…)."
    return f"{told} : donner un chemin, un Upload ou un Tender."


def _abroad(documents: Iterable[Document]) -> dict[str, Unread]:
    """Set aside, by their paths, the notices of buyers whom French law does not bind."""
    notices = [document for document in documents if document.format in _OF_EUROPE]
    if not notices:
        return {}
    from achats_check.facts.notices.abroad import not_french

    told = ((document, not_french(document)) for document in notices)
    return {
        document.path: Unread(document.path, document.format, f"{why} : {_OTHER_LAW}", _WITHDRAW)
        for document, why in told
        if why
    }


def _expected(unread: Iterable[Unread], book: "Rulebook") -> tuple[Document, ...]:
    """Return a document without text for each piece that could not be read, with the role its name lets expect."""
    paths = [piece.path for piece in unread]
    if not paths:
        return ()
    from achats_check.facts.roles import expected
    from achats_check.facts.roles.naming import Naming

    naming = Naming.from_plain(book.naming)
    return tuple(expected(path, naming) for path in paths)


def _is_a_piece(path: Path) -> bool:
    """Say whether a path is one piece, so that neither folders nor archives need be looked into."""
    from achats_check.readers.piece_file import is_folder

    return path.suffix.lower() in (".docx", ".pdf", ".json", ".yaml", ".yml") and not is_folder(path)


def _distinct(files: "Sequence[PieceFile]") -> "tuple[Sequence[PieceFile], tuple[Repeated, ...]]":
    if len(files) < 2:
        return files, ()
    from achats_check.readers.repeated import without_repeated

    distinct, repeated = without_repeated(files)
    return distinct, tuple(Repeated(*pair) for pair in repeated)


def _descriptions(
    documents: Iterable[Document], among: frozenset[str], book: "Rulebook"
) -> tuple[list[Document], list[Unread]]:
    """Set aside the data files of a dossier that describe no purchase: platforms leave such files in it."""
    kept, refused = [], []
    for document in documents:
        try:
            if document.path in among:
                description_of(document, book)
        except DescriptionError as error:
            refused.append(_not_a_description(document, error))
        else:
            kept.append(document)
    return kept, refused


def _not_a_description(document: Document, error: DescriptionError) -> Unread:
    return Unread(document.path, document.format, no_description(error), "La corriger, ou la retirer du dossier.")


def no_description(error: DescriptionError) -> str:
    """Say in one French sentence why a file is no description of a purchase: its first fault, how many others."""
    first, others = error.faults[0].rstrip("."), len(error.faults) - 1
    more = f" (et {others} autre{'s' if others > 1 else ''} défaut{'s' if others > 1 else ''})" if others else ""
    end = "" if first.endswith("?") and not more else "."
    return f"Ce n'est pas une description d'achat valable : {first}{more}{end}"


def description_of(piece: Document | Tender, book: "Rulebook") -> FactSet:
    """Return the facts that a description states.

    Raises:
        DescriptionError: It is not valid.
    """
    from achats_check.facts.description import data_facts, description_facts

    if isinstance(piece, Tender):
        return data_facts(piece.data, piece.name, book.vocabulary)
    text = piece.blocks[0].text if piece.blocks else ""
    return description_facts(text, piece.format, piece.path, book.vocabulary)


def file_facts(path: Path, shown: str, book: "Rulebook", *, profile: bool = False) -> FactSet:
    """Return the facts that a side file, or a buyer's profile, states.

    Raises:
        DescriptionError: It is not valid.
        UsageError: It cannot be read.
    """
    from achats_check.facts.description import description_facts, profile_facts

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        from achats_check.disk_words import why

        raise UsageError(f"{shown} : fichier illisible : {why(error)}.") from None
    if profile:
        return profile_facts(text, shown, book.vocabulary)
    return description_facts(text, "yaml", shown, book.vocabulary)


def _beside(paths: Sequence[Path], book: "Rulebook") -> list[FactSet]:
    """Return what the side files beside the files given state; those of folders are among their pieces."""
    from achats_check.readers.piece_file import is_file, is_folder

    folders = dict.fromkeys(path.parent for path in paths if not is_folder(path))
    files = (folder / SIDE_FILE for folder in folders)
    return [file_facts(path, str(path), book) for path in files if is_file(path)]


def inputs(documents: Sequence[Document], pieces: Pieces) -> tuple[InputPiece, ...]:
    """Return what was given, each with its role and what was read of it: first what was read, then what was not.

    Args:
        documents: The pieces read, their roles recognised.
        pieces: All that was given.
    """
    described = (piece for piece in pieces.descriptions if isinstance(piece, Document))
    by_path = {document.path: document for document in (*documents, *described)}
    found = (
        *map(_input, documents),
        *(_repeated(piece, by_path.get(piece.first)) for piece in pieces.repeated),
        *map(_input, pieces.descriptions),
        *map(_unread, pieces.unread, pieces.expected),
    )
    root = len(common_root(piece.path for piece in found))
    again = {piece.path for piece in pieces.repeated}
    return tuple(
        piece._replace(reason=_likeness(piece, piece.same_as[root:], piece.path in again))
        if piece.same_as and not piece.reason
        else piece
        for piece in found
    )


def _input(piece: Document | Tender) -> InputPiece:
    if isinstance(piece, Tender):
        return InputPiece(piece.name, "données", "DESCRIPTION", None, "read")
    return InputPiece(
        piece.path,
        piece.format,
        piece.role,
        piece.pages,
        "partly_read" if piece.partly_read else "read",
        _escaped(piece),
        piece.role_ground,
        piece.also,
        piece.annex_of,
        piece.lots,
        piece.same_as,
    )


def _escaped(piece: Document) -> str:
    """Say what of a piece could not be read, or not surely; "" when all of it was."""
    scanned = ", ".join(map(str, piece.unread_pages))
    told = [f"pages non lues : {scanned}"] if scanned else []
    recognised = ", ".join(map(str, piece.ocr_pages))
    told += [f"pages lues par reconnaissance de caractères, moins sûrement : {recognised}"] if recognised else []
    told += ["texte au-delà d'une limite de lecture, non lu"] if piece.truncated else []
    return " ; ".join([*told, piece.ends_early] if piece.ends_early else told)


def _likeness(piece: InputPiece, first: str, again: bool) -> str:
    """Say what a piece repeats, named as reports name it: to the byte, or in another format."""
    if not again:
        return f"même texte que {first}, dans un autre format"
    read = "qui n'est pas lu" if piece.status == "unread" else "lu une seule fois"
    return f"même contenu que {first}, {read}"


def _repeated(piece: Repeated, first: Document | None) -> InputPiece:
    """Return a file that repeats another; one that repeats a file that could not be read is told with it."""
    if first is None:
        return InputPiece(piece.path, "", "AUTRE", None, "unread", same_as=piece.first)
    return _input(first)._replace(path=piece.path, reason="", same_as=piece.first)


def _unread(piece: Unread, guess: Document) -> InputPiece:
    reason = f"{piece.reason} {piece.advice}".strip()
    if guess.role == "PLAN" and piece.format in ("unknown", "image"):
        reason = "Un plan n'est pas lu : les règles n'y cherchent rien."
    return _input(guess)._replace(format=piece.format, pages=None, status="unread", reason=reason)
