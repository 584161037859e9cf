"""``sql``: a rule as a query for a data warehouse."""

from __future__ import annotations

from datetime import date

import click

from achats_check.cli.french import FrenchCommand
from achats_check.cli.options import day_option, pack_option
from achats_check.cli.writing import put


@click.command("sql", cls=FrenchCommand)
@click.argument("rule_id", metavar="REGLE", required=False)
@click.option(
    "--dialecte",
    "dialect",
    type=click.Choice(["duckdb", "postgres", "spark", "bigquery"]),
    default="duckdb",
    help="SQL de l'entrepôt (duckdb, sans autre choix).",
)
@click.option("--table", default="contrats", metavar="NOM", help="Table des marchés (contrats).")
@click.option("--cle", "key", default="id", metavar="COLONNE", help="Colonne qui nomme un marché (id).")
@click.option(
    "--colonnes",
    "names",
    metavar="NOM,NOM…",
    default="",
    help="Faits que la table a en colonnes (tous ceux qui ne se calculent pas par défaut).",
)
@day_option("Droit supposé quand le lancement est inconnu (aujourd'hui par défaut).")
@click.option(
    "--liste", "wants_list", is_flag=True, help="Dit quelles règles se mettent en colonnes, et sinon pourquoi."
)
@pack_option
def sql_command(
    rule_id: str | None,
    dialect: str,
    table: str,
    key: str,
    names: str,
    day: date | None,
    wants_list: bool,
    packs: tuple[str, ...],
) -> None:
    """Écrit une règle en SQL : le verdict de chaque marché d'une table.

    \b
    Exemples
      achats-check sql procedure-formalisee --dialecte postgres
      achats-check sql --liste
    """
    from achats_check.columns.printed_sql import rule_sql
    from achats_check.columns.program import columnar_rules
    from achats_check.errors import UsageError
    from achats_check.rules import load_rules

    book = load_rules(packs)
    today = day or date.today()
    if wants_list:
        reasons = columnar_rules(book, today)
        put("".join(f"{rule:45} {reason or 'en colonnes'}\n" for rule, reason in reasons.items()))
        put(f"{sum(not reason for reason in reasons.values())} règles sur {len(reasons)} en colonnes.\n")
        return
    if rule_id is None:
        raise UsageError("Quelle règle ? achats-check sql REGLE, ou --liste pour les voir.")
    given = [name.strip() for name in names.split(",") if name.strip()]
    put(rule_sql(book, rule_id, dialect=dialect, today=today, table=table, key=key, names=given))
