"""What the reading of pieces is worth, against labels read by eye; writes ``docs/precision.md``.

python benchmarks/extraction.py [--corpus DOSSIER] [--ecrire] [--fautes]

The corpus is not part of the project: without it, only the wordings of our own are counted, this is said, and nothing
is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from achats_check.rules import load_rules
from precision.corpus import (
    Extractor,
    Measure,
    measure_notices,
    measure_pieces,
    measure_wordings,
    passages_of,
    pieces_of,
)
from precision.fictional import CONTROLS, Reading, readings, told_wrong
from precision.gold import GOLD
from precision.page import goals, page, shown
from precision.verdicts import accusations

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
PAGE = ROOT / "docs" / "precision.md"
LAW_DAY = date(2025, 11, 3)
"""Day whose law the dossiers are judged by: that of the latest of them."""


def main() -> int:
    """Measure, print, and write the page when asked."""
    options = _options()
    is_there = (options.corpus / "dce").is_dir()
    if options.ecrire and not is_there:
        print(f"Rien n'est écrit : pas de corpus dans {options.corpus} (l'indiquer avec --corpus DOSSIER).")
        return 1
    extractor = Extractor(load_rules())
    wordings = measure_wordings(extractor)
    right = sum(tally.right for tally in wordings.score.facts.values())
    print(f"Formulations écrites par nous : {right} lues comme il faut sur {wordings.read}.")
    if not is_there:
        print(f"Rien d'autre n'est mesuré : pas de corpus dans {options.corpus} (l'indiquer avec --corpus DOSSIER).")
        _show_faults(options.fautes, (), wordings)
        return 0
    fictional, controls = tuple(readings(extractor.book)), tuple(readings(extractor.book, CONTROLS))
    for words, read in (("Dossiers écrits par nous", fictional), ("Dossiers témoins", controls)):
        print(f"{words} : {sum(r.right for r in read)} faits justes, {told_wrong(read)} faux.")
    pieces, dossiers = measure_pieces(extractor, pieces_of(options.corpus), GOLD / "dce.yaml", "pièces entières")
    passages, excerpts = measure_pieces(
        extractor, passages_of(options.corpus), GOLD / "passages.yaml", "recueils de passages"
    )
    notices = measure_notices(extractor, options.corpus)
    judged = accusations(extractor, {**dossiers, **excerpts}, LAW_DAY)
    for goal in goals(pieces, passages, notices):
        print(f"  {goal.what:42} {shown(goal.value)}  but {shown(goal.least)}  {goal.cases:4} cas  {goal.verdict}")
    for name, rule in judged.unfounded:
        print(f"  non conforme que personne ne tient pour fondé : {name}, {rule}")
    _show_faults(options.fautes, fictional, pieces, passages, notices, wordings)
    if options.ecrire:
        PAGE.write_text(page(pieces, passages, notices, wordings, fictional, controls, judged), encoding="utf-8")
        print(f"Écrit : {PAGE.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mesure la lecture des pièces.")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="dossier des pièces réelles")
    parser.add_argument("--ecrire", action="store_true", help="écrire docs/precision.md")
    parser.add_argument("--fautes", action="store_true", help="montrer chaque écart")
    return parser.parse_args()


def _show_faults(wanted: bool, fictional: Sequence[Reading], *measures: Measure) -> None:
    for reading in fictional if wanted else ():
        for fault in reading.faults:
            print(f"  {reading.name} {fault}")
    for measure in measures if wanted else ():
        for piece, (lot, name), found, expected in measure.score.faults:
            print(f"  {piece} {f'lot {lot} ' if lot else ''}{name} : lu {found}, attendu {expected}")


if __name__ == "__main__":
    sys.exit(main())
