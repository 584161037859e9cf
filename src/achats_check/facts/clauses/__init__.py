"""Clauses of a tender document: what its wording asks, denies, or only seems to ask."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.articles import articles_of, find_articles
from achats_check.facts.clauses.details import drop_accompanied_referrals, drop_denied_details
from achats_check.facts.clauses.elsewhere import find_elsewhere
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.hours import find_hours, shared_out
from achats_check.facts.clauses.labels import describe_labels
from achats_check.facts.clauses.limited import find_limits
from achats_check.facts.clauses.lists import best, unite
from achats_check.facts.clauses.matching import Search, searchable
from achats_check.facts.clauses.measures import MEASURE, find_measures
from achats_check.facts.clauses.rates import settle_rates
from achats_check.facts.clauses.ratio import find_ratios, without_ratio_hours
from achats_check.facts.clauses.ratio_tables import find_ratio_tables
from achats_check.facts.clauses.reach import CLAUSES, Reach
from achats_check.facts.clauses.reservation import settle_reservations
from achats_check.facts.clauses.reservation_columns import find_reservation_columns
from achats_check.facts.clauses.reservation_lists import settle_reservation_lists
from achats_check.facts.clauses.resolving import Resolver
from achats_check.facts.clauses.run_in import find_run_in
from achats_check.facts.clauses.sanctions import find_sanctions
from achats_check.facts.clauses.signs import find_signs
from achats_check.facts.clauses.spared import find_others_spared, find_spared
from achats_check.facts.clauses.summary import find_summaries
from achats_check.facts.clauses.undecided import set_undecided_aside
from achats_check.facts.clauses.yearly_hours import of_a_year
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.text import Reading

_DEMAND = "environnement.specification"
"""What is asked of a product: its organs stand near it as those of a clause do."""


def find_clauses(reading: Reading, lexicon: Lexicon) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield the clauses of one document, with what looked like one and what was sought in vain.

    Args:
        reading: The document, its role recognised.
        lexicon: The wording to look for.

    Yields:
        A ``Candidate`` for each passage that carries a value, a ``NearMiss`` for each that only seems to,
        and a ``Sought`` for each fact of the lexicon that has no candidate in this document.
    """
    entries = lexicon.searched(*reading.roles)
    texts = searchable(reading)
    headings = Headings(reading.document.blocks)
    search = Search(reading, texts, lexicon.possible(reading.words, reading.roles))
    articles = articles_of(reading, texts)
    reach = Reach(reading, texts, headings)
    resolver = Resolver(reading, texts, headings, lexicon, reach)
    carriers = lexicon.giving(CLAUSES, reading.roles) - CLAUSES | {_DEMAND}
    asked, carried = search.stated(CLAUSES), search.stated(carriers)
    found = [
        *reach.noted(resolver.resolve(asked)),
        *reach.noted(resolver.resolve(carried)),
        *reach.noted(find_articles(reading, texts, entries, articles, search)),
        *reach.noted(find_run_in(reading, texts, entries, search)),
    ]
    others = search.stated(search.facts - CLAUSES - carriers, reach.in_place)
    found += [
        *resolver.resolve(others),
        *resolver.lone_decoys(search, {match.form.fact for match in (*asked, *carried, *others)}),
        *find_summaries(reading, texts, entries, search),
        *find_hours(reading, texts, headings),
        *find_ratios(reading, texts, headings),
        *find_ratio_tables(reading, texts, headings),
    ]
    found = list(settle_rates(reading, texts, entries, search, found))
    found += find_sanctions(reading, texts, headings, found)
    if any(entry.fact == MEASURE for entry in entries):
        found += find_measures(reading, texts, reach, found)
    counted = list(without_ratio_hours(found))
    reserved = settle_reservation_lists(reading, texts, headings, list(settle_reservations(counted)))
    settled = list(drop_denied_details([*reserved, *find_reservation_columns(reading)]))
    decided = list(set_undecided_aside(list(drop_accompanied_referrals(settled)), reading.document.blocks, texts))
    described = list(of_a_year(shared_out(list(describe_labels(decided, texts)), texts), texts))
    yield from best(list(unite(described)))
    yield from find_limits(reading, texts, headings)
    yield from find_spared(reading, texts, headings)
    yield from find_others_spared(reading, texts, headings)
    yield from find_elsewhere(reading, texts, entries, articles, described)
    yield from find_signs(reading, texts, headings, reach, entries, search, described)
    known = {result.name for result in described if isinstance(result, Candidate)}
    for entry in entries:
        if entry.fact not in known:
            yield Sought(entry.fact, entry.words)
