"""The verdict of a rule on what its conditions gave: who may accuse, and what a doubt is."""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from achats_check.law.conditions import explain
from achats_check.law.context import Context
from achats_check.law.derive import declared_throughout
from achats_check.law.kleene import all_of
from achats_check.law.trace import deciding_of_all, facts_of, missing_facts
from achats_check.model.fact import SURE_ENOUGH, Fact
from achats_check.model.finding import (
    A_VERIFIER,
    ALERTE,
    APPLICABILITE,
    CONFORME,
    DROIT,
    JUSTIFICATION,
    LANCEMENT,
    NON_CONFORME,
    OPPORTUNITE,
    RESPECT,
    TraceNode,
)
from achats_check.model.rule import LEVERS, Rule, RuleVersion

RECENT_DAYS = 4 * 365
"""When the launch is not known, only what the law already forbade this many days before the day assumed accuses."""


class Judgement(NamedTuple):
    """A verdict and the leaves it rests on."""

    verdict: str
    doubt: str = ""
    leaves: tuple[TraceNode, ...] = ()


def judge(
    rule: Rule,
    version: RuleVersion,
    when: tuple[TraceNode, ...],
    requires: tuple[TraceNode, ...],
    context: Context,
) -> Judgement:
    """Return the verdict of a version from its evaluated conditions: `when` it applies, what it `requires`.

    `when` is true or unknown here: a false one is out of scope and never judged.
    """
    if all_of(node.result for node in when) is None:
        return _maybe_applicable(version, when, requires, context)
    respected = all_of(node.result for node in requires)
    leaves = deciding_of_all(requires, respected)
    if version.confidence == "incertaine":
        return Judgement(A_VERIFIER, DROIT, leaves)
    if respected is None:
        return Judgement(A_VERIFIER, _doubt(rule, leaves, context), leaves)
    if _rests_on_uncertain_figures((*leaves, *deciding_of_all(when, True)), context):
        return Judgement(A_VERIFIER, DROIT, leaves)
    if respected:
        return Judgement(CONFORME, leaves=leaves)
    return _contrary(rule, when, leaves, context)


def _maybe_applicable(
    version: RuleVersion, when: tuple[TraceNode, ...], requires: tuple[TraceNode, ...], context: Context
) -> Judgement:
    """Judge a rule of which one does not know whether it applies.

    ``requires`` was explained only when the facts are all known and the law itself is unsettled: what respects a
    rule whose own text is sure is in order, whether it applies or not.
    """
    unsettled = deciding_of_all(when, None)
    if not requires:
        return Judgement(A_VERIFIER, APPLICABILITE, unsettled)
    leaves = deciding_of_all(requires, True)
    sure = version.confidence != "incertaine" and not _rests_on_uncertain_figures(leaves, context)
    if sure and all_of(node.result for node in requires):
        return Judgement(CONFORME, leaves=leaves)
    return Judgement(A_VERIFIER, DROIT, unsettled)


def _contrary(rule: Rule, when: tuple[TraceNode, ...], leaves: tuple[TraceNode, ...], context: Context) -> Judgement:
    """Say what an unmet requirement is worth: a lever is an opportunity, silence never accuses beyond the law."""
    if rule.nature in LEVERS:
        return Judgement(OPPORTUNITE, leaves=leaves)
    facts = facts_of(leaves, context)
    if rule.accuses == "jamais":
        return Judgement(A_VERIFIER, ALERTE, leaves)
    if rule.accuses == "declaration" and not _stated(facts, context):
        return Judgement(A_VERIFIER, JUSTIFICATION if _reasons(facts, context) else ALERTE, leaves)
    grounds = (*facts, *facts_of(deciding_of_all(when, True), context))
    if any(fact.confidence < SURE_ENOUGH for fact in grounds):
        return Judgement(A_VERIFIER, RESPECT, leaves)
    if _day_supposed(rule, context) and _recent(rule, context):
        return Judgement(A_VERIFIER, LANCEMENT, leaves)
    return Judgement(NON_CONFORME, leaves=leaves)


def _day_supposed(rule: Rule, context: Context) -> bool:
    """Say whether the day of the law is only assumed: a rule with a day of its own does not wait for the launch."""
    own_day = bool(rule.date_fact) and context.known(rule.date_fact) is not None
    return not context.launch_known and not own_day


def _recent(rule: Rule, context: Context) -> bool:
    """Say whether the law of some years ago would not accuse: the consultation may have been launched under it."""
    earlier = context.at(context.scope, context.day - timedelta(days=RECENT_DAYS))
    version = rule.version_on(earlier.day)
    if version is None:
        return True
    conditions = (all_of(explain(c, earlier).result for c in part) for part in (version.when, version.requires))
    return tuple(conditions) != (True, False)


def _stated(facts: tuple[Fact, ...], context: Context) -> bool:
    """Say whether what is missing was declared: the reasons kept outside the pieces, else every fact in cause."""
    return all(declared_throughout(fact, context) for fact in _reasons(facts, context) or facts)


def _reasons(facts: tuple[Fact, ...], context: Context) -> tuple[Fact, ...]:
    """Return the facts that may live only in the buyer's own file."""
    return tuple(fact for fact in facts if context.book.vocabulary[fact.name].outside_pieces)


def _doubt(rule: Rule, leaves: tuple[TraceNode, ...], context: Context) -> str:
    if law_unsettled(leaves, context):
        return DROIT
    if rule.nature in LEVERS:
        return RESPECT  # nobody has to justify a lever
    missing = missing_facts(leaves, context)
    outside = [context.book.vocabulary[name].outside_pieces for name in missing]
    return JUSTIFICATION if outside and all(outside) else RESPECT


def law_unsettled(leaves: Iterable[TraceNode], context: Context) -> bool:
    """Say whether a comparison is unknown although its fact, the buyer and the nature are known."""
    return any(leaf.parameter and _settled(leaf, context) for leaf in leaves)


def _settled(leaf: TraceNode, context: Context) -> bool:
    values = context.candidates(leaf.fact)
    return len(values) == 1 and values[0] is not None and not missing_facts([leaf], context)


def _rests_on_uncertain_figures(leaves: Iterable[TraceNode], context: Context) -> bool:
    for leaf in leaves:
        rows = context.rows(leaf.parameter) if leaf.parameter else ()
        if rows and all(row.confidence == "incertaine" for row in rows):
            return True
    return False
