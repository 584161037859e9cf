"""The list of the facts: what is known and where it was read, what is absent, what nobody said."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from achats_check.model.fact import ABSENT, CONFLICT, DERIVED, KNOWN, UNKNOWN, Fact, FactSet
from achats_check.reports.citing import passage, search_lines
from achats_check.reports.layout import MIN_WIDTH, Paint, painter, wrap
from achats_check.reports.piece_words import pieces_with_article
from achats_check.reports.wording import ORIGIN_LABELS, count
from achats_check.vocabulary import Vocabulary
from achats_check.wording import NBSP, format_value, join_french

_GROUPS: tuple[tuple[str, Callable[[Fact], bool]], ...] = (
    ("Faits lus ou déclarés", lambda fact: fact.status == KNOWN and fact.origin != DERIVED),
    ("Contradictions entre les pièces", lambda fact: fact.status == CONFLICT),
    (
        "Absents : cherchés dans les pièces qui les porteraient",
        lambda fact: fact.status == ABSENT and fact.origin != DERIVED,
    ),
    ("Calculés ou présumés", lambda fact: fact.status == KNOWN and fact.origin == DERIVED),
)
_PASSAGES = 2


def render_facts(facts: FactSet, vocabulary: Vocabulary, *, width: int = 100, color: bool = False) -> str:
    """Draw each fact with its value, and where it was read or looked for; what is unknown is only named.

    Args:
        facts: Facts of a tender.
        vocabulary: Labels and types.
        width: Longest line; never under 40.
        color: Write ANSI colours.
    """
    width, paint = max(width, MIN_WIDTH), painter(color)
    ordered = _ordered(facts, vocabulary)
    blocks = []
    for title, belongs in _GROUPS:
        kept = [fact for fact in ordered if belongs(fact)]
        if kept:
            lines = [line for fact in kept for line in _fact(fact, vocabulary, width, paint)]
            heading = wrap(f"{title} ({len(kept)})", width)
            blocks.append([*(paint(line, "title") for line in heading), *lines])
    unknown = [fact for fact in ordered if fact.status == UNKNOWN]
    if unknown:
        blocks.append([paint(f"Inconnus ({len(unknown)})", "title"), *_unknown(unknown, vocabulary, width)])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n" if blocks else "Aucun fait connu.\n"


def _ordered(facts: FactSet, vocabulary: Vocabulary) -> list[Fact]:
    names = {name: rank for rank, name in enumerate(vocabulary)}
    lots = {lot: rank for rank, lot in enumerate(facts.lots)}

    def key(fact: Fact) -> tuple[bool, int, int]:
        return fact.scope.kind == "lot", lots.get(fact.scope.id, -1), names.get(fact.name, len(names))

    return sorted(facts, key=key)


def _fact(fact: Fact, vocabulary: Vocabulary, width: int, paint: Paint) -> list[str]:
    spec = vocabulary.get(fact.name)
    values = [value for value in fact.candidates if value is not None]
    written = join_french((format_value(spec, value) for value in values), "ou")
    said = f" : {written}" if written and fact.status != ABSENT else ""
    lines = wrap(f"{fact_label(fact, vocabulary)}{said}  [{fact.name}]", width, "  · ")
    for text in _where(fact, adds_up=spec is not None and spec.type == "montant"):
        lines += [paint(line, "dim") for line in wrap(text, width, "      ")]
    return lines


def fact_label(fact: Fact, vocabulary: Vocabulary) -> str:
    """Name a fact, with its lot when it is of one."""
    label = vocabulary[fact.name].label if fact.name in vocabulary else fact.name
    return f"lot{NBSP}{fact.scope.id}, {label}" if fact.scope.kind == "lot" else label


def _where(fact: Fact, *, adds_up: bool) -> list[str]:
    """Return the first passages; of an amount, which may be the sum of its passages, how many others there are."""
    passages = [passage(evidence) for evidence in fact.evidence[:_PASSAGES]]
    if adds_up and (hidden := len(fact.evidence) - len(passages)) > 0:
        passages.append(f"… et {count(hidden, 'autre passage', 'autres passages')}")
    passages += [passage(evidence) for evidence in fact.rivals[:_PASSAGES]]
    if passages or fact.origin == DERIVED:
        return passages
    if fact.search is not None:
        return search_lines(fact.search, 6)
    return [ORIGIN_LABELS.get(fact.origin, fact.origin)]


def _unknown(facts: Iterable[Fact], vocabulary: Vocabulary, width: int) -> list[str]:
    """Gather unknown facts under the pieces that would tell, those of the buyer's file last."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for fact in facts:
        missing = fact.search.missing if fact.search else ()
        groups.setdefault(tuple(missing), []).append(fact_label(fact, vocabulary))
    lines: list[str] = []
    for pieces in sorted(groups, key=lambda key: (not key, key)):
        where = f"à lire dans {pieces_with_article(pieces)}" if pieces else "à déclarer (--set, --acheteur)"
        lines += wrap(f"{where} : {' ; '.join(dict.fromkeys(groups[pieces]))}", width, "  · ")
    return lines
