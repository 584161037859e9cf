"""One rule on one tender: its verdict, its ground, its citations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from achats_check.law.conditions import explain
from achats_check.law.context import MARKET_PREFIX, Citations, Context
from achats_check.law.derive import declared_throughout, derive
from achats_check.law.kleene import all_of
from achats_check.law.messages import message
from achats_check.law.ranking import rank
from achats_check.law.references import parameter_uses, parameters_of, rule_references
from achats_check.law.rulebook import Rulebook
from achats_check.law.trace import deciding_of_all, evidence_of, facts_of, failed_alternatives, missing_facts, search_of
from achats_check.model.document import stands_for
from achats_check.model.fact import ACHETEUR, MARCHE, Evidence, Fact, FactSet, Scope, Search
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
    SANS_OBJET,
    Finding,
    TraceNode,
)
from achats_check.model.rule import Condition, Rule, RuleVersion

SURE_ENOUGH = 0.6
"""A fact read with less confidence accuses nobody."""
LEVERS = ("levier", "bonne_pratique")
RECENT_DAYS = 4 * 365
"""When the launch is not known, only what the law already forbade this many days before the day assumed accuses."""
EVALUATED_SCOPES = ("marche", "lot", "acheteur")


class Judgement(NamedTuple):
    """A verdict and the leaves it rests on."""

    verdict: str
    doubt: str = ""
    leaves: tuple[TraceNode, ...] = ()


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
    facts = derive(Context(book, facts, day))
    context = Context(book, facts, day, launch_known=launch_known)
    supplied = frozenset(read_roles)
    found = [
        judge_rule(rule, context.at(scope), supplied)
        for rule in book.rules
        if rule.scope in EVALUATED_SCOPES
        for scope in _scopes(rule, facts)
    ]
    return tuple(found), facts


def _scopes(rule: Rule, facts: FactSet) -> list[Scope]:
    if rule.scope == "lot" and facts.lots:
        return [Scope("lot", lot) for lot in facts.lots]
    return [ACHETEUR] if rule.scope == "acheteur" else [MARCHE]


def judge_rule(rule: Rule, context: Context, read_roles: frozenset[str] = frozenset()) -> Finding:
    """Judge one scope of a tender by one rule, on the day that governs the rule."""
    day = governing_day(rule, context)
    seen = context.at(context.scope, day)
    version = version_at(rule, day)
    if version is None:
        return _out_of_force(rule, seen)
    when = _explained_until_false(version.when, seen)
    applies = all_of(node.result for node in when)
    if applies is False:
        return _out_of_scope(rule, version, when, seen)
    unsettled_law = applies is None and all(_law_unsettled((leaf,), seen) for leaf in deciding_of_all(when, None))
    requires = tuple(explain(c, seen) for c in version.requires) if applies or unsettled_law else ()
    judgement = _judge(rule, version, when, requires, seen)
    return _finding(rule, version, judgement, (*when, *requires), seen, read_roles)


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


def version_at(rule: Rule, day: date) -> RuleVersion | None:
    """Return the version in force on a day, or None."""
    return next((v for v in rule.versions if v.since <= day and (v.until is None or day <= v.until)), None)


def _judge(
    rule: Rule,
    version: RuleVersion,
    when: tuple[TraceNode, ...],
    requires: tuple[TraceNode, ...],
    context: Context,
) -> Judgement:
    if all_of(node.result for node in when) is None:
        return _maybe_applicable(when, requires)
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


def _maybe_applicable(when: tuple[TraceNode, ...], requires: tuple[TraceNode, ...]) -> Judgement:
    """Judge a rule of which one does not know whether it applies.

    ``requires`` was explained only when the facts are all known and the law itself is unsettled.
    """
    unsettled = deciding_of_all(when, None)
    if not requires:
        return Judgement(A_VERIFIER, APPLICABILITE, unsettled)
    if all_of(node.result for node in requires):
        return Judgement(CONFORME, leaves=deciding_of_all(requires, True))
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
    if not context.launch_known and _recent(rule, context):
        return Judgement(A_VERIFIER, LANCEMENT, leaves)
    return Judgement(NON_CONFORME, leaves=leaves)


def _recent(rule: Rule, context: Context) -> bool:
    """Say whether the law of some years ago would not accuse: the consultation may have been launched under it."""
    earlier = context.at(context.scope, context.day - timedelta(days=RECENT_DAYS))
    version = version_at(rule, earlier.day)
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
    if _law_unsettled(leaves, context):
        return DROIT
    if rule.nature in LEVERS:
        return RESPECT  # nobody has to justify a lever
    missing = missing_facts(leaves, context)
    outside = [context.book.vocabulary[name].outside_pieces for name in missing]
    return JUSTIFICATION if outside and all(outside) else RESPECT


def _law_unsettled(leaves: Iterable[TraceNode], context: Context) -> bool:
    """Say whether a comparison is unknown although its fact, the buyer and the nature are known."""
    return any(
        leaf.parameter and len(context.candidates(leaf.fact)) == 1 and not missing_facts([leaf], context)
        for leaf in leaves
    )


def _rests_on_uncertain_figures(leaves: Iterable[TraceNode], context: Context) -> bool:
    for leaf in leaves:
        rows = context.rows(leaf.parameter) if leaf.parameter else ()
        if rows and all(row.confidence == "incertaine" for row in rows):
            return True
    return False


def _finding(
    rule: Rule,
    version: RuleVersion,
    judgement: Judgement,
    trace: tuple[TraceNode, ...],
    context: Context,
    read_roles: frozenset[str],
) -> Finding:
    doubtful = judgement.verdict == A_VERIFIER
    missing = missing_facts([leaf for leaf in judgement.leaves if leaf.result is None], context) if doubtful else ()
    if judgement.doubt == LANCEMENT:
        missing = ("date_lancement",)
    evidence, search = _grounds(judgement, trace, context)
    references, figures = _citations(rule, version, context)
    finding = Finding(
        rule=rule.id,
        title=rule.title,
        theme=rule.theme,
        nature=rule.nature,
        verdict=judgement.verdict,
        severity=rule.severity,
        scope=context.scope,
        message=message(rule, version, judgement.verdict, judgement.doubt, missing, context),
        why=rule.why,
        remedy=_remedy(rule, version, judgement),
        doubt=judgement.doubt,
        missing_facts=missing,
        missing_pieces=_missing_pieces(missing, context, read_roles),
        references=references,
        parameters=parameter_uses(figures, context),
        evidence=evidence,
        search=search,
        trace=trace,
        reserve=_reserve(judgement, context),
    )
    return finding._replace(fingerprint=_fingerprint(finding), rank=rank(finding, rule, context))


def _grounds(
    judgement: Judgement, trace: tuple[TraceNode, ...], context: Context
) -> tuple[tuple[Evidence, ...], Search | None]:
    """Return the passages a verdict rests on, and the search that proves an absence.

    When nothing was read nor looked for on the point itself, the passages that make the rule apply are shown.
    """
    facts = facts_of((*judgement.leaves, *failed_alternatives(trace)), context)
    evidence, search = evidence_of(facts), search_of(facts)
    if not evidence and not (search and search.pieces):
        evidence = evidence_of(facts_of(deciding_of_all(trace, True), context))
    return evidence, search


def _remedy(rule: Rule, version: RuleVersion, judgement: Judgement) -> str:
    if judgement.verdict == CONFORME:
        return ""
    if judgement.doubt == DROIT and version.check:
        return version.check
    return rule.remedy


def _missing_pieces(missing: Iterable[str], context: Context, read_roles: frozenset[str]) -> tuple[str, ...]:
    """Return the roles where missing facts would be found and that were not supplied."""
    roles = [role for name in missing for role in context.book.vocabulary[name.removeprefix(MARKET_PREFIX)].pieces]
    return tuple(role for role in dict.fromkeys(roles) if not stands_for(role, read_roles))


def _reserve(judgement: Judgement, context: Context) -> str:
    sources = context.book.sources
    blind = context.day >= sources.blind_since
    return sources.blind_reserve if blind and judgement.verdict in {CONFORME, NON_CONFORME} else ""


def _citations(rule: Rule, version: RuleVersion, context: Context) -> Citations:
    """Return the references and the figures of a version, built once for all lots."""
    key = (rule.id, version.since)
    found = context.citations.get(key)
    if found is None:
        # The figures of the requirement; when it has none, those that decide whether the rule applies.
        names = parameters_of(version.requires) or parameters_of(version.when)
        found = context.citations[key] = (rule_references(rule, version, context.book), names)
    return found


def _out_of_scope(rule: Rule, version: RuleVersion, when: tuple[TraceNode, ...], context: Context) -> Finding:
    finding = _out_of_force(rule, context)
    return finding._replace(
        message="Les conditions de la règle ne sont pas réunies.",
        references=_citations(rule, version, context)[0],
        trace=when,
    )


def _out_of_force(rule: Rule, context: Context) -> Finding:
    return Finding(
        rule=rule.id,
        title=rule.title,
        theme=rule.theme,
        nature=rule.nature,
        verdict=SANS_OBJET,
        severity=rule.severity,
        scope=context.scope,
        message="La règle n'est pas en vigueur à la date du droit appliqué.",
        why=rule.why,
        fingerprint=hashlib.sha256(f"{rule.id}|{context.scope.kind}|{context.scope.id}".encode()).hexdigest()[:16],
    )


def _fingerprint(finding: Finding) -> str:
    """Identify a finding by its rule, its scope and what it rests on, never by a line number."""
    grounds = sorted(f"{e.role}:{' '.join(e.quote.split()).casefold()}" for e in finding.evidence)
    if not grounds and finding.search:
        grounds = list(finding.search.pieces)
    text = "|".join((finding.rule, finding.scope.kind, finding.scope.id, *grounds))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
