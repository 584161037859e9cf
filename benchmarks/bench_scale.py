"""How cost grows with the number of dossiers and of contracts, and what a cluster would make of it.

    python benchmarks/bench_scale.py [--ecrire] [--tout]

``--ecrire`` puts the figures in ``docs/echelle.md`` and its curves; ``--tout`` also measures the largest sizes (half an
hour of processor), which are else computed from the others, and said to be.

Times are processor times: those of a fresh process that does all the work of an audit, and of no other. A machine that
is shared changes them by a few tens of percent, never their growth.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from achats_check.rules import load_rules
from curves import log_curves
from scale_tables import Cost, dossier_table, play_tables, row_table

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "echelle.md"
DOSSIERS, MORE_DOSSIERS = (100, 300, 1_000), (3_000, 10_000)
ROWS, MORE_ROWS = (10_000, 100_000, 1_000_000), (10_000_000,)


def main(arguments: Sequence[str]) -> None:
    """Measure, print, and write when asked."""
    everything = "--tout" in arguments
    load_rules()  # the first command after a change of the rules compiles them
    dossiers = _measured("dossiers", DOSSIERS, MORE_DOSSIERS, everything)
    rows = _measured("rows", ROWS, MORE_ROWS, everything)
    parts = {
        "dossiers": dossier_table(dossiers),
        "contrats": row_table(rows),
        "simulation": play_tables(dossiers[len(DOSSIERS) - 1]),
    }
    for text in parts.values():
        print(text, end="\n\n")
    if "--ecrire" in arguments:
        page = PAGE.read_text(encoding="utf-8")
        for name, text in parts.items():
            page = _replaced(page, name, text)
        PAGE.write_text(page, encoding="utf-8")
        _draw("echelle-dossiers.svg", "Dossiers : secondes de processeur", "dossiers", dossiers)
        _draw("echelle-contrats.svg", "Contrats : secondes de processeur", "contrats", rows)


def _measured(kind: str, sizes: Sequence[int], more: Sequence[int], everything: bool) -> list[Cost]:
    found = [_run(kind, size) for size in (*sizes, *(more if everything else ()))]
    last = found[-1]
    computed = [] if everything else [_grown(found, size) for size in more]
    assert last.measured
    return [*found, *computed]


def _run(kind: str, size: int) -> Cost:
    """Measure one size in a fresh process."""
    code = f"import json, scale_runs; print(json.dumps(scale_runs.{kind}({size})))"
    done = subprocess.run([sys.executable, "-c", code], cwd=HERE, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    cost = Cost(size, True, told["work"], told["rest"], told["memory"], told["lead"], told["disk"], tuple(told["each"]))
    print(f"{kind} {size} : {cost.work:.1f} + {cost.rest:.1f} s, {cost.memory:.0f} Mo", file=sys.stderr)
    return cost


def _grown(found: Sequence[Cost], size: int) -> Cost:
    """Compute a size from the two largest that were measured: a fixed part, and a part for each item."""
    low, high = found[-2:]

    def at(before: float, after: float) -> float:
        slope = (after - before) / (high.size - low.size)
        return after + max(0.0, slope) * (size - high.size)

    return Cost(
        size,
        False,
        at(low.work, high.work),
        at(low.rest, high.rest),
        at(low.memory, high.memory),
        at(low.lead, high.lead),
        at(low.disk, high.disk),
    )


def _replaced(page: str, name: str, text: str) -> str:
    start, end = f"<!-- {name} : mesuré -->", f"<!-- fin de {name} -->"
    before, _, after = page.partition(start)
    after = after.partition(end)[2]
    assert after, f"{start} manque à {PAGE.name}"
    return f"{before}{start}\n\n{text}\n\n{end}{after}"


def _draw(name: str, title: str, across: str, costs: Sequence[Cost]) -> None:
    series = {
        "travail qui se partage": [(cost.size, cost.work, cost.measured) for cost in costs],
        "le reste": [(cost.size, cost.rest, cost.measured) for cost in costs],
    }
    (PAGE.parent / name).write_text(log_curves(title, across, "secondes", series), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
