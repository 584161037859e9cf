"""Commands on the rules: ``expliquer``, ``regles``, ``seuils``."""

from __future__ import annotations

from datetime import date

import click

from achats_check.cli.french import FrenchCommand
from achats_check.cli.options import day_option, pack_option, terminal_width, wants_color
from achats_check.cli.writing import put


@click.command("expliquer", cls=FrenchCommand)
@click.argument("rule_id", metavar="REGLE")
@day_option("Jour dont la version est mise en avant (aujourd'hui par défaut).")
@pack_option
def explain_command(rule_id: str, day: date | None, packs: tuple[str, ...]) -> None:
    """Explique une règle : droit, kit, chronologie, conditions, exemples.

    \b
    Exemple
      achats-check expliquer spaser-adoption
    """
    from pathlib import Path

    from achats_check.errors import UsageError
    from achats_check.law.faults import did_you_mean
    from achats_check.law.loader import load_sources
    from achats_check.reports.rule_page import ExampleLine, render_rule_page
    from achats_check.resources import rules_root
    from achats_check.rules import load_rules

    book = load_rules(packs)
    rule = book.rule(rule_id)
    if rule is None:
        hint = did_you_mean(rule_id, [known.id for known in book.rules])
        raise UsageError(f"Règle inconnue « {rule_id} ».{hint} La liste : achats-check regles.")
    # The rules kept from one run to the next come without their examples.
    _, examples = load_sources(rules_root(), [Path(pack) for pack in packs], themes=[rule.theme])
    lines = [ExampleLine(e.name, e.day, e.expected, e.doubt) for e in examples[rule.id]]
    text = render_rule_page(
        rule,
        book.vocabulary,
        day or date.today(),
        documents=book.sources.documents,
        parameters=book.parameters,
        examples=lines,
        width=terminal_width(),
        color=wants_color(),
    )
    put(text)


@click.command("regles", cls=FrenchCommand)
@day_option("Ne montre que les règles en vigueur ce jour.")
@click.option("--theme", metavar="THÈME", help="Ne montre qu'un thème (criteres, reservation…).")
@click.option(
    "--tester",
    "test",
    is_flag=True,
    help="Relit les fichiers, joue tous les exemples et dit ceux qui échouent.",
)
@pack_option
def rules_command(day: date | None, theme: str | None, test: bool, packs: tuple[str, ...]) -> None:
    """Liste les règles, ou les teste.

    \b
    Exemples
      achats-check regles --theme reservation --date 2021-09-01
      achats-check regles --tester --pack nos-regles.yaml
    """
    from achats_check.errors import UsageError
    from achats_check.law.faults import did_you_mean
    from achats_check.law.schema import THEMES
    from achats_check.reports.rule_list import render_rules
    from achats_check.rules import load_rules, load_with_examples

    if theme is not None and theme not in THEMES:
        raise UsageError(f"Thème inconnu « {theme} » ({', '.join(THEMES)}).{did_you_mean(theme, THEMES)}")
    if test:
        book, examples = load_with_examples(packs)
        kept = [rule for rule in book.rules if theme in {None, rule.theme}]
        count = sum(len(examples[rule.id]) for rule in kept)
        put(f"{len(kept)} règles, {count} exemples : tous donnent le verdict attendu.\n")
        return
    book = load_rules(packs)
    shown = [rule for rule in book.rules if theme in {None, rule.theme}]
    if day is not None:
        shown = [rule for rule in shown if rule.version_on(day)]
    put(render_rules(shown, day or date.today(), width=terminal_width(), color=wants_color()))


@click.command("seuils", cls=FrenchCommand)
@day_option("Jour des valeurs (aujourd'hui par défaut).")
@pack_option
def thresholds_command(day: date | None, packs: tuple[str, ...]) -> None:
    """Montre les seuils et délais du droit un jour donné, avec les chiffres du kit en regard.

    \b
    Exemple
      achats-check seuils --date 2021-09-01
    """
    from achats_check.reports.figures import render_parameters
    from achats_check.rules import load_rules

    book = load_rules(packs)
    parameters = sorted(book.parameters.values(), key=lambda parameter: not parameter.kit)
    put(
        render_parameters(parameters, day or date.today(), book.vocabulary, width=terminal_width(), color=wants_color())
    )
