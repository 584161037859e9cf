"""One dossier, the program on one page: read → extract → declare → evaluate → Report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from achats_check import __version__
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.document import Document
from achats_check.model.fact import ACHETEUR, DECLARED, GRANT, KNOWN, MARCHE, Evidence, Fact, FactSet
from achats_check.model.report import InputPiece, LawDay, Report
from achats_check.pieces import Gathering, Pieces, Sources, description_of, file_facts, inputs
from achats_check.rules import load_rules

Rules = Rulebook | Callable[[], Rulebook]


def check(
    sources: Sources,
    *,
    today: date,
    day: date | None = None,
    buyer: str | Path | Mapping[str, Any] | None = None,
    declared: Mapping[str, Any] | None = None,
    rules: Rules | None = None,
    ocr: bool = False,
) -> Report:
    """Check one tender: a document, a folder or an archive of pieces, several pieces, or a description.

    Args:
        sources: Paths, ``Upload`` (a file in memory) or ``Tender``; together they are one consultation.
        today: The day whose law is assumed when the launch of the consultation is not known.
        day: Launch of the consultation, when known; it outranks what the documents say.
        buyer: A buyer profile: a path, or what such a file holds.
        declared: Facts by dotted name, which outrank what was read.
        rules: Rules already loaded, or what loads them while the pieces are read; the shipped ones by default.
        ocr: Whether scanned pages and images are read by character recognition.

    Returns:
        A report with one finding for each rule and scope. A file that is missing or cannot be read is no error:
        ``report.unread`` tells it, and when nothing at all could be read there is no finding.

    Raises:
        UsageError: A declared name or value that the vocabulary refuses; an argument of another type.
        DescriptionError: A description, profile or side file that is not valid.
        RuleFileError: Rules that cannot be loaded.
        NothingToCheckError: Sources that hold no piece at all.
    """
    _check_arguments(today, day, declared)
    return check_gathered(
        Gathering(sources, ocr=ocr), today=today, day=day, buyer=buyer, declared=declared, rules=rules
    )


def _check_arguments(today: object, day: object, declared: object) -> None:
    """Refuse what would only be seen in some dossiers: a moment or a text instead of a day.

    Raises:
        UsageError: One of them is not what it must be.
    """
    for name, given in (("today", today), ("day", date.min if day is None else day)):
        if not isinstance(given, date) or isinstance(given, datetime):
            raise UsageError(f"{name} : un jour (datetime.date) est attendu, sans heure ; reçu : {given!r}.")
    if declared is not None and not (isinstance(declared, Mapping) and all(isinstance(name, str) for name in declared)):
        raise UsageError(f"declared : des faits par nom pointé sont attendus (un dict) ; reçu : {declared!r}.")


def check_gathered(
    gathering: Gathering,
    *,
    today: date,
    day: date | None = None,
    buyer: str | Path | Mapping[str, Any] | None = None,
    declared: Mapping[str, Any] | None = None,
    rules: Rules | None = None,
) -> Report:
    """Check the pieces of a gathering, whose reading has begun; see ``check``."""
    with gathering:
        book = _loaded(rules)
        pieces = gathering.pieces(book)
    documents, read_facts = _extract(pieces, book)
    statements = _declared(pieces, buyer, declared, day, book)
    facts, notes = _merge(read_facts, statements, book)
    notes = (*notes, *_of_an_aid(documents, facts))
    law_day = _law_day(facts, day, today, book)
    if law_day.origin == "assumed" and law_day.date == today:
        notes = (*notes, *_of_the_past(documents))
    return _report(documents, pieces, facts, law_day, notes, book)


def recognise_pieces(sources: Sources, rules: Rules | None = None) -> tuple[InputPiece, ...]:
    """Say what each piece of a dossier is and whether it could be read, without looking for facts.

    Args:
        sources: Paths, ``Upload`` or ``Tender``; together they are one consultation.
        rules: Rules already loaded, or what loads them while the pieces are read; the shipped ones by default.

    Raises:
        NothingToCheckError: Sources that hold no piece at all.
        DescriptionError: A side file or a description that is not valid.
    """
    from achats_check.facts.recognition import recognised, tables_for
    from achats_check.facts.roles.naming import Naming

    book = _loaded(rules)
    with Gathering(sources) as gathering:
        pieces = gathering.pieces(book)
    documents = recognised(pieces.documents, Naming.from_plain(book.naming), tables_for(pieces.documents, book.notices))
    return inputs(documents, pieces)


def _loaded(rules: Rules | None) -> Rulebook:
    if rules is None:
        return load_rules()
    return rules if isinstance(rules, Rulebook) else rules()


def _extract(pieces: Pieces, book: Rulebook) -> tuple[tuple[Document, ...], FactSet]:
    if not pieces.documents:
        return (), FactSet()
    from achats_check.facts.extract import extract
    from achats_check.facts.lexicon import Lexicon
    from achats_check.facts.roles.naming import Naming
    from achats_check.facts.terms import from_plain

    naming, lexicon = Naming.from_plain(book.naming), Lexicon.from_plain(book.lexicon)
    terms = from_plain(book.terms)
    return extract(pieces.documents, book.vocabulary, naming, terms, lexicon, book.notices, pieces.expected)


def _declared(
    pieces: Pieces,
    buyer: str | Path | Mapping[str, Any] | None,
    declared: Mapping[str, Any] | None,
    day: date | None,
    book: Rulebook,
) -> list[FactSet]:
    """Return what is declared, from the least to the most authoritative."""
    found = [*(description_of(piece, book) for piece in pieces.descriptions), *pieces.stated]
    if isinstance(buyer, Mapping):
        from achats_check.facts.description import profile_data_facts

        found.append(profile_data_facts(buyer, "profil", book.vocabulary))
    elif buyer is not None:
        found.append(file_facts(Path(buyer), str(buyer), book, profile=True))
    if day is not None:
        said = Evidence("--date", "DESCRIPTION", day.isoformat())
        found.append(FactSet([Fact("date_lancement", MARCHE, day, KNOWN, DECLARED, evidence=(said,))]))
    if declared:
        from achats_check.facts.values import declared_facts

        found.append(FactSet(declared_facts(declared, book.vocabulary, "--set")))
    return found


def _merge(read_facts: FactSet, statements: Sequence[FactSet], book: Rulebook) -> tuple[FactSet, tuple[str, ...]]:
    facts, notes = read_facts, []
    if statements:
        from achats_check.facts.declared import contradictions, merge_declared
        from achats_check.facts.terms import from_plain

        stated = FactSet().merged(*(fact for statement in statements for fact in statement))
        natures = from_plain(book.terms)["criteres"]["natures"]
        facts, said = merge_declared(read_facts, tuple(stated), book.vocabulary, natures)
        notes = [*contradictions(statements, book.vocabulary, natures), *said]
        lots = tuple(dict.fromkeys(lot for source in (facts, *statements) for lot in source.lots))
        facts = FactSet(list(facts), lots)
    return facts, tuple(notes)


def _law_day(facts: FactSet, declared: date | None, today: date, book: Rulebook) -> LawDay:
    launch = facts.get("date_lancement")
    known = launch.value if launch is not None and launch.status == KNOWN else None
    found = declared or known
    if not isinstance(found, date):
        return _assumed_day(facts, today, book)
    stated = declared is not None or (launch is not None and launch.origin == DECLARED)
    return LawDay(found, "declared" if stated else "extracted", book.sources.reserve_on(found))


_BOUNDS = {
    "date_limite_offres": "droit du jour de la date limite des offres",
    "avis.date_envoi": "droit du jour d'envoi de l'avis",
    "execution.date_notification": "droit du jour de la notification du contrat",
}
"""Dates the launch came before, and what the law of their day is called."""


def _assumed_day(facts: FactSet, today: date, book: Rulebook) -> LawDay:
    """Assume today's law, or that of the earliest past date that the launch came before."""
    known = ((facts.get(name), said) for name, said in _BOUNDS.items())
    past = [
        (fact.value, said)
        for fact, said in known
        if fact is not None and fact.status == KNOWN and isinstance(fact.value, date) and fact.value < today
    ]
    day, which = min(past, default=(today, "droit du jour"))
    note = f"Date de lancement inconnue : {which} appliqué. La préciser avec --date."
    return LawDay(day, "assumed", f"{note} {book.sources.reserve_on(day)}".strip())


