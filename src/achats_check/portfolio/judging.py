"""A portfolio judged by the rules of its scope, each with its trace and its references.

A rule whose facts begin like those of a sign ("portefeuille.famille.") judges each sign of that kind; any other judges
the year. What a buyer declares outranks what the data show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from achats_check.law.context import Citations, Context
from achats_check.law.evaluate import PORTFOLIO, judge_rule
from achats_check.law.messages import PLACEHOLDER
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import compared
from achats_check.model.fact import (
    ACHETEUR,
    CONFLICT,
    DERIVED,
    KNOWN,
    MARCHE,
    STRUCTURED,
    Evidence,
    Fact,
    FactSet,
    Scope,
    Value,
)
from achats_check.model.finding import CONFORME, SANS_OBJET
from achats_check.model.rule import Rule
from achats_check.portfolio.records import DIMENSIONS, Judged, Portfolio, Sign
from achats_check.portfolio.shares import Share, share_of_amounts, share_of_contracts
from achats_check.portfolio.spaser import PURCHASES, SpaserDuty

KINDS = ("portefeuille.famille.", "portefeuille.concentration.", "portefeuille.ess.")
_SOURCE = "contrats"


class Judge:
    """Applies the rules of a book to portfolios and to their signs."""

    def __init__(self, book: Rulebook, today: date) -> None:
        self._book = book
        self._today = today
        rules = [rule for rule in book.rules if rule.scope == PORTFOLIO]
        self._by_kind = {kind: [rule for rule in rules if kind_of(rule) == kind] for kind in ("", *KINDS)}
        self._duty = SpaserDuty(book)
        self._used = frozenset(name for rule in self._by_kind[""] for name in _named(rule))
        self._citations: dict[tuple[str, date], Citations] = {}
        self._spaser = [rule for rule in book.rules if rule.theme == "spaser" and rule.scope == "acheteur"]

    def judged(self, portfolio: Portfolio, signs: Iterable[Sign]) -> Portfolio:
        """Return a portfolio with its SPASER status and its findings, ``sans_objet`` left out."""
        scope = Scope(PORTFOLIO, f"{portfolio.buyer}/{portfolio.year}")
        last = date(portfolio.year, 12, 31)
        about = _buyer_facts(portfolio)
        status = self._duty.status(FactSet(about), last, portfolio.spending)
        facts = FactSet([*about, *_year_facts(portfolio, scope, status, last < self._today, self._used)])
        context = Context(self._book, _with_declared(facts, portfolio, scope), last, scope)
        context.citations = self._citations
        found = [Judged(judge_rule(rule, context)) for rule in self._by_kind[""]]
        if context.fact(PURCHASES).candidates:
            found += [Judged(judge_rule(rule, context.at(ACHETEUR))) for rule in self._spaser]
        kept = [one for one in found if one.finding.verdict != SANS_OBJET]
        return portfolio._replace(spaser=status, findings=(*kept, *self._signs(about, signs)))

    def _signs(self, about: list[Fact], signs: Iterable[Sign]) -> Iterator[Judged]:
        """Yield what the rules find in signs; a sign that is in order is no longer one."""
        for sign in signs:
            scope = Scope(PORTFOLIO, f"{sign.buyer}/{sign.day.year}/{sign.key}")
            facts = [_known(name, self._home(name, scope), value) for name, value in sign.facts.items()]
            context = Context(self._book, FactSet([*about, *facts]), sign.day, scope)
            context.citations = self._citations
            for rule in self._by_kind[sign.kind]:
                finding = judge_rule(rule, context)
                if finding.verdict not in {SANS_OBJET, CONFORME}:
                    yield Judged(finding, sign.contracts, sign.size)

    def _home(self, name: str, scope: Scope) -> Scope:
        return scope if PORTFOLIO in self._book.vocabulary[name].scopes else MARCHE


def kind_of(rule: Rule) -> str:
    """Return the kind of sign that a rule judges; "" for the whole year."""
    names = facts_of(rule)
    return next((kind for kind in KINDS if any(name.startswith(kind) for name in names)), "")


def facts_of(rule: Rule) -> set[str]:
    """Return the facts that the conditions of a rule look at."""
    return {
        name
        for version in rule.versions
        for condition in (*version.when, *version.requires)
        for name in compared(condition)
    }


def _named(rule: Rule) -> set[str]:
    """Return the facts that a rule looks at or tells."""
    texts = [text for v in rule.versions for text in (v.message, v.ok_message, v.doubt_message)]
    return facts_of(rule) | {name for text in texts for name in PLACEHOLDER.findall(text)}


def _buyer_facts(portfolio: Portfolio) -> list[Fact]:
    found = [Fact("reference_date_achats", ACHETEUR, portfolio.year, KNOWN, STRUCTURED)]
    if portfolio.category:
        found.append(Fact("acheteur.categorie", ACHETEUR, portfolio.category, KNOWN, STRUCTURED))
    declared = [fact for fact in portfolio.declared if fact.scope == ACHETEUR]
    return list({fact.name: fact for fact in (*found, *declared)}.values())


def _year_facts(portfolio: Portfolio, scope: Scope, status: str, closed: bool, used: frozenset[str]) -> Iterator[Fact]:
    """Yield the facts of a year; of the shares, those that a rule uses, as there are many and rules are few."""
    measure, spending = portfolio.measure, portfolio.spending
    yield _known("portefeuille.annee", scope, portfolio.year)
    yield _known("portefeuille.annee_close", scope, closed)
    yield _known("portefeuille.spaser", scope, status)
    if measure.contracts:
        yield _known("portefeuille.nombre_marches", scope, measure.contracts)
        yield _known("portefeuille.depense_basse_ht", scope, Decimal(spending.low) / 100)
        yield _known("portefeuille.depense_haute_ht", scope, Decimal(spending.high) / 100)
    if measure.contracts and not measure.unknown_amounts:
        yield _known("portefeuille.montant_ht", scope, Decimal(measure.cents) / 100)
    for dimension in DIMENSIONS:
        number, amount = f"portefeuille.part_{dimension}", f"portefeuille.part_montant_{dimension}"
        if number in used:
            yield from _share_facts(number, scope, share_of_contracts(measure.tally(dimension)))
        # The share of the amounts is not known, even within bounds, when an amount is not.
        if amount in used and not measure.unknown_amounts:
            yield from _share_facts(amount, scope, share_of_amounts(measure.tally(dimension)))


def _share_facts(name: str, scope: Scope, share: Share | None) -> Iterator[Fact]:
    """Yield a share as a fact: a value, or the two bounds it lies between, which a verdict must not depend on."""
    if share is None:
        return
    if share.low == share.high:
        yield _known(name, scope, share.low)
        return
    bounds = [
        (Evidence(_SOURCE, "DESCRIPTION", "si aucune inconnue ne l'est", value=share.low),),
        (Evidence(_SOURCE, "DESCRIPTION", "si toutes les inconnues le sont", value=share.high),),
    ]
    yield Fact(name, scope, None, CONFLICT, DERIVED, evidence=bounds[0], rivals=bounds[1])


def _known(name: str, scope: Scope, value: Value) -> Fact:
    return Fact(name, scope, value, KNOWN, DERIVED)


def _with_declared(facts: FactSet, portfolio: Portfolio, scope: Scope) -> FactSet:
    """Put what is declared of the year over what was computed."""
    return facts.merged(*(fact._replace(scope=scope) for fact in portfolio.declared if fact.scope.kind == PORTFOLIO))


def by_line(signs: Iterable[Sign]) -> Mapping[tuple[str, int], list[Sign]]:
    """Gather signs by buyer and year, those of one kind by their key."""
    found: dict[tuple[str, int], list[Sign]] = {}
    for sign in sorted(signs, key=lambda sign: (sign.buyer, sign.day.year, KINDS.index(sign.kind), sign.key, sign.day)):
        found.setdefault((sign.buyer, sign.day.year), []).append(sign)
    return found
