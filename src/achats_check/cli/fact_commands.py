"""Commands on facts and forms: ``faits``, ``schema``."""

from __future__ import annotations

from datetime import date

import click

from achats_check.cli.french import FrenchCommand
from achats_check.cli.options import (
    buyer_option,
    named_values,
    ocr_option,
    set_option,
    sources_argument,
    terminal_width,
    wants_color,
)
from achats_check.cli.writing import put


@click.command("faits", cls=FrenchCommand)
@sources_argument("FICHIER…")
@click.option("--format", "form", type=click.Choice(["texte", "json"]), default="texte", help="Forme de la liste.")
@buyer_option
@set_option
@ocr_option
def facts_command(sources: tuple[str, ...], form: str, buyer: str | None, pairs: tuple[str, ...], ocr: bool) -> None:
    """Montre ce qui est lu dans un dossier, avec les passages, sans rien juger.

    Un dossier est un répertoire, une archive .zip, ou les fichiers donnés ensemble.

    \b
    Exemple
      achats-check faits CCAP.docx
    """
    from achats_check.dossier import check
    from achats_check.rules import load_rules

    book = load_rules()
    declared = named_values(pairs)
    report = check(list(sources), today=date.today(), buyer=buyer, declared=declared, rules=book, ocr=ocr)
    for piece in report.unread:
        click.echo(f"achats-check : {piece.path} : {piece.reason}", err=True)
    if form == "json":
        from achats_check.reports.json_report import render_facts_json

        text = render_facts_json(report, book.vocabulary)
    else:
        from achats_check.reports.fact_list import render_facts

        text = render_facts(report.facts, book.vocabulary, width=terminal_width(), color=wants_color())
    put(text)
    click.get_current_context().exit(3 if report.unread else 0)


@click.command("schema", cls=FrenchCommand)
@click.argument("what", type=click.Choice(["description", "rapport"]), metavar="description|rapport")
def schema_command(what: str) -> None:
    """Écrit le schéma JSON de la description d'un achat, ou du rapport.

    \b
    Exemple
      achats-check schema description > description.schema.json
    """
    import json

    put(json.dumps(_schema(what), ensure_ascii=False, indent=2) + "\n")


def _schema(what: str) -> dict[str, object]:
    if what == "rapport":
        from achats_check.reports.schema import report_schema

        return report_schema()
    from achats_check.facts.description_model import description_schema
    from achats_check.rules import load_rules

    return description_schema(load_rules().vocabulary)