def _of_the_past(documents: Sequence[Document]) -> Iterator[str]:
    """Say that pieces without a date cite a law that is no more: they are old, or their template is."""
    if not documents:
        return
    from achats_check.facts.former_law import former_law

    if cited := former_law(documents):
        yield (
            f"Les pièces citent {cited} : si la consultation est ancienne, donner sa date avec --date ; "
            "sinon, mettre ces références à jour."
        )


_OF_A_CONTRACT = ("AAPC", "CCAP", "AE")
"""Pieces that no aid has; those that call for projects are named as the others are."""


def _of_an_aid(documents: Sequence[Document], facts: FactSet) -> Iterator[str]:
    """Say that an aid is declared over the pieces of a contract: no rule on contracts judges them."""
    form = facts.get("conventionnement.forme", GRANT)
    if form is None or form.status != KNOWN:
        return
    from achats_check.law.evaluate import OF_A_PURCHASE

    roles = {role for document in documents for role in document.roles}
    named = [role for role in _OF_A_CONTRACT if role in roles]
    if named and form.value not in OF_A_PURCHASE.operand.values:
        yield (
            f"Une aide est déclarée (conventionnement.forme : {form.value}) et le dossier contient des pièces de marché"
            f" ({', '.join(named)}) : les règles de marché ne sont pas jugées. Si c'est un marché, déclarer"
            " « conventionnement.forme : marche », ou retirer la déclaration."
        )


