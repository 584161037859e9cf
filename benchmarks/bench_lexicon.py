"""The words of the lexicon looked for before its patterns, against every pattern tried on every paragraph.

python benchmarks/bench_lexicon.py [RUNS]

Both give the same spans, or nothing is measured.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from achats_check.facts.clauses.matching import Match, Search, match_block, searchable
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.roles import with_role
from achats_check.facts.roles.naming import Naming
from achats_check.facts.text import Reading
from achats_check.model.document import Document
from achats_check.readers import read
from achats_check.rules import load_rules
from dossier import write_docx
from measure import Row, interleaved, show

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
GOAL = 8


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    book = load_rules()
    lexicon, naming = Lexicon.from_plain(book.lexicon), Naming.from_plain(book.naming)
    with TemporaryDirectory() as name:
        path = Path(name) / "RC.docx"
        write_docx(path)
        paths = [path, *sorted((SAMPLES / "espaces-verts").glob("*.docx"))]
        pieces = [with_role(document, naming) for document in map(read, paths) if isinstance(document, Document)]
    readings = [Reading(piece) for piece in pieces]
    if _spans(looked_for(readings, lexicon)) != _spans(tried(readings, lexicon)):
        sys.exit("les deux recherches ne trouvent pas les mêmes passages")
    times = interleaved(
        {"tried": lambda: tried(readings, lexicon), "looked for": lambda: looked_for(readings, lexicon)}, runs
    )
    paragraphs = sum(len(piece.blocks) for piece in pieces)
    show(
        f"Lexique : {len(lexicon.forms)} motifs, {paragraphs} paragraphes (médianes de {runs})",
        [
            Row("motif par motif, chaque paragraphe", times["tried"], 1.0),
            Row("mots d'abord", times["looked for"], times["tried"] / times["looked for"], GOAL, at_least=True),
        ],
    )


def looked_for(readings: list[Reading], lexicon: Lexicon) -> list[Match]:
    """Return the matches of every piece as the project finds them."""
    found: list[Match] = []
    for reading in readings:
        anew = Reading(reading.document)  # a reading keeps the index of its words
        search = Search(anew, searchable(anew), lexicon.possible(anew.words, anew.roles))
        found += (match for fact in lexicon.entries for match in search.of(fact))
    return found


def tried(readings: list[Reading], lexicon: Lexicon) -> list[Match]:
    """Return the matches of every pattern tried on every paragraph."""
    return [
        match
        for reading in readings
        for block, text in enumerate(searchable(Reading(reading.document)))
        for form in lexicon.forms
        if lexicon.counts(form, reading.roles)
        for match in match_block(form, block, text)
    ]


def _spans(matches: list[Match]) -> list[tuple[str, str, int, int, int]]:
    return sorted((m.form.fact, m.form.pattern, m.block, m.start, m.end) for m in matches)


if __name__ == "__main__":
    main()
