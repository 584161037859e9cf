"""A tender judged by every rule, each scope by the law of the day that governs the rule."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from achats_check.garbage import not_searched
from achats_check.law.conditions import explain
from achats_check.law.context import Context
from achats_check.law.derive import derive
from achats_check.law.findings import finding_of, out_of_force, out_of_scope
from achats_check.law.judgement import judge, law_unsettled
from achats_check.law.kleene import all_of
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import deciding_of_all
from achats_check.model.fact import ACHETEUR, GRANT, MARCHE, FactSet, Scope
from achats_check.model.finding import Finding, TraceNode
from achats_check.model.rule import Condition, Operand, Rule

EVALUATED_SCOPES = ("marche", "lot", "acheteur", "conventionnement")
"""Scopes that a dossier is judged in."""
OF_A_PURCHASE = Condition("parmi", "conventionnement.forme", Operand(values=("marche", "dsp")))
"""What a rule on contracts supposes, once a description speaks of an aid: that a contract was chosen after all."""
PORTFOLIO = "portefeuille"
"""Scope that the contracts of a buyer are judged in (see ``portfolio.judging``), and no dossier."""


def evaluate(
    book: Rulebook, facts: FactSet, day: date, *, read_roles: Iterable[str] = (), launch_known: bool = True
) -> tuple[tuple[Finding, ...], FactSet]:
    """Judge a tender by every rule.

    Args:
        book: Rules, parameters and vocabulary.
        facts: What is known of the tender, its lots and its buyer.
        day: Day whose law applies (launch of the consultation).
        read_roles: Roles of the pieces that were read, to say which others would tell.
        launch_known: False when ``day`` is only assumed.

    Returns:
        One finding for each rule and scope, ``sans_objet`` included, and the facts completed with those
        that were derived.
    """
    supplied = frozenset(read_roles)
    with not_searched():  # each lot has its findings: tens of thousands of records
        facts = derive(Context(book, facts, day))
        context = Context(book, facts, day, launch_known=launch_known)
        granted = any(fact.scope == GRANT for fact in facts)
        found = tuple(
            judge_rule(_of_purchases(rule) if granted else rule, context.at(scope), supplied)
            for rule in book.rules
            if rule.scope in EVALUATED_SCOPES
            for scope in _scopes(rule, facts, granted=granted)
        )
    return found, facts


def _of_purchases(rule: Rule) -> Rule:
    """Return a rule on contracts that an aid sets aside; a rule on the buyer or on aids is left as it is."""
    if rule.scope not in {"marche", "lot"}:
        return rule
    return rule._replace(versions=tuple(v._replace(when=(OF_A_PURCHASE, *v.when)) for v in rule.versions))


def _scopes(rule: Rule, facts: FactSet, *, granted: bool) -> list[Scope]:
    if rule.scope == "lot" and facts.lots:
        return [Scope("lot", lot) for lot in facts.lots]
    if rule.scope == GRANT.kind:
        return [GRANT] if granted else []
    return [ACHETEUR] if rule.scope == "acheteur" else [MARCHE]


def judge_rule(rule: Rule, context: Context, read_roles: frozenset[str] = frozenset()) -> Finding:
    """Judge one scope of a tender by one rule, on the day that governs the rule."""
    day = governing_day(rule, context)
    seen = context.at(context.scope, day)
    version = rule.version_on(day)
    if version is None:
        return out_of_force(rule, seen)
    when = _explained_until_false(version.when, seen)
    applies = all_of(node.result for node in when)
    if applies is False:
        return out_of_scope(rule, version, when, seen)
    unsettled_law = applies is None and all(law_unsettled((leaf,), seen) for leaf in deciding_of_all(when, None))
    requires = tuple(explain(c, seen) for c in version.requires) if applies or unsettled_law else ()
    judgement = judge(rule, version, when, requires, seen)
    return finding_of(rule, version, judgement, (*when, *requires), seen, read_roles)


def _explained_until_false(conditions: tuple[Condition, ...], context: Context) -> tuple[TraceNode, ...]:
    """Explain conditions that must all hold, up to the first that fails: it is enough to set a rule aside."""
    nodes = []
    for condition in conditions:
        node = explain(condition, context)
        nodes.append(node)
        if node.result is False:
            break
    return tuple(nodes)


def governing_day(rule: Rule, context: Context) -> date:
    """Return the day of the law for a rule: its own date fact when known, else the launch.

    A year (calendar-year figures such as annual purchases) stands for its 31 December.
    """
    value = context.known(rule.date_fact) if rule.date_fact else None
    if isinstance(value, date):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9999:
        return date(value, 12, 31)
    return context.day
