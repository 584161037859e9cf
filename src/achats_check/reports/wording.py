"""French words shared by every format of report: titles of verdicts, citations, sentences about the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from achats_check.model.document import ROLES
from achats_check.model.fact import ABSENT, ACHETEUR, KNOWN, MARCHE, Evidence, Scope, Search
from achats_check.model.finding import (
    A_VERIFIER,
    CONFORME,
    NON_CONFORME,
    OPPORTUNITE,
    SANS_OBJET,
    Finding,
    Reference,
)
from achats_check.model.report import Report, Resolution
from achats_check.model.rule import DUTIES
from achats_check.patterns import compiled
from achats_check.wording import (
    NBSP,
    enum_label,
    format_amount,
    format_date,
    format_location,
    format_short_date,
    join_french,
    shorten,
)

VERDICT_TITLES = {
    NON_CONFORME: "NON CONFORME",
    OPPORTUNITE: "OPPORTUNITÉS",
    A_VERIFIER: "À VÉRIFIER",
    CONFORME: "CONFORME",
    SANS_OBJET: "SANS OBJET",
}
NO_FAULT = "Aucune non-conformité établie."
TO_STATE, NOT_RUN = "À PRÉCISER", "NON ÉVALUÉES"
"""Titles of what is no verdict: what would settle the doubts; the rules that were not run."""
NATURE_LABELS = {
    "obligation": "obligation",
    "interdiction": "interdiction",
    "levier": "levier",
    "bonne_pratique": "bonne pratique",
    "coherence": "cohérence",
}
SCOPE_LABELS = {
    "marche": "le marché",
    "lot": "chaque lot",
    "acheteur": "l'acheteur",
    "portefeuille": "le portefeuille",
    "conventionnement": "le conventionnement",
}
THEME_LABELS = {
    "acces-ess": "accès des structures de l'ESS",
    "clauses-sociales": "clauses sociales",
    "clauses-environnementales": "clauses environnementales",
    "coherence": "cohérence des pièces",
    "criteres": "critères d'attribution",
    "procedures": "procédures",
    "reservation": "marchés réservés",
    "spaser": "SPASER",
}
CONFIDENCE_LABELS = {
    "certaine": "certaine",
    "connue": "connue, à confirmer",
    "incertaine": "incertaine",
}
ORIGIN_LABELS = {
    "declared": "déclaré",
    "structured": "description structurée",
    "extracted": "lu dans les pièces",
    "derived": "calculé",
}
LAW_DAY_ORIGINS = {
    "declared": "date de lancement déclarée",
    "extracted": "date de lancement lue dans les pièces",
    "assumed": "jour supposé",
}
_CODE = r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*"
"""A word alone in a field of a notice or of a description: a code as often as not."""
_WITH_ARTICLE = {
    "AAPC": "l'AAPC",
    "AE": "l'AE",
    "PRIX": "la pièce financière",
    "ANNEXE": "l'annexe",
    "QR": "les questions et réponses",
    "AVIS": "l'avis",
    "DECP": "les données essentielles",
    "DESCRIPTION": "la description",
    "AUTRE": "une autre pièce",
}
LONGEST_QUOTE = 160
"""Characters of a passage that a terminal shows."""
_CONTRACTED = {"le": "du", "les": "des"}


def count(number: int, one: str, many: str = "") -> str:
    """Write a number of things: "1 règle", "14 règles"."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"


def severity_label(nature: str, severity: str) -> str:
    """Return "majeure" for a duty, "intérêt fort" for a lever or a good practice."""
    return severity if nature in DUTIES else f"intérêt {severity}"


def pieces_with_article(roles: tuple[str, ...], last: str = "ou", begun: Container[str] = ()) -> str:
    """Name the pieces any of which would tell: "le RC ou l'AAPC", "le reste du CCTP" for one already read in part."""
    named = {role: _WITH_ARTICLE.get(role, f"le {role_name(role)}") for role in roles}
    return join_french((f"le reste {_of(name)}" if role in begun else name for role, name in named.items()), last)


def _of(named: str) -> str:
    """Put "de" before a name with its article: "du CCTP", "de l'AE", "des données essentielles"."""
    article, _, name = named.partition(" ")
    return f"{_CONTRACTED[article]} {name}" if article in _CONTRACTED else f"de {named}"


