"""``audit``: archives of dossiers and tables of contracts, judged together."""

from __future__ import annotations

import signal
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import TYPE_CHECKING

import click

from achats_check.cli.check_command import LEVELS
from achats_check.cli.crash import CRASH_CODE
from achats_check.cli.french import FrenchCommand
from achats_check.cli.options import (
    Day,
    ReadableFile,
    buyer_option,
    named_values,
    ocr_option,
    pack_option,
    set_option,
    sources_argument,
)
from achats_check.errors import UsageError

if TYPE_CHECKING:
    from achats_check.auditing import Audited
    from achats_check.batch.cluster import Cluster
    from achats_check.batch.tables import Contracts

_NAMED = 20


@click.command(
    "audit",
    cls=FrenchCommand,
    short_help="Audite des archives de dossiers et des tables de contrats, par le droit de leur jour.",
)
@sources_argument("SOURCE…")
@click.option(
    "--sortie", "output", type=click.Path(), metavar="DOSSIER", help="Dossier des résultats, créé s'il n'existe pas."
)
@click.option(
    "--reprendre",
    "resume",
    is_flag=True,
    help="Continue l'audit que ce dossier contient, sans refaire ce qui est fait et n'a pas changé.",
)
@click.option(
    "--processus",
    "processes",
    type=click.IntRange(1, 512),
    metavar="N",
    help="Nombre de dossiers jugés en même temps (un par processeur, sans autre choix).",
)
@click.option(
    "--cluster",
    metavar="ADRESSE",
    help="Fait le travail sur un cluster Dask qui existe, dont c'est l'adresse du scheduler (tcp://machine:8786).",
)
@click.option(
    "--aujourdhui",
    "day",
    type=Day(),
    help="Jour dont le droit est supposé quand le lancement est inconnu (celui de l'audit, sans autre choix).",
)
@click.option(
    "--correspondance",
    "correspondence",
    type=ReadableFile(),
    metavar="FICHIER",
    help="Correspondance des colonnes des tables de contrats (YAML), quand elles portent d'autres noms.",
)
@click.option(
    "--acheteurs",
    "buyers",
    type=ReadableFile(),
    metavar="FICHIER",
    help="Ce que les acheteurs déclarent d'eux et de leurs années d'achats (YAML, JSON ou CSV) : dépense, SPASER…",
)
@buyer_option
@set_option
@pack_option
@ocr_option
@click.option(
    "--echec-si",
    "level",
    type=click.Choice(LEVELS),
    default="jamais",
    metavar="NIVEAU",
    help=f"Verdict ou gravité à partir duquel le code de sortie est 1 : {', '.join(LEVELS)} (jamais par défaut).",
)
def audit_command(
    sources: tuple[str, ...],
    output: str | None,
    resume: bool,
    processes: int | None,
    cluster: str | None,
    day: date | None,
    correspondence: str | None,
    buyers: str | None,
    buyer: str | None,
    pairs: tuple[str, ...],
    packs: tuple[str, ...],
    ocr: bool,
    level: str,
) -> None:
    """Audite des archives de dossiers et des tables de contrats, chacun par le droit du jour de son lancement.

    Une source est un dossier, une archive .zip ou un fichier. Les dossiers de consultation et les avis y sont
    retrouvés et jugés par les mêmes règles qu'un dossier seul ; les données de contrats (DECP en JSON, XML, CSV ou
    Parquet, OCDS, tables) sont réunies, jugées en colonnes et résumées par acheteur et par année. Ce qui bloque la
    lecture est mis de côté et nommé. L'audit peut être arrêté à tout moment et repris par --reprendre.

    \b
    Exemples
      achats-check audit archives/ --sortie resultats/
      achats-check audit 2024.zip 2025/ avis/ --sortie resultats/ --processus 8
      achats-check audit archives/ --sortie resultats/ --reprendre
      achats-check audit archives/ --sortie resultats/ --acheteur region.yaml --ocr
      achats-check audit decp.json --sortie resultats/ --acheteurs acheteurs.csv --pack objectifs.yaml
      achats-check audit /partage/archives/ --sortie resultats/ --cluster tcp://10.0.0.1:8786
    """
    if output is None:
        raise UsageError("Où écrire les résultats ? Ajouter --sortie DOSSIER, par exemple --sortie resultats/.")
    from achats_check.auditing import Options, run_audit
    from achats_check.batch.progress import progress_bar

    options = Options(buyer, named_values(pairs), packs, ocr, correspondence, buyers)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to stop: as by Ctrl+C
    try:
        with _executor(cluster, packs) as executor:
            audited = run_audit(
                sources,
                output,
                today=day or date.today(),
                same_day=day is None,
                options=options,
                resume=resume,
                processes=processes,
                executor=executor,
                progress=progress_bar,
            )
    except KeyboardInterrupt:
        click.echo(
            f"achats-check : audit arrêté. Ce qui est fait est gardé dans {output} : relancer la même commande avec"
            " --reprendre.",
            err=True,
        )
        click.get_current_context().exit(130)
    _tell(audited, output)
    click.get_current_context().exit(_exit_code(audited, level))


