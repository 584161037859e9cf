"""Sentences of findings: the rule's own words with the values of the facts and of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from achats_check.law.context import MARKET_PREFIX, fact_spec
from achats_check.law.references import parameters_of
from achats_check.law.view import View
from achats_check.model.fact import ABSENT
from achats_check.model.finding import (
    ALERTE,
    APPLICABILITE,
    CONFORME,
    DROIT,
    JUSTIFICATION,
    LANCEMENT,
    NON_CONFORME,
    OPPORTUNITE,
)
from achats_check.model.rule import Rule, RuleVersion
from achats_check.patterns import compiled
from achats_check.wording import format_amount, format_short_date, format_value, join_french

UNKNOWN_WORDS = "non connu"
UNSETTLED = "Le droit est incertain sur ce point."
PLACEHOLDER = compiled(r"\{([a-z_][a-z0-9_.]*)\}")
"""What stands for the value of a fact or of a parameter in the sentences of rules."""


_SENTENCE_END = compiled(r"(?<=\.) (?=[A-ZÀÂÇÉÈÊÎÔÙÛ])")
_TOLD_AT_THE_END = compiled(r" : \{([a-z_][a-z0-9_.]*)\}\.$")
_FEW = 2
"""Figures that are told one by one; more are told by their bounds."""


def fill(template: str, view: View) -> str:
    """Replace ``{fact}`` and ``{parameter}`` by what they are here.

    A figure that the law has not set for that day, or that nobody has read, leaves no sentence to write with it: it
    is told instead. A sentence that only leads to a fact nobody knows is left out.
    """
    if unset := _unset_figures(template, view):
        return " ".join(_unset(name, view) for name in unset)
    return PLACEHOLDER.sub(lambda match: _named(match.group(1), view), _tellable(template, view))


def _unset_figures(template: str, view: View) -> list[str]:
    named = dict.fromkeys(PLACEHOLDER.findall(template))
    return [name for name in named if name in view.book.parameters and not _figures(name, view)]


def _tellable(template: str, view: View) -> str:
    sentences = _SENTENCE_END.split(template)
    told = [sentence for sentence in sentences if not _leads_nowhere(sentence, view)]
    return " ".join(told) if told else _TOLD_AT_THE_END.sub(".", template)


def _leads_nowhere(sentence: str, view: View) -> bool:
    """Say whether a sentence ends on the value of a fact that has none: "Elle dit : ."."""
    found = _TOLD_AT_THE_END.search(sentence)
    if found is None or found.group(1) in view.book.parameters:
        return False
    fact = view.fact(found.group(1))
    return fact.status != ABSENT and all(value is None for value in fact.candidates)


def _unset(name: str, view: View) -> str:
    """Say which figure is missing on that day, why, and what to read: what the rows of the parameter say."""
    rows = view.rows(name)
    why = join_french(dict.fromkeys(row.basis for row in rows if row.basis), last="ou")
    read = join_french(dict.fromkeys(row.check.rstrip(".") for row in rows if row.check), last="ou")
    said = f"Chiffre non connu au {format_short_date(view.day)} : {view.book.parameters[name].label}"
    return f"{said}{f' ({why})' if why else ''}.{f' À lire : {read}.' if read else ''}"


def _named(name: str, view: View) -> str:
    if name in view.book.parameters:
        return _parameter(name, view)
    spec = fact_spec(name, view.book.vocabulary)
    fact = view.fact(name)
    values = [value for value in fact.candidates if value is not None]
    if not values:
        return UNKNOWN_WORDS if fact.status != ABSENT else "absent"
    said = [format_value(spec, value) for value in values]
    if fact.scope.kind == "portefeuille" and len(said) > 1:
        return f"entre {join_french(said)}"  # the bounds of what is not known of every contract
    return join_french(said, last="ou")


def _parameter(name: str, view: View) -> str:
    unit = view.book.parameters[name].unit
    said = [format_amount(value, unit) for value in _figures(name, view)]
    if len(said) > _FEW:
        return f"{said[0]} à {said[-1]} (selon l'acheteur et la nature du marché)"
    return join_french(said, last="ou")


def _figures(name: str, view: View) -> list[Decimal]:
    """Return the values a parameter may have here, least first; none when the law has not set them."""
    return sorted({row.value for row in view.rows(name) if row.value is not None})


def message(
    rule: Rule, version: RuleVersion, verdict: str, doubt: str, missing: Sequence[str], view: View, last: str = "et"
) -> str:
    """Return the sentence of a finding; ``last`` joins what is missing: "ou" where any one of them would do."""
    if verdict in {NON_CONFORME, OPPORTUNITE} or (doubt == ALERTE and not _milder(rule, version)):
        return fill(version.message, view)
    if verdict == CONFORME:
        return fill(version.ok_message, view) if version.ok_message else f"{rule.title} : respecté."
    if doubt == LANCEMENT:
        since = format_short_date(_last_change(version, view))
        return f"Si la consultation est lancée depuis le {since} : {fill(version.message, view)}"
    if doubt == DROIT:
        template = version.doubt_message or version.message
        return fill(template, view) if _unset_figures(template, view) else f"{fill(template, view)} {UNSETTLED}"
    if version.doubt_message and doubt != APPLICABILITE:
        return fill(version.doubt_message, view)
    return _general_doubt(doubt, missing, view, last)


def _last_change(version: RuleVersion, view: View) -> date:
    """Return the day since which a rule asks what it asks: that of its text, or of the last figure it compares with."""
    names = parameters_of((*version.when, *version.requires))
    return max([version.since, *(row.since for name in names for row in view.rows(name))])


def _milder(rule: Rule, version: RuleVersion) -> bool:
    """A rule that can accuse, on a declaration, does not speak as if it had: its doubt has its own words."""
    return rule.accuses != "jamais" and bool(version.doubt_message)


def _general_doubt(doubt: str, missing: Sequence[str], view: View, last: str) -> str:
    labels = join_french([view.book.vocabulary[name.removeprefix(MARKET_PREFIX)].label for name in missing], last)
    if doubt == APPLICABILITE:
        return (
            f"On ne sait pas si la règle s'applique : {labels} à préciser."
            if labels
            else "On ne sait pas si la règle s'applique."
        )
    if doubt == JUSTIFICATION:
        told = f" : {labels}" if labels else ""
        return f"Rien ne le prévoit ; la règle est respectée si le dossier le justifie{told}."
    return (
        f"Ce qui a été fourni ne permet pas de conclure : {labels} à préciser."
        if labels
        else "Ce qui a été fourni ne permet pas de conclure."
    )
