"""``docs/precision.md``: what was measured, on what, how many, what it means and what it does not prove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from precision.corpus import RESERVED, SOCIAL, Measure
from precision.fictional import Reading
from precision.scoring import Tally, merged
from precision.verdicts import Accusations

FAMILIES = {
    "procédure": frozenset({"procedure.type"}),
    "lots": frozenset({"alloti", "nombre_lots", "objet"}),
    "durée": frozenset({"duree_mois", "delai_execution_mois"}),
    "valeur ou plafond": frozenset({"valeur_estimee_ht", "valeur_maximale_ht"}),
    "critères et poids": frozenset({"criteres"}),
}
"""Families whose F1 has a goal."""
PRECISE, BALANCED, ROLES = Decimal("0.97"), Decimal("0.93"), Decimal("0.98")
"""Goals: precision of what accuses, F1 of what describes, roles recognised."""
FICTIONAL, CONTROL = "Dossiers entiers écrits par nous", "Dossiers témoins, qui n'ont servi à rien corriger"
_PROSE = Path(__file__).resolve().parent
"""Where ``debut.md`` and ``fin.md`` are: what no count changes."""


class Goal(NamedTuple):
    """A number, what it should reach, and over how many cases."""

    what: str
    value: Decimal | None
    least: Decimal
    cases: int

    @property
    def verdict(self) -> str:
        """Return "tenu", "manqué", or "non mesuré" when there was no case."""
        if self.value is None:
            return "non mesuré"
        return "tenu" if self.value >= self.least else "manqué"


def goals(pieces: Measure, passages: Measure, notices: Measure) -> list[Goal]:
    """Return the goals of the measure, over the development set as a whole."""
    read = _sum(pieces, passages)
    everywhere = _sum(pieces, passages, notices)
    roles = (pieces.roles.right + passages.roles.right, pieces.roles.all + passages.roles.all)
    absences = merged(pieces.score.absences)
    social, reserved = everywhere.get(SOCIAL, Tally()), everywhere.get(RESERVED, Tally())
    return [
        Goal("précision de « clause sociale présente »", social.precision, PRECISE, social.right + social.wrong),
        Goal("précision de « marché réservé »", reserved.precision, PRECISE, reserved.right + reserved.wrong),
        Goal("précision de « absent », tous faits", absences.precision, PRECISE, absences.right + absences.wrong),
        *(
            Goal(f"F1 : {family}", tally.f1, BALANCED, tally.right + tally.missed)
            for family, tally in ((f, merged(read, names)) for f, names in FAMILIES.items())
        ),
        Goal("rôle des pièces reconnu", Decimal(roles[0]) / roles[1] if roles[1] else None, ROLES, roles[1]),
    ]


def _sum(*measures: Measure) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for measure in measures:
        for name, tally in measure.score.facts.items():
            found.setdefault(name, Tally()).add(tally)
    return found


def page(
    pieces: Measure,
    passages: Measure,
    notices: Measure,
    wordings: Measure,
    fictional: Sequence[Reading],
    controls: Sequence[Reading],
    judged: Accusations,
) -> str:
    """Return the whole page."""
    opening = (_PROSE / "debut.md").read_text(encoding="utf-8")
    lines = [opening, *_sources(pieces, passages, notices, wordings, (*fictional, *controls))]
    lines += ["", "## Buts", "", *_goals(goals(pieces, passages, notices)), "", *_judged(judged)]
    for title, measure in (("Pièces entières", pieces), ("Passages", passages)):
        lines += ["", f"## {title}", "", *_families(measure), "", *_facts(measure)]
    lines += ["", "## Absences affirmées, dossiers entiers", "", *_absences(pieces)]
    lines += ["", "## Avis : le texte libre, codes cachés", "", *_facts(notices, recall=False)]
    lines += [
        "",
        "## Formulations écrites par nous",
        "",
        *_wordings(wordings),
        "",
        f"## {FICTIONAL}",
        "",
        *fictional_rows(fictional),
        "",
        f"## {CONTROL}",
        "",
        *fictional_rows(controls),
        (_PROSE / "fin.md").read_text(encoding="utf-8"),
    ]
    return "\n".join(lines)


def _sources(
    pieces: Measure, passages: Measure, notices: Measure, wordings: Measure, fictional: Sequence[Reading]
) -> Iterator[str]:
    yield from _table(
        ("textes", "nombre", "ce qui fait foi"),
        (
            (pieces.words, pieces.read, "la lecture, page à page, d'une personne"),
            (passages.words, passages.read, "la lecture de l'extrait par une personne"),
            (notices.words, notices.read, "les codes structurés de l'avis, et la lecture pour le social"),
            (wordings.words, wordings.read, "ce que nous avons voulu écrire"),
            ("dossiers entiers écrits par nous", len(fictional), "leur auteur, avant toute lecture par l'outil"),
        ),
        right=(1,),
    )


def _goals(found: Iterable[Goal]) -> Iterator[str]:
    yield from _table(
        ("mesure", "valeur", "but", "cas", ""),
        ((goal.what, shown(goal.value), f"≥ {shown(goal.least)}", goal.cases, goal.verdict) for goal in found),
        right=(1, 2, 3),
    )


def _judged(judged: Accusations) -> Iterator[str]:
    founded, unfounded = len(judged.founded), len(judged.unfounded)
    yield f"Sur {judged.dossiers} dossiers et {judged.findings} constats, l'outil a dit « non conforme »"
    yield f"{founded + unfounded} fois : {founded} fondé(s) à la lecture des pièces, {unfounded} infondé(s)."
    yield "Le but est de n'en dire aucun infondé."


def _families(measure: Measure) -> Iterator[str]:
    rows = ((family, merged(measure.score.facts, names)) for family, names in FAMILIES.items())
    yield from _tallies([*rows, ("tous les faits", merged(measure.score.facts))])


def _facts(measure: Measure, *, recall: bool = True) -> Iterator[str]:
    yield from _tallies(sorted(measure.score.facts.items()), recall=recall)


def _tallies(rows: Iterable[tuple[str, Tally]], *, recall: bool = True) -> Iterator[str]:
    both = {SOCIAL, RESERVED}
    yield from _table(
        ("fait", "précision", "rappel", "F1", "justes", "faux", "manqués", "place"),
        (
            (
                name,
                shown(tally.precision),
                shown(tally.recall) if recall or name in both else "–",
                shown(tally.f1) if recall or name in both else "–",
                tally.right,
                tally.wrong,
                tally.missed if recall or name in both else "–",
                f"{tally.placed}/{tally.locatable}" if tally.locatable else "–",
            )
            for name, tally in rows
        ),
        right=range(1, 8),
    )


def _absences(measure: Measure) -> Iterator[str]:
    yield from _table(
        ("fait dit absent", "précision", "justes", "faux"),
        ((n, shown(t.precision), t.right, t.wrong) for n, t in sorted(measure.score.absences.items())),
        right=(1, 2, 3),
    )


def _wordings(measure: Measure) -> Iterator[str]:
    yield from _table(
        ("sujet", "lues comme il faut", "sur"),
        ((n, t.right, t.right + t.missed) for n, t in sorted(measure.score.facts.items())),
        right=(1, 2),
    )


def fictional_rows(read: Sequence[Reading]) -> Iterator[str]:
    """Yield the table of the dossiers of our own: each, then all together."""
    heads = ("justes", "inconnus", "autre valeur", "dits absents à tort", "absences prouvées", "ouvertes", "inventés")
    counts = [(r.right, r.unknown, r.other, r.denied, r.proven, r.open, r.invented) for r in read]
    rows = [(r.name, *count) for r, count in zip(read, counts, strict=True)]
    rows.append(("ensemble", *map(sum, zip(*counts, strict=True))))
    yield from _table(("dossier", *heads), rows, right=range(1, 8))


def shown(value: Decimal | None) -> str:
    """Return a share to the thousandth, with a French comma; "–" for none."""
    if value is None:
        return "–"
    return str(value.quantize(Decimal("0.001"), ROUND_HALF_UP)).replace(".", ",")


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]], right: Iterable[int] = ()) -> Iterator[str]:
    names = list(heads)
    aligned = set(right)
    yield "| " + " | ".join(names) + " |"
    yield "| " + " | ".join("--:" if rank in aligned else "---" for rank in range(len(names))) + " |"
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def as_rows(text: str, title: str) -> list[Mapping[str, str]]:
    """Return the rows of the first table under a title of the page.

    Args:
        text: The page.
        title: "Buts", "Passages"…
    """
    lines = text.partition(f"\n## {title}\n")[2].splitlines()
    table: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
        elif table:
            break
    return [dict(zip(table[0], row, strict=True)) for row in table[2:]] if table else []