def quoted(text: str, length: int = LONGEST_QUOTE) -> str:
    """Put a passage between French quotation marks, shortened between two words."""
    return f"«{NBSP}{shorten(text, length)}{NBSP}»"


def passage(evidence: Evidence, note: str = "", length: int = LONGEST_QUOTE) -> str:
    """Say where a passage stands, then quote it; between brackets, what a code of a notice means, then a note."""
    place = format_location(evidence)
    lead = "…" if evidence.location.start and evidence.quote[:1].islower() else ""  # cut in the middle of a sentence
    told = f"{place} : {quoted(lead + evidence.quote, length)}" if evidence.quote.strip() else place
    notes = " ; ".join(filter(None, (_code_words(evidence), note)))
    return f"{told} ({notes})" if notes else told


def _code_words(evidence: Evidence) -> str:
    """Return what the code that a field holds means, from the value it carries; "" for a text people can read."""
    code, value = evidence.quote.strip(), evidence.value
    if not evidence.location.pointer or not compiled(_CODE).fullmatch(code):
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    words = enum_label(value) if isinstance(value, str) else ""
    return "" if words.lower() == code.lower() else words


def law_citations(references: tuple[Reference, ...]) -> list[str]:
    """Cite the law in the version in force; texts of the same version share a line."""
    versions: dict[tuple[date | None, date | None, date | None], list[str]] = {}
    for ref in references:
        if ref.kind == "droit":
            dates = (None, None, None) if ref.text.startswith("Kit") else (ref.since, ref.until, ref.checked_on)
            versions.setdefault(dates, []).append(ref.text)
    return [f"{' ; '.join(texts)}{_in_force(*dates)}" for dates, texts in versions.items()]


def _in_force(since: date | None, until: date | None, checked_on: date | None) -> str:
    parts = []
    if since and until:
        parts.append(f"en vigueur du {format_short_date(since)} au {format_short_date(until)}")
    elif since:
        parts.append(f"en vigueur depuis le {format_short_date(since)}")
    if checked_on:
        parts.append(f"vérifié le {format_short_date(checked_on)}")
    return "".join(f", {part}" for part in parts)


def kit_citations(references: tuple[Reference, ...]) -> list[str]:
    """Cite the passages of the source documents, each once."""
    return list(dict.fromkeys(ref.text for ref in references if ref.kind == "kit"))


def search_lines(search: Search, words: int | None = 8, *, missing: bool = True) -> list[str]:
    """Tell where a fact was looked for, with which words, and what came closest.

    Args:
        search: The ledger of the search.
        words: How many words of the vocabulary to show; None for all, 0 for none.
        missing: Also name the pieces that were not supplied.
    """
    lines = []
    if search.pieces:
        named = search.sections.startswith(f"{search.pieces[0]} ")  # the sections of several pieces name each
        pieces = join_french(map(role_name, search.pieces))
        where = search.sections if named else ", ".join(filter(None, (pieces, search.sections)))
        lines.append(f"Cherché dans : {where}{_vocabulary(search.vocabulary, words)}.")
    lines += nearest_lines(search)
    if missing and search.missing:
        lines.append(f"Non fourni ou illisible : {join_french(map(role_name, search.missing))}.")
    return lines


def nearest_lines(search: Search | None) -> list[str]:
    """Quote what came closest to what was looked for, with the reason why it is not that; nothing when nothing did."""
    if search is None or search.nearest is None:
        return []
    return [f"Au plus près : {passage(search.nearest, note=search.nearest_reason)}"]


def _vocabulary(vocabulary: tuple[str, ...], words: int | None) -> str:
    shown = vocabulary[:words]
    if not shown:
        return ""
    return f" (vocabulaire : {', '.join(shown)}{'…' if len(shown) < len(vocabulary) else ''})"


def purchase_line(report: Report) -> str:
    """Name the purchase: "Entretien des espaces verts — services, 320 000 € HT, 48 mois, 4 lots"."""
    return " — ".join(part for part in (purchase_title(report), purchase_features(report)) if part)


def purchase_title(report: Report) -> str:
    """Return what is bought, as the documents name it, shortened for a title."""
    title = shorten(purchase_subject(report), 140) or "Objet du marché inconnu"
    return f"{title[0].upper()}{title[1:]}"


def purchase_subject(report: Report) -> str:
    """Return what is bought, in all the words of the documents; "" when none says it."""
    return str(_known(report, "objet") or "")


