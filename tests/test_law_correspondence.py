"""The rules beside the legal file, entry by entry: the contracts and buyers of each figure, the days, the articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from tests.test_law_file import LAW, README, law, needs_law, obligations, parameters, rules, thresholds

from achats_check.model.rule import Condition, Parameter, ParameterRow, Rule

pytestmark = needs_law

_SURE = {"uncertain": 0, "known": 1, "verified": 2}
_SURENESS = {"incertaine": 0, "connue": 1, "certaine": 2}
_ARTICLE = re.compile(r"\b([LRD])\.? ?(\d{4}-\d+(?:-\d+)*)")


# --- Figures ---------------------------------------------------------------------------------------------------------


def test_each_figure_is_for_the_buyers_and_contracts_of_the_legal_file() -> None:
    """A row of a figure is for the same buyers, and for no other contracts than those the legal file gives it to."""
    wrong = [
        (threshold["id"], value["from"], value["value"])
        for threshold in thresholds().values()
        for value in threshold["values"]
        if not any(_same_row(row, value, threshold["date_key"]) for row in _rows(threshold["id"]))
    ]
    assert wrong == []


def _rows(entry: str) -> Iterator[ParameterRow]:
    for parameter in parameters():
        if entry in parameter.law:
            yield from parameter.rows


def _same_row(row: ParameterRow, value: dict[str, Any], date_key: str) -> bool:
    number = None if value["value"] is None else Decimal(str(value["value"]))
    if (row.since, row.until, row.value) != (value["from"], value["to"], number):
        return False
    to = value["applies_to"]
    # A share of the year is compared by buyers, not contracts; what is innovative is a fact, not a kind of contract.
    kinds = set() if date_key == "annee_civile" else set(to.get("natures", ())) - {"innovant"}
    # Works and social services of the books that defer to a figure are named beside it.
    more = {"travaux": "defense_travaux", "defense": "defense_travaux", "services": "services_sociaux"}
    allowed = kinds | {more[kind] for kind in kinds if kind in more}
    return (
        set(row.buyers) == set(to["buyers"])
        and kinds <= set(row.natures)
        and (set(row.natures) <= allowed or not kinds)
    )


def test_what_no_rule_compares_is_told() -> None:
    """A figure that no condition uses is in the README, with its reason; one that is used is not."""
    used = {name for rule in rules() for version in rule.versions for name in _compared(version.when, version.requires)}
    idle = {entry for p in parameters() if p.name not in used for entry in p.law}
    table = README.split("Aucune règle ne compare encore")[1]
    told = {name for line in re.findall(r"^\| (`.+`) \| .+ \|$", table, re.M) for name in re.findall(r"`(\w+)`", line)}
    assert idle == told


def _compared(*groups: tuple[Condition, ...]) -> Iterator[str]:
    for condition in (condition for group in groups for condition in group):
        if condition.operand.parameter:
            yield condition.operand.parameter
        yield from _compared(condition.children)


def test_figures_are_compared_as_the_law_compares_them() -> None:
    """A condition uses the comparator of its figure, or its exact contrary, never a neighbour."""
    contrary = {
        "inferieur_a": "au_moins",
        "au_moins": "inferieur_a",
        "superieur_a": "au_plus",
        "au_plus": "superieur_a",
    }
    held: dict[str, Parameter] = {parameter.name: parameter for parameter in parameters()}
    wrong = [
        (rule.id, condition.verb, condition.operand.parameter)
        for rule in rules()
        for version in rule.versions
        for condition in _leaves(version.when, version.requires)
        if condition.operand.parameter
        if condition.verb not in _senses(held[condition.operand.parameter], contrary)
    ]
    assert wrong == []


def _senses(parameter: Parameter, contrary: dict[str, str]) -> set[str]:
    return {parameter.comparator, contrary[parameter.comparator]}


def _leaves(*groups: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in (condition for group in groups for condition in group):
        yield condition
        yield from _leaves(condition.children)


# --- Days ------------------------------------------------------------------------------------------------------------


def test_nothing_accuses_outside_the_days_of_its_entries() -> None:
    """A rule that may accuse is in force only while one of its legal entries is."""
    wrong = []
    for rule in rules():
        days = [obligations()[entry]["in_force"] for entry in rule.law if entry in obligations()]
        if not days or rule.accuses == "jamais":
            continue
        first, last = min(d["from"] for d in days), _last([d["to"] for d in days])
        wrong += [rule.id] if rule.versions[0].since < first or _last([rule.versions[-1].until]) > last else []
    assert wrong == []


def test_each_entry_is_encoded_from_its_first_day_to_its_last() -> None:
    """A duty begins and ends with its rules, unless the README says which days are left out and why."""
    left_out = set(re.findall(r"^\| du \S+ au \S+ \| `(\w+)` \| .{40,} \|$", README, re.M))
    wrong = set()
    for name, entry in obligations().items():
        found = [rule for rule in rules() if name in rule.law]
        if not found:
            continue
        first = min(rule.versions[0].since for rule in found)
        last = max(_last([rule.versions[-1].until]) for rule in found)
        if first > entry["in_force"]["from"] or last < _last([entry["in_force"]["to"]]):
            wrong.add(name)
    assert wrong == left_out


def _last(days: list[date | None]) -> date:
    return max(day or date.max for day in days)


def test_rules_follow_the_date_the_legal_file_names() -> None:
    """What is judged by the notification or by the year of purchases is not judged by the launch."""
    facts = {
        "date_notification": ("execution.date_notification",),
        "annee_civile": ("reference_date_achats", "portefeuille.annee"),
    }
    held = {parameter.name: parameter for parameter in parameters()}
    wrong = []
    for rule in rules():
        used = {name for version in rule.versions for name in _compared(version.when, version.requires)}
        keys = {thresholds()[entry]["date_key"] for name in used for entry in held[name].law}
        wrong += [(rule.id, key) for key in keys if key in facts and rule.date_fact not in facts[key]]
    assert wrong == []


# --- Texts -----------------------------------------------------------------------------------------------------------


def test_every_article_cited_stands_in_the_legal_file() -> None:
    """No rule or figure cites an article of the code that neither the legal file nor the README's own list names."""
    known = _articles(" ".join(LAW.read_text(encoding="utf-8").split()))
    table = README.split("et ceux-ci, relus ailleurs")[1].split("Les faits")[0]
    read_elsewhere = _articles(" ".join(re.findall(r"^\| ([^|]+) \|", table, re.M)))
    assert not read_elsewhere & known
    known |= read_elsewhere
    cited = {
        (rule.id, article)
        for rule in rules()
        for version in rule.versions
        for text in (*version.basis, version.message, version.ok_message, version.doubt_message, rule.why, rule.remedy)
        for article in _articles(text if isinstance(text, str) else f"{text.text} {text.article}")
    }
    cited |= {(p.name, article) for p in parameters() for row in p.rows for article in _articles(row.basis)}
    assert len(cited) > 300
    assert sorted((who, article) for who, article in cited if article not in known) == []
    assert read_elsewhere <= {article for _, article in cited}


