"""What ``bench_scale.py`` measured and what ``simulation.py`` played, as the tables of ``docs/echelle.md``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean, pstdev
from typing import NamedTuple

from simulation import Work, Workers, play

_BATCH = 16
_SENDING = 0.005
"""Seconds of the sender for a task of Dask: pickling, paths looked at, two messages."""
_START = 2.0
"""Seconds before a worker can judge: Python, libraries, rules."""
_PLAYED = 100_000
_WORKERS = (1, 2, 4, 8, 16, 32, 64, 128)
_LIVES = ((float("inf"), "jamais"), (24 * 3600.0, "par jour"), (3600.0, "par heure"), (600.0, "toutes les dix minutes"))


class Cost(NamedTuple):
    """What an audit of so many dossiers or contracts costs; seconds of processor, megabytes."""

    size: int
    measured: bool
    work: float
    """What can be shared between workers: judging dossiers, reading sources, judging partitions."""
    rest: float
    """What cannot: finding, keeping, writing the results."""
    memory: float
    """The most that a process doing all of it needs."""
    lead: float
    """The most that the process that leads the audit needs, when others do the work."""
    disk: float
    """Of the results and the journal."""
    each: tuple[float, ...] = ()
    """Of each task."""


def dossier_table(costs: Sequence[Cost]) -> str:
    """Return the growth with the number of dossiers."""
    lines = [
        "| dossiers | juger | trouver, garder, écrire | par dossier | mémoire de qui fait tout | de qui mène"
        " | disque | |",
        "| --: | --: | --: | --: | --: | --: | --: | --- |",
    ]
    for cost in costs:
        share = (cost.work + cost.rest) / cost.size
        lines.append(
            f"| {_whole(cost.size)} | {_seconds(cost.work)} | {_seconds(cost.rest)} | {_number(share * 1e3)} ms"
            f" | {_whole(cost.memory)} Mo | {_whole(cost.lead)} Mo | {_number(cost.disk)} Mo | {_origin(cost)} |"
        )
    return "\n".join(lines)


def row_table(costs: Sequence[Cost]) -> str:
    """Return the growth with the number of contracts."""
    lines = [
        "| contrats | lire, réunir | juger | par million | mémoire du processus | disque | |",
        "| --: | --: | --: | --: | --: | --: | --- |",
    ]
    for cost in costs:
        million = (cost.work + cost.rest) / cost.size * 1e6
        lines.append(
            f"| {_whole(cost.size)} | {_seconds(cost.rest)} | {_seconds(cost.work)} | {_seconds(million)}"
            f" | {_memory(cost)} | {_number(cost.disk)} Mo | {_origin(cost)} |"
        )
    return "\n".join(lines)


def play_tables(cost: Cost) -> str:
    """Return what the simulation makes of the times of one measured size."""
    work = Work(_PLAYED, _BATCH, mean(cost.each), pstdev(cost.each), _SENDING, cost.rest / cost.size)
    told = (
        f"{_whole(_PLAYED)} dossiers par lots de {_BATCH}, {_number(work.mean * 1e3)} ms chacun (écart type"
        f" {_number(work.spread * 1e3)} ms), {_number(work.taking * 1e3)} ms du poste qui mène l'audit :"
    )
    return "\n".join([told, "", *_by_number(work), "", *_by_life(work), "", *_by_batch(work)])


def _by_number(work: Work) -> Iterator[str]:
    yield "| workers | durée | travail utile des workers |"
    yield "| --: | --: | --: |"
    for number in _WORKERS:
        played = play(work, Workers(number, _START))
        yield f"| {number} | {_duration(played.seconds)} | {_whole(played.efficiency * 100)} % |"


def _by_life(work: Work) -> Iterator[str]:
    yield "| chacun des 8 workers meurt | durée | dossiers refaits |"
    yield "| --- | --: | --: |"
    for life, name in _LIVES:
        played = play(work, Workers(8, _START, life))
        yield f"| {name} | {_duration(played.seconds)} | {_whole(played.again)} |"


def _by_batch(work: Work) -> Iterator[str]:
    yield "| dossiers d'un lot, 8 workers qui meurent par heure | durée | dossiers refaits |"
    yield "| --: | --: | --: |"
    for batch in (1, 16, 64, 256, 1024):
        played = play(work._replace(batch=batch), Workers(8, _START, 3600.0))
        yield f"| {batch} | {_duration(played.seconds)} | {_whole(played.again)} |"


def _origin(cost: Cost) -> str:
    return "mesuré" if cost.measured else "calculé"


def _whole(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")


def _number(value: float) -> str:
    return f"{value:,.1f}".replace(",", " ").replace(".", ",")


def _seconds(value: float) -> str:
    return f"{_number(value)} s" if value < 100 else f"{_whole(value)} s"


def _duration(seconds: float) -> str:
    return _seconds(seconds) if seconds < 120 else f"{_number(seconds / 60)} min"


def _memory(cost: Cost) -> str:
    """Write a memory that was measured: it does not grow in a straight line, DuckDB going to disk past its share."""
    return f"{_whole(cost.memory)} Mo" if cost.measured else "—"