def purchase_features(report: Report) -> str:
    """Return what is known of the purchase: its nature, its worth, its duration, its lots, its procedure; or ""."""
    features = [text for text in (_kind(report), _worth(report), _duration(report), _lots(report)) if text]
    if (procedure := _known(report, "procedure.type")) is not None:
        features.append(enum_label(procedure))
    return ", ".join(features)


def buyer_name(report: Report) -> str:
    """Return the name of the buyer, as the documents write it; "" when none does."""
    return str(_known(report, "acheteur.nom", ACHETEUR) or "")


def _known(report: Report, name: str, scope: Scope = MARCHE) -> Any:
    fact = report.facts.get(name, scope)
    return fact.value if fact is not None and fact.status in (KNOWN, ABSENT) else None


def _kind(report: Report) -> str:
    """Say what is no ordinary contract, what is bought, and whether it is by orders to come."""
    named = (_known(report, "contrat"), _known(report, "type"), _known(report, "forme"))
    return ", ".join(enum_label(word) for word in dict.fromkeys(named) if word and word != "marche")


def _worth(report: Report) -> str:
    for name, prefix in (
        ("valeur_estimee_ht", ""),
        ("valeur_maximale_ht", "maximum "),
        ("valeur_besoin_ht", ""),
    ):
        if (amount := _known(report, name)) is not None:
            return prefix + format_amount(Decimal(amount))
    return ""


def _duration(report: Report) -> str:
    months = _known(report, "duree_mois")
    return "" if months is None else format_amount(Decimal(months), "mois")


def _lots(report: Report) -> str:
    lots = _known(report, "nombre_lots") or len(report.facts.lots)
    if lots == 1 and report.facts.lots not in ((), ("1",)) and _known(report, "nombre_lots") is None:
        return f"lot{NBSP}{report.facts.lots[0]}"  # the piece of one lot among others that were not supplied
    if lots:
        return count(int(lots), "lot")
    return "non alloti" if _known(report, "alloti") is False else ""


def law_day_line(report: Report) -> str:
    """Say which law is applied, with how many rules, to which pieces."""
    parts = (f"Droit appliqué : {law_day_text(report)}", rules_text(report), pieces_text(report))
    return " · ".join(part for part in parts if part)


def law_day_text(report: Report) -> str:
    """Return the day whose law is applied, and how it was had: "1er octobre 2026 (date de lancement déclarée)"."""
    origin = LAW_DAY_ORIGINS.get(report.law_day.origin, report.law_day.origin)
    return f"{format_date(report.law_day.date)} ({origin})"


def rules_text(report: Report) -> str:
    """Say how many rules were loaded, those not run included."""
    return count(len({f.rule for f in report.findings} | {rule for rule, _ in report.not_run}), "règle")


def rules_with(report: Report, verdict: str) -> int:
    """Return how many rules give a verdict; one that speaks of several lots counts once."""
    return len({finding.rule for finding in report.by_verdict(verdict)})


def waiting_rules(number: int) -> str:
    """Say how many rules wait for what the buyer may state."""
    return f"{count(number, 'règle')} {'attendent' if number > 1 else 'attend'} une information"


def settles(resolution: Resolution) -> str:
    """Say what to state or to supply, and how many doubts that settles."""
    settled, number = resolution.settled, len(resolution.rules)
    if not settled:
        return f"{resolution.advice} ferait avancer {count(number, 'règle')}"
    said = f"{resolution.advice} trancherait {count(settled, 'règle')}"
    if settled == number:
        return said
    others = "une autre" if number - settled == 1 else f"{number - settled} autres"
    return f"{said} et en ferait avancer {others}"


def other_informations(number: int) -> str:
    """Announce the resolutions that are not shown."""
    return f"et {'une autre information' if number == 1 else f'{number} autres informations'}"


def folded_lead(section: str, number: int) -> str:
    """Announce the entries of a section that are only named: levers beyond the first, reasons to keep on file."""
    if section == "a_justifier":
        return "À garder au dossier"
    return f"et {'un autre levier' if number == 1 else f'{number} autres leviers'}"