def test_what_accuses_cites_an_article_of_its_entries() -> None:
    """A rule that may accuse rests on an article its own legal entries name, when they name one of the code."""
    wrong = []
    for rule in rules():
        cited = {article for v in rule.versions for b in v.basis for article in _articles(f"{b.text} {b.article}")}
        bases = [str(obligations()[name]["legal_basis"]) for name in rule.law if name in obligations()]
        own = _articles(" ".join(bases))
        wrong += [rule.id] if own and not own & cited and rule.accuses != "jamais" else []
    assert wrong == []


def _articles(text: str) -> set[str]:
    """Return the articles of the code that a text names, those of « R. 1-1 à R. 1-3 » and « R. 1-1 et 2 » included."""
    found = {letter + number for letter, number in _ARTICLE.findall(text)}
    for letter, head, first, last in re.findall(rf"([LRD])\. ?(\d{{4}}-)(\d+)(?:-\d+)? à {_SAME}", text):
        found |= {f"{letter}{head}{number}" for number in range(int(first), int(last) + 1)}
    return found | {f"{letter}{head}{more}" for letter, head, more in re.findall(_AND, text)}


_SAME = r"\1\. ?\2(\d+)"
_AND = r"([LRD])\. ?(\d{4}-)\d+(?:-\d+)? et (\d+)\b"


def test_no_version_is_surer_than_its_entries() -> None:
    """What the legal file only knows, or doubts, is not certain here."""
    wrong = [
        (rule.id, version.since)
        for rule in rules()
        for version in rule.versions
        if _SURENESS[version.confidence] > _best(rule)
    ]
    assert wrong == []


def _best(rule: Rule) -> int:
    held = [_SURE[obligations()[name]["confidence"]] for name in rule.law if name in obligations()]
    return max(held, default=2)


def test_the_counts_told_are_those_of_the_legal_file() -> None:
    """The README speaks of the legal file as it is."""
    counts = law()["meta"]["counts"]
    assert f"{counts['obligations']} obligations et {counts['thresholds']} seuils" in README
