"""The check itself: ``achats-check FICHIER…``."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from achats_check.cli.crash import CRASH_CODE, crash_message
from achats_check.cli.french import FrenchCommand
from achats_check.cli.options import (
    buyer_option,
    day_option,
    named_values,
    ocr_option,
    pack_option,
    set_option,
    sources_argument,
)
from achats_check.cli.writing import check_output, write_report

if TYPE_CHECKING:
    from achats_check.law.rulebook import Rulebook
    from achats_check.model.report import Report

LEVELS = ("jamais", "bloquante", "majeure", "mineure", "non_conforme", "a_verifier", "opportunite")


class Outcome(NamedTuple):
    """What became of one dossier."""

    dossier: Sequence[str]
    report: "Report | None"
    error: str = ""
    """French sentence when the dossier could not be checked at all."""
    exit_code: int = 0

    @property
    def name(self) -> str:
        """The files of the dossier, as they were named."""
        return ", ".join(str(path) for path in self.dossier)


@click.command(
    "verifier",
    cls=FrenchCommand,
    hidden=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@sources_argument("FICHIER…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["texte", "json", "html"]),
    default="texte",
    help="Forme du rapport ; html : une page à transmettre, qui se lit et s'imprime sans réseau.",
)
@click.option(
    "--sortie",
    "output",
    type=click.Path(),
    metavar="FICHIER",
    help="Écrit le rapport dans un fichier.",
)
@day_option("Date de lancement de la consultation : le droit de ce jour est appliqué.")
@buyer_option
@set_option
@pack_option
@ocr_option
@click.option(
    "--ensemble",
    "together",
    is_flag=True,
    help="Les fichiers donnés sont les pièces d'une même consultation.",
)
@click.option(
    "--echec-si",
    "level",
    type=click.Choice(LEVELS),
    default="non_conforme",
    metavar="NIVEAU",
    help=f"Verdict ou gravité à partir duquel le code de sortie est 1 : {', '.join(LEVELS)} (non_conforme par défaut).",
)
@click.option("--silencieux", "quiet", is_flag=True, help="N'écrit que les erreurs : le code de sortie suffit.")
@click.option("--tout", "everything", is_flag=True, help="Déplie tout : conforme et sans objet compris.")
def check_command(
    sources: tuple[str, ...],
    form: str,
    output: str | None,
    day: date | None,
    buyer: str | None,
    pairs: tuple[str, ...],
    packs: tuple[str, ...],
    ocr: bool,
    together: bool,
    level: str,
    quiet: bool,
    everything: bool,
) -> None:
    """Vérifie des documents, un dossier qui les contient, ou une description."""
    from achats_check import patterns
    from achats_check.rules import load_rules

    if output is not None:
        check_output(output, sources, [*packs, *([buyer] if buyer else [])])
    declared = named_values(pairs)
    rules = cache(partial(load_rules, packs))
    dossiers: list[Sequence[str]] = [sources] if together else [[source] for source in sources]
    outcomes = [_check_one(dossier, day, buyer, declared, rules, ocr=ocr) for dossier in dossiers]
    for outcome in outcomes:
        if outcome.error:
            click.echo(f"achats-check : {outcome.error}", err=True)
    silent, to_file = quiet and output is None, output is not None
    text = "" if silent else _render(outcomes, rules(), form, everything, day, to_file=to_file)
    write_report(text, output)
    patterns.keep()
    click.get_current_context().exit(_exit_code(outcomes, level))


def _check_one(
    dossier: Sequence[str],
    day: date | None,
    buyer: str | None,
    declared: dict[str, Any],
    rules: "Callable[[], Rulebook]",
    *,
    ocr: bool,
) -> Outcome:
    """Check one dossier; a fault of its own never loses the others."""
    from achats_check.dossier import check
    from achats_check.errors import AchatsCheckError, DescriptionError, NothingToCheckError

    try:
        report = check(list(dossier), today=date.today(), day=day, buyer=buyer, declared=declared, rules=rules, ocr=ocr)
    except (DescriptionError, NothingToCheckError) as error:
        return Outcome(dossier, None, str(error), error.exit_code)
    except AchatsCheckError:
        raise
    except Exception as error:  # a bug of ours on one dossier must not lose the others
        crashed = Outcome(dossier, None, "", CRASH_CODE)
        return crashed._replace(error=f"{crashed.name} : {crash_message(error)}")
    said = "\n".join(f"{piece.path} : {piece.reason}" for piece in report.unread)
    return Outcome(dossier, report, said, 3 if report.unread else 0)


def _render(
    outcomes: Sequence[Outcome], book: "Rulebook", form: str, everything: bool, day: date | None, *, to_file: bool
) -> str:
    if form == "json":
        return _render_json(outcomes, book, day)
    if form == "html":
        return _render_html(outcomes, book, day, everything=everything)
    from achats_check.cli.options import terminal_width, wants_color
    from achats_check.reports.text import render_summary_line, render_text

    color, width = (False, 100) if to_file else (wants_color(), terminal_width())
    shown = [outcome for outcome in outcomes if outcome.report is not None and outcome.report.findings]
    texts = [
        render_text(o.report, book.vocabulary, color=color, width=width, everything=everything)
        for o in shown
        if o.report
    ]
    if len(outcomes) > 1:
        texts = [f"══ {o.name}\n\n{text}" for o, text in zip(shown, texts, strict=True)]
        texts.append(
            "\n".join(render_summary_line(o.report, o.name, color=color, width=width) for o in shown if o.report)
        )
    return "\n\n".join(text.rstrip("\n") for text in texts) + ("\n" if texts else "")


def _render_json(outcomes: Sequence[Outcome], book: "Rulebook", day: date | None) -> str:
    """Return one report as an object, several as an array in the order of the arguments."""
    from achats_check.reports.json_report import render_json

    texts = [render_json(report, book.vocabulary).rstrip("\n") for report in _reports(outcomes, book, day)]
    return texts[0] + "\n" if len(texts) == 1 else "[\n" + ",\n".join(texts) + "\n]\n"


def _render_html(outcomes: Sequence[Outcome], book: "Rulebook", day: date | None, *, everything: bool) -> str:
    """Return one page with every dossier, in the order of the arguments."""
    from pathlib import PurePath

    from achats_check.reports.dossier_page.dossiers import Dossier
    from achats_check.reports.dossier_page.html import render_html

    reports = _reports(outcomes, book, day)
    names = [", ".join(PurePath(source).name or str(source) for source in outcome.dossier) for outcome in outcomes]
    dossiers = [Dossier(name, report) for name, report in zip(names, reports, strict=True)]
    return render_html(dossiers, book.vocabulary, today=date.today(), everything=everything)


def _reports(outcomes: Sequence[Outcome], book: "Rulebook", day: date | None) -> "list[Report]":
    """Return the report of each dossier, none left out: one that could not be checked says why."""
    from achats_check.cli.unchecked import unchecked
    from achats_check.model.report import LawDay

    law_day = LawDay(day, "declared") if day else LawDay(date.today(), "assumed")
    return [outcome.report or unchecked(outcome.dossier, outcome.error, law_day, book) for outcome in outcomes]


def _exit_code(outcomes: Sequence[Outcome], level: str) -> int:
    """Return the worst trouble when something could not be checked, else 1 or 0 by the chosen level."""
    troubles = {outcome.exit_code for outcome in outcomes}
    for trouble in (CRASH_CODE, 3, 4):
        if trouble in troubles:
            return trouble
    return int(any(_reaches(outcome.report, level) for outcome in outcomes if outcome.report))


def _reaches(report: "Report", level: str) -> bool:
    """Say whether a finding is at or above a level: a gravity of the faults, or a verdict."""
    from achats_check.model.finding import A_VERIFIER, NON_CONFORME, OPPORTUNITE
    from achats_check.model.rule import SEVERITIES

    if level == "jamais":
        return False
    if level in SEVERITIES:
        wanted = SEVERITIES[SEVERITIES.index(level) :]
        return any(f.verdict == NON_CONFORME and f.severity in wanted for f in report.findings)
    order = (NON_CONFORME, A_VERIFIER, OPPORTUNITE)
    verdicts = order[: order.index(level) + 1]
    return any(finding.verdict in verdicts for finding in report.findings)
