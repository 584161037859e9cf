"""One dossier, the program on one page: read → extract → declare → evaluate → Report."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from achats_check import __version__
from achats_check.errors import NothingToCheckError, UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.document import Document, Unread
from achats_check.model.fact import ACHETEUR, DECLARED, KNOWN, MARCHE, STRUCTURED, Evidence, Fact, FactSet
from achats_check.model.report import InputPiece, LawDay, Report
from achats_check.rules import load_rules
from achats_check.tender import Tender

SIDE_FILE = "achats-check.yaml"
"""Name of the file that, beside a document, completes or corrects its facts."""
Source = str | Path | Tender


class Pieces(NamedTuple):
    """What was given, sorted by what became of it."""

    documents: tuple[Document, ...]
    descriptions: tuple[Document | Tender, ...]
    unread: tuple[Unread, ...]


def check(
    sources: Source | Sequence[Source],
    *,
    today: date,
    day: date | None = None,
    buyer: str | Path | Mapping[str, Any] | None = None,
    declared: Mapping[str, Any] | None = None,
    rules: Rulebook | None = None,
) -> Report:
    """Check one tender: a document, a folder of pieces, several pieces, or a description.

    Args:
        sources: Paths or ``Tender``; together they are one consultation.
        today: The day whose law is assumed when the launch of the consultation is not known.
        day: Launch of the consultation, when known; it outranks what the documents say.
        buyer: A buyer profile: a path, or its facts.
        declared: Facts by dotted name, which outrank what was read.
        rules: Rules already loaded; the shipped ones by default.

    Returns:
        A report with one finding for each rule and scope.

    Raises:
        UsageError: A declared name or value that the vocabulary refuses.
        DescriptionError: A description, profile or side file that is not valid.
        RuleFileError: Rules that cannot be loaded.
        NothingToCheckError: Sources that hold no piece at all.
    """
    book = rules or load_rules()
    given: list[Source] = [sources] if isinstance(sources, str | Path | Tender) else list(sources)
    pieces = read_pieces(given)
    documents, read_facts = _extract(pieces, book)
    statements = _declared(pieces, given, buyer, declared, day, book)
    facts, notes = _merge(read_facts, statements, book)
    law_day = _law_day(facts, day, today, book)
    return _report(documents, pieces, facts, law_day, notes, book)


def read_pieces(sources: Sequence[Source]) -> Pieces:
    """Read every source, in the order of the paths; a folder stands for the files in it.

    Raises:
        NothingToCheckError: No file at all.
    """
    from achats_check.readers import read

    paths = sorted(path for source in sources if not isinstance(source, Tender) for path in _files(Path(source)))
    found: list[Document | Unread] = [read(path) for path in paths]
    read_documents = [piece for piece in found if isinstance(piece, Document)]
    tenders = [source for source in sources if isinstance(source, Tender)]
    if not found and not tenders:
        raise NothingToCheckError(
            "Aucun fichier à vérifier : donner un document, un dossier qui en contient, ou une description."
        )
    return Pieces(
        tuple(d for d in read_documents if d.role != "DESCRIPTION"),
        (*(d for d in read_documents if d.role == "DESCRIPTION"), *tenders),
        tuple(piece for piece in found if isinstance(piece, Unread)),
    )


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(
        p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")) and p.name != SIDE_FILE
    )


def _extract(pieces: Pieces, book: Rulebook) -> tuple[tuple[Document, ...], FactSet]:
    if not pieces.documents:
        return (), FactSet()
    from achats_check.facts.extract import extract
    from achats_check.facts.lexicon import Lexicon

    unread = [piece.path for piece in pieces.unread]
    return extract(pieces.documents, book.vocabulary, Lexicon.from_plain(book.lexicon), unread=unread)


def _declared(
    pieces: Pieces,
    sources: Sequence[Source],
    buyer: str | Path | Mapping[str, Any] | None,
    declared: Mapping[str, Any] | None,
    day: date | None,
    book: Rulebook,
) -> list[FactSet]:
    """Return what is declared, from the least to the most authoritative."""
    found = [_description(piece, book) for piece in pieces.descriptions]
    found += [_file_facts(path, book, profile=False) for path in _side_files(sources)]
    if isinstance(buyer, Mapping):
        found.append(_description(Tender({"acheteur": dict(buyer)}, name="profil"), book))
    elif buyer is not None:
        found.append(_file_facts(Path(buyer), book, profile=True))
    if day is not None:
        said = Evidence("--date", "DESCRIPTION", day.isoformat())
        found.append(FactSet([Fact("date_lancement", MARCHE, day, KNOWN, DECLARED, evidence=(said,))]))
    if declared:
        from achats_check.facts.values import declared_facts

        found.append(FactSet(declared_facts(declared, book.vocabulary, "--set")))
    return found


def _side_files(sources: Sequence[Source]) -> list[Path]:
    folders = [Path(s) if Path(s).is_dir() else Path(s).parent for s in sources if not isinstance(s, Tender)]
    return [folder / SIDE_FILE for folder in dict.fromkeys(folders) if (folder / SIDE_FILE).is_file()]


def _description(piece: Document | Tender, book: Rulebook) -> FactSet:
    from achats_check.facts.description import data_facts, description_facts

    if isinstance(piece, Tender):
        return data_facts(piece.data, piece.name, book.vocabulary)
    text = piece.blocks[0].text if piece.blocks else ""
    return description_facts(text, piece.format, piece.path, book.vocabulary)


def _file_facts(path: Path, book: Rulebook, *, profile: bool) -> FactSet:
    from achats_check.facts.description import description_facts, profile_facts

    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} : fichier illisible ({error}).") from None
    if profile:
        return profile_facts(text, str(path), book.vocabulary)
    return description_facts(text, "yaml", str(path), book.vocabulary)


def _merge(read_facts: FactSet, statements: Sequence[FactSet], book: Rulebook) -> tuple[FactSet, tuple[str, ...]]:
    facts, notes = read_facts, []
    if statements:
        from achats_check.facts.declared import merge_declared

        stated = FactSet().merged(*(fact for statement in statements for fact in statement))
        facts, said = merge_declared(read_facts, tuple(stated), book.vocabulary)
        notes = list(said)
        lots = tuple(dict.fromkeys(lot for source in (facts, *statements) for lot in source.lots))
        facts = FactSet(list(facts), lots)
    return facts, tuple(notes)


def _law_day(facts: FactSet, declared: date | None, today: date, book: Rulebook) -> LawDay:
    launch = facts.get("date_lancement")
    known = launch.value if launch is not None and launch.status == KNOWN else None
    found = declared or known
    if not isinstance(found, date):
        return _assumed_day(facts, today, book)
    stated = declared is not None or (launch is not None and launch.origin in {DECLARED, STRUCTURED})
    return LawDay(found, "declared" if stated else "extracted", book.sources.reserve_on(found))


def _assumed_day(facts: FactSet, today: date, book: Rulebook) -> LawDay:
    """Assume today's law, or that of the deadline for tenders when it is past: the launch came before it."""
    deadline = facts.get("date_limite_offres")
    due = deadline.value if deadline is not None and deadline.status == KNOWN else None
    past = isinstance(due, date) and due < today
    day = due if past and isinstance(due, date) else today
    which = "droit du jour de la date limite des offres" if past else "droit du jour"
    note = f"Date de lancement inconnue : {which} appliqué. La préciser avec --date."
    return LawDay(day, "assumed", f"{note} {book.sources.reserve_on(day)}".strip())


