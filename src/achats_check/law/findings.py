"""Findings: a judgement with its message, its evidence and its citations."""

from __future__ import annotations

from collections.abc import Iterable

from achats_check.law.context import MARKET_PREFIX, Citations, Context
from achats_check.law.judgement import Judgement
from achats_check.law.messages import PLACEHOLDER, message
from achats_check.law.ranking import rank
from achats_check.law.references import parameter_uses, parameters_of, rule_references
from achats_check.law.trace import (
    deciding_of_all,
    evidence_of,
    facts_of,
    missing_facts,
    search_of,
    settled_beside_unknown,
)
from achats_check.model.document import stands_for
from achats_check.model.fact import KNOWN, Evidence, Search
from achats_check.model.finding import (
    A_VERIFIER,
    CONFORME,
    DROIT,
    LANCEMENT,
    NON_CONFORME,
    SANS_OBJET,
    Finding,
    TraceNode,
    one_suffices,
)
from achats_check.model.rule import Rule, RuleVersion


def finding_of(
    rule: Rule,
    version: RuleVersion,
    judgement: Judgement,
    trace: tuple[TraceNode, ...],
    context: Context,
    read_roles: frozenset[str],
) -> Finding:
    """Return the finding of a judged version: what it says, what it rests on, what it cites.

    `trace` holds the conditions of the version as evaluated; `read_roles` the roles of the pieces supplied.
    """
    doubtful = judgement.verdict == A_VERIFIER
    missing = missing_facts([leaf for leaf in judgement.leaves if leaf.result is None], context) if doubtful else ()
    if judgement.doubt == LANCEMENT:
        missing = ("date_lancement",)
    evidence, search = _grounds(version, judgement, trace, context)
    if search is None:  # what is derived was not looked for: what it would be derived from was
        search = search_of(context.fact(name) for name in missing)
    references, figures = _citations(rule, version, context)
    last = "ou" if one_suffices(trace) else "et"
    finding = Finding(
        rule=rule.id,
        title=rule.title,
        theme=rule.theme,
        nature=rule.nature,
        verdict=judgement.verdict,
        severity=rule.severity,
        scope=context.scope,
        message=message(rule, version, judgement.verdict, judgement.doubt, missing, context, last),
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
    return finding._replace(rank=rank(finding, rule, context))


def _grounds(
    version: RuleVersion, judgement: Judgement, trace: tuple[TraceNode, ...], context: Context
) -> tuple[tuple[Evidence, ...], Search | None]:
    """Return the passages a verdict rests on, and the search that proves an absence.

    When nothing was read nor looked for on the point itself, the passages that make the rule apply are shown, those
    of what the message tells first; when a doubt was looked into and nothing found, the signs that a reader would
    ask about.
    """
    facts = facts_of((*judgement.leaves, *settled_beside_unknown(trace)), context)
    evidence, search = evidence_of(facts), search_of(facts)
    searched = search is not None and bool(search.pieces)
    if not evidence and (not searched or judgement.verdict == A_VERIFIER):
        grounds = _told_first(version, _telling(deciding_of_all(trace, True), context))
        evidence = evidence_of(facts_of(filter(_is_sign, grounds) if searched else grounds, context))
    return evidence, search


def _telling(grounds: tuple[TraceNode, ...], context: Context) -> tuple[TraceNode, ...]:
    """Leave out what goes without saying, as that a market is ordinary, where something else made the rule apply."""
    vocabulary = context.book.vocabulary

    def presumed(leaf: TraceNode) -> bool:
        default = vocabulary[leaf.fact.removeprefix(MARKET_PREFIX)].default
        return default is not None and leaf.actual == default

    return tuple(leaf for leaf in grounds if not presumed(leaf)) or grounds


def _told_first(version: RuleVersion, grounds: tuple[TraceNode, ...]) -> tuple[TraceNode, ...]:
    """Put first what the message tells: "60 000 € HT pour ce lot" is read where the lot has its amount."""
    told = set(PLACEHOLDER.findall(version.message))
    return tuple(sorted(grounds, key=lambda leaf: leaf.fact not in told))


def _is_sign(leaf: TraceNode) -> bool:
    """Say whether a condition asks that something be written: "a criterion scores the address"."""
    return leaf.result is True and leaf.expected == (True,) and leaf.status == KNOWN


def _remedy(rule: Rule, version: RuleVersion, judgement: Judgement) -> str:
    if judgement.verdict == CONFORME:
        return ""
    if judgement.doubt == DROIT and version.check:
        return f"{rule.remedy} Point de droit à vérifier : {version.check[:1].lower()}{version.check[1:]}"
    return rule.remedy


def _missing_pieces(missing: Iterable[str], context: Context, read_roles: frozenset[str]) -> tuple[str, ...]:
    """Return the roles where missing facts would be found and that were not supplied."""
    roles = [role for name in missing for role in context.book.vocabulary[name.removeprefix(MARKET_PREFIX)].pieces]
    return tuple(role for role in dict.fromkeys(roles) if not stands_for(role, read_roles))


def _reserve(judgement: Judgement, context: Context) -> str:
    """Return the reserve on the law of the day, for a verdict that settles the question."""
    settled = judgement.verdict in {CONFORME, NON_CONFORME}
    return context.book.sources.reserve_on(context.day) if settled else ""


def _citations(rule: Rule, version: RuleVersion, context: Context) -> Citations:
    """Return the references and the figures of a version, built once for all lots."""
    key = (rule.id, version.since)
    found = context.citations.get(key)
    if found is None:
        # The figures of the requirement; when it has none, those that decide whether the rule applies.
        names = parameters_of(version.requires) or parameters_of(version.when)
        found = context.citations[key] = (rule_references(rule, version, context.book), names)
    return found


def out_of_scope(rule: Rule, version: RuleVersion, when: tuple[TraceNode, ...], context: Context) -> Finding:
    """Return the finding of a version whose conditions of application are not met: sans_objet, with its trace."""
    finding = out_of_force(rule, context)
    return finding._replace(
        message="Les conditions de la règle ne sont pas réunies.",
        references=_citations(rule, version, context)[0],
        trace=when,
    )


def out_of_force(rule: Rule, context: Context) -> Finding:
    """Return the finding of a rule with no version in force on the day of the law: sans_objet."""
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
    )