def _report(
    documents: tuple[Document, ...],
    pieces: Pieces,
    facts: FactSet,
    law_day: LawDay,
    notes: tuple[str, ...],
    book: Rulebook,
) -> Report:
    from achats_check.law.doubts import resolutions
    from achats_check.law.evaluate import EVALUATED_SCOPES, PORTFOLIO, evaluate

    roles, partly = _coverage(documents, pieces, facts)
    nothing_read = not documents and not pieces.descriptions
    findings, known = (
        ((), facts)
        if nothing_read
        else evaluate(
            book, facts, law_day.date, read_roles=roles, launch_known=law_day.origin != "assumed" or not documents
        )
    )
    profile_given = _has_profile(known, book)
    given = inputs(documents, pieces)
    return Report(
        tool_version=__version__,
        rules_version=book.version,
        law_day=law_day,
        inputs=given,
        facts=known,
        findings=findings,
        resolutions=resolutions(findings, book.vocabulary, roles, partly, profile_given=profile_given),
        notes=(*notes, *_reading_notes(documents, pieces, given)),
        not_run=tuple(
            (
                rule.id,
                "aucune pièce n'a pu être lue"
                if nothing_read
                else f"portée « {rule.scope} » : jugée sur des données, non sur un dossier",
            )
            for rule in book.rules
            if rule.scope != PORTFOLIO and (nothing_read or rule.scope not in EVALUATED_SCOPES)
        ),
        profile_given=profile_given,
    )


def _coverage(
    documents: tuple[Document, ...], pieces: Pieces, facts: FactSet
) -> tuple[frozenset[str], Mapping[str, str]]:
    if not documents:
        return frozenset(), {}
    from achats_check.facts.coverage import coverage
    from achats_check.facts.reconcile import lot_count

    return coverage(documents, pieces.expected, lot_count(facts))


def _has_profile(facts: FactSet, book: Rulebook) -> bool:
    """Say whether the buyer's organisation was described, beyond what a tender says of its buyer."""
    return any(f.origin == DECLARED and book.vocabulary[f.name].outside_pieces for f in facts if f.scope == ACHETEUR)


def _reading_notes(documents: Sequence[Document], pieces: Pieces, given: Sequence[InputPiece]) -> list[str]:
    from achats_check.wording import common_root

    root = len(common_root(piece.path for piece in given))
    warned = [f"{document.path[root:]} : {warning}" for document in documents for warning in document.warnings]
    pending = [
        f"{document.path[root:]} : {document.pending_changes} modifications suivies en attente ;"
        " les insertions sont lues, les suppressions ignorées."
        for document in documents
        if document.pending_changes
    ]
    same = [
        f"{again.path[root:]} : même contenu que {again.first[root:]}, lu une seule fois." for again in pieces.repeated
    ]
    return warned + pending + same