def pieces_text(report: Report) -> str:
    """Name the pieces that were read, and those whose absence leaves a doubt."""
    counts = Counter(piece.role for piece in report.inputs if piece.status != "unread" and not piece.same_as)
    read = _ordered(set(counts))
    wanted = {role for f in report.findings if f.verdict == A_VERIFIER for role in f.missing_pieces}
    absent = _ordered(wanted - set(read)) if set(read) - {"DESCRIPTION"} else []
    names = join_french(role_name(role, counts[role]) for role in read)
    told = [f"{'pièce lue' if counts.total() == 1 else 'pièces lues'} : {names}"] if read else []
    if absent:
        told.append(
            f"non {'fournie' if len(absent) == 1 else 'fournies'} : {join_french(role_name(role) for role in absent)}"
        )
    return " ; ".join(told) or "aucune pièce lue"


def _ordered(roles: set[str]) -> list[str]:
    known = [role for role in ROLES if role in roles]
    return known + sorted(roles - set(known))


_ROLE_NAMES = {
    "DESCRIPTION": ("description structurée", "descriptions structurées"),
    "PRIX": ("pièce financière", "pièces financières"),
    "RAPPORT": ("rapport de présentation", "rapports de présentation"),
    "AVIS": ("avis autre que l'AAPC", "avis autres que l'AAPC"),
    "DECP": ("données essentielles", "données essentielles"),
    "ANNEXE": ("annexe", "annexes"),
    "CRT": ("cadre de réponse", "cadres de réponse"),
    "CANDIDATURE": ("formulaire de candidature", "formulaires de candidature"),
    "QR": ("questions et réponses", "questions et réponses"),
    "PLAN": ("plan", "plans"),
    "AUTRE": ("autre pièce", "autres pièces"),
}
"""Singular and plural of the roles that are not called by their initials."""


def role_name(role: str, number: int = 1) -> str:
    """Name a kind of piece as buyers do: "RC", "rapport de présentation", "5 CCTP"."""
    one, several = _ROLE_NAMES.get(role, (role, role))
    return one if number == 1 else f"{number}{NBSP}{several}"


def common_root(paths: Sequence[str]) -> str:
    """Return the folder or the archive that all the paths are in, its mark included; "" when there is none."""
    first, last = min(paths), max(paths)
    shared = next((i for i, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[: first.rfind("/", 0, shared) + 1]


_NAMED_PIECES = 3


def reading_notes(report: Report, listed_by: str = "achats-check pieces") -> list[str]:
    """Say what could not be read, or was read in part.

    Args:
        report: What was found.
        listed_by: What names all the pieces, when only the first are named here.
    """
    words = {"unread": "Non lu", "partly_read": "Lu en partie"}
    root = common_root([piece.path for piece in report.inputs]) if len(report.inputs) > 1 else ""
    groups: dict[tuple[str, str], list[str]] = {}
    for piece in report.inputs:
        if piece.status in words:
            groups.setdefault((words[piece.status], piece.reason), []).append(piece.path[len(root) :])
    return [
        f"{lead} : {_some_paths(paths, listed_by)}{f' — {reason}' if reason else ''}"
        for (lead, reason), paths in groups.items()
    ]


def _some_paths(paths: list[str], listed_by: str) -> str:
    """Name a few files, and count the others: a works dossier holds dozens of drawings that nobody reads."""
    others = len(paths) - _NAMED_PIECES
    if others <= 0:
        return join_french(paths)
    named = ", ".join(paths[:_NAMED_PIECES])
    return f"{named} et {others} autre{'s' if others > 1 else ''} ({listed_by} les nomme)"


def lot_label(findings: tuple[Finding, ...]) -> str:
    """Name the lots findings are about: "Lot 3", "Lots 1 à 4 et 7", or "" for the whole market."""
    lots = [f.scope.id for f in findings if f.scope.kind == "lot" and f.scope.id]
    if not lots:
        return ""
    return f"Lot{NBSP}{lots[0]}" if len(lots) == 1 else f"Lots{NBSP}{join_french(_runs(lots))}"


def _runs(lots: list[str]) -> list[str]:
    """Put lots in the order of their numbers, three or more that follow one another as "1 à 4"."""
    numbers = sorted({int(lot) for lot in lots if lot.isdecimal()})
    told: list[str] = []
    first = 0
    for rank, number in enumerate(numbers):
        if rank + 1 < len(numbers) and numbers[rank + 1] == number + 1:
            continue
        run = numbers[first : rank + 1]
        told += [f"{run[0]} à {run[-1]}"] if len(run) > 2 else map(str, run)
        first = rank + 1
    return told + list(dict.fromkeys(lot for lot in lots if not lot.isdecimal()))