def _report(
    documents: tuple[Document, ...],
    pieces: Pieces,
    facts: FactSet,
    law_day: LawDay,
    notes: tuple[str, ...],
    book: Rulebook,
) -> Report:
    from achats_check.law.doubts import resolutions
    from achats_check.law.evaluate import EVALUATED_SCOPES, evaluate

    partly = frozenset(document.role for document in documents if document.partly_read)
    roles = frozenset(document.role for document in documents) - partly
    nothing_read = not documents and not pieces.descriptions
    findings, known = (
        ((), facts)
        if nothing_read
        else evaluate(
            book, facts, law_day.date, read_roles=roles, launch_known=law_day.origin != "assumed" or not documents
        )
    )
    profile_given = _has_profile(known, book)
    return Report(
        tool_version=__version__,
        rules_version=book.version,
        law_day=law_day,
        inputs=(*map(_input, documents), *map(_input, pieces.descriptions), *map(_unread, pieces.unread)),
        facts=known,
        findings=findings,
        resolutions=resolutions(findings, book.vocabulary, roles, partly, profile_given=profile_given),
        notes=(*notes, *_reading_notes(documents)),
        not_run=tuple(
            (
                rule.id,
                "aucune pièce n'a pu être lue"
                if nothing_read
                else f"portée « {rule.scope} » : jugée sur des données, non sur un dossier",
            )
            for rule in book.rules
            if nothing_read or rule.scope not in EVALUATED_SCOPES
        ),
        profile_given=profile_given,
    )


def _has_profile(facts: FactSet, book: Rulebook) -> bool:
    """Say whether the buyer's organisation was described, beyond what a tender says of its buyer."""
    return any(f.origin == DECLARED and book.vocabulary[f.name].outside_pieces for f in facts if f.scope == ACHETEUR)


def _reading_notes(documents: Sequence[Document]) -> list[str]:
    warned = [f"{document.path} : {warning}" for document in documents for warning in document.warnings]
    pending = [
        f"{document.path} : {document.pending_changes} modifications suivies en attente ;"
        " les insertions sont lues, les suppressions ignorées."
        for document in documents
        if document.pending_changes
    ]
    return warned + pending


def _input(piece: Document | Tender) -> InputPiece:
    if isinstance(piece, Tender):
        return InputPiece(piece.name, "données", "DESCRIPTION", None, "read")
    status = "partly_read" if piece.partly_read else "read"
    return InputPiece(piece.path, piece.format, piece.role, piece.pages, status, _escaped(piece), piece.role_ground)


def _escaped(piece: Document) -> str:
    """Say what of a piece could not be read; "" when all of it was."""
    scanned = ", ".join(map(str, piece.unread_pages))
    told = [f"pages sans texte (numérisées) : {scanned}"] if scanned else []
    told += ["texte au-delà d'une limite de lecture, non lu"] if piece.truncated else []
    return " ; ".join(told)


def _unread(piece: Unread) -> InputPiece:
    return InputPiece(piece.path, piece.format, "AUTRE", None, "unread", f"{piece.reason} {piece.advice}".strip())
