"""French words shared by every format of report: titles of verdicts, labels, counts, the law applied, the lots."""

from __future__ import annotations

from achats_check.model.finding import (
    A_VERIFIER,
    CONFORME,
    NON_CONFORME,
    OPPORTUNITE,
    SANS_OBJET,
    Finding,
)
from achats_check.model.report import Report, Resolution
from achats_check.model.rule import DUTIES
from achats_check.wording import (
    NBSP,
    format_date,
    join_french,
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


def count(number: int, one: str, many: str = "") -> str:
    """Write a number of things: "1 règle", "14 règles"."""
    return f"{number}{NBSP}{one if number < 2 else many or one + 's'}"


def severity_label(nature: str, severity: str) -> str:
    """Return "majeure" for a duty, "intérêt fort" for a lever or a good practice."""
    return severity if nature in DUTIES else f"intérêt {severity}"


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