def _executor(cluster: str | None, packs: tuple[str, ...]) -> AbstractContextManager[Cluster | None]:
    """Return who does the work instead of processes of this machine, if anybody."""
    if cluster is None:
        return nullcontext()
    from achats_check.batch.cluster import Cluster

    return Cluster(cluster, packs)


def _tell(audited: Audited, output: str) -> None:
    """Say what was done on standard output, and what could not be on the error output."""
    from achats_check.batch.rows import JUDGED, SET_ASIDE, UNREAD

    tally = audited.tally
    if audited.dropped:
        lines = _number(audited.dropped, "ligne coupée ou abîmée", "lignes coupées ou abîmées")
        click.echo(f"achats-check : journal de reprise : {lines} ; ce qu'il y manquait a été refait.", err=True)
    lost = [row for row in tally.rows if row["status"] != JUDGED]
    for row in lost[:_NAMED]:
        click.echo(f"achats-check : {row['path']} : {row['reason']}", err=True)
    if len(lost) > _NAMED:
        click.echo(f"achats-check : et {len(lost) - _NAMED} autres dossiers non jugés (dossiers.jsonl).", err=True)
    statuses = ((JUDGED, "jugé"), (UNREAD, "illisible"))
    counts = [_number(tally.count(status=status), word) for status, word in statuses]
    resumed = f", dont {_number(audited.resumed, 'déjà fait', 'déjà faits')}" if audited.resumed else ""
    aside = tally.count(status=SET_ASIDE)
    if tally.rows:
        click.echo(f"{_number(len(tally.rows), 'dossier')}{resumed} : {', '.join(counts)}, {aside} mis de côté.")
        if again := sum(row["same_as"] is not None for row in tally.rows):
            twice = _number(again, "dossier en répète un autre", "dossiers en répètent un autre")
            click.echo(f"{twice} : voir « Dossiers en double » dans la synthèse.")
        faulty = sum(row["non_conforme"] > 0 for row in tally.rows)
        where = f"Non-conformité établie dans {_number(faulty, 'dossier')}."
        click.echo(where if faulty else "Aucune non-conformité établie.")
    if audited.contracts is not None:
        _tell_contracts(audited.contracts)
    click.echo(f"Résultats : {output}")


def _tell_contracts(contracts: Contracts) -> None:
    for path, reason in contracts.failed:
        click.echo(f"achats-check : {path} : {reason}", err=True)
    for source in contracts.quality.sources:
        if source.cut:
            click.echo(f"achats-check : {source.source} : lecture arrêtée avant la fin : {source.cut}", err=True)
    files = _number(len(contracts.quality.sources), "table")
    click.echo(f"{_number(contracts.total, 'contrat')} dans {files} : {_number(_faults(contracts), 'manquement')}.")


def _faults(contracts: Contracts) -> int:
    from achats_check.model.finding import NON_CONFORME

    return sum(count.contracts for count in contracts.counts if count.verdict == NON_CONFORME)


def _number(number: int, one: str, many: str = "") -> str:
    from achats_check.wording import format_number

    return f"{format_number(number)} {one if number < 2 else many or one + 's'}"


def _exit_code(audited: Audited, level: str) -> int:
    """Return 70 for a bug of ours, 3 when something could not be judged, else 1 or 0 by the chosen level."""
    from achats_check.batch.rows import JUDGED
    from achats_check.batch.tally import at_or_above

    tally, contracts = audited.tally, audited.contracts
    if tally.crashed or (contracts is not None and contracts.crashed):
        return CRASH_CODE
    if any(row["status"] != JUDGED for row in tally.rows) or (contracts is not None and contracts.is_partial):
        return 3
    return int(tally.reaches(level) or not audited.reached.isdisjoint(at_or_above(level)))
