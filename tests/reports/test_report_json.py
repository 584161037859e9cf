"""The report for programs, and its schema."""

from __future__ import annotations

import json
import random
from decimal import Decimal

import jsonschema
import pytest
import report_builders as b
from hypothesis import given
from hypothesis import strategies as st

from achats_check.model.finding import DOUBTS
from achats_check.reports.json_report import plain_value, render_json, report_data
from achats_check.reports.schema import report_schema
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(rules_root())
SPINE = {"schema_version", "tool", "law_day", "inputs", "facts", "findings", "summary", "notes"}


def data() -> dict[str, object]:
    """Make the JSON of a report that has something of everything, read back from its text."""
    report = b.report(resolutions=b.resolutions(), notes=("Une note.",), not_run=(("r", "raison"),))
    return json.loads(render_json(report, VOCABULARY))


def test_the_report_follows_its_schema() -> None:
    """The schema is itself valid, and closed."""
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data())
    assert set(data()) == SPINE


@pytest.mark.parametrize("path", [[], ["tool"], ["facts", 0], ["findings", 0], ["findings", 0, "scope"]])
def test_a_key_nobody_declared_is_refused(path: list[str | int]) -> None:
    """additionalProperties is false everywhere."""
    found = data()
    target: dict[str, object] = found
    for step in path:
        target = target[step]  # type: ignore[index,assignment]
    target["intrus"] = 1
    assert not jsonschema.Draft202012Validator(report_schema()).is_valid(found)


def test_a_finding_keeps_everything() -> None:
    """Trace, references, parameters, evidence and search go through whole."""
    found = {f["rule"]: f for f in data()["findings"]}  # type: ignore[attr-defined,index]
    fault = found["avance-taux-pme"]
    assert fault["trace"][0]["children"][0]["result"] is None
    assert fault["references"][0]["from"] == "2026-08-22"
    assert fault["references"][1]["entry"] == "K11-clause-sociale"
    assert fault["parameters"][0]["value"] == 12.5
    assert found["clause-sociale-seuils-ue"]["searched"]["nearest"]["role"] == "CCAP"
    assert found["clause-sociale-seuils-ue"]["doubt"] == "justification"


def test_a_quote_comes_back_as_it_was() -> None:
    """No blank is collapsed, no accent escaped: a span still points to the text."""
    quote = "une\tavance\u00a0de 5 %,  « forfaitaire »\n"
    report = b.report(b.finding("r", "non_conforme", evidence=(b.evidence(quote),)))
    text = render_json(report, VOCABULARY)
    evidence = json.loads(text)["findings"][0]["evidence"][0]
    assert evidence["quote"] == quote
    assert evidence["location"]["end"] - evidence["location"]["start"] == len(quote)
    assert "forfaitaire" in text
    assert "\\u00e9" not in text


def test_the_order_depends_on_nothing_but_the_content() -> None:
    """Shuffled findings and facts give the same text; lot 2 comes before lot 10."""
    report = b.report()
    findings, facts = list(report.findings), list(report.facts)
    random.Random(4).shuffle(findings)
    random.Random(5).shuffle(facts)
    shuffled = report._replace(findings=tuple(findings), facts=b.FactSet(facts, ("2", "10")))
    assert render_json(shuffled, VOCABULARY) == render_json(report, VOCABULARY)
    lots = [f["scope"]["id"] for f in report_data(report, VOCABULARY)["facts"] if f["scope"]["kind"] == "lot"]
    assert lots == ["2", "10"]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False, allow_infinity=False))
def test_an_amount_is_written_exactly(amount: Decimal) -> None:
    """Cents survive the journey; a whole amount is a whole number."""
    text = json.dumps(plain_value(amount))
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == amount
    assert ("." in text) == (amount != amount.to_integral_value())


@pytest.mark.parametrize("doubt", DOUBTS)
def test_every_doubt_is_in_the_schema(doubt: str) -> None:
    """A program that validates a report meets no doubt the schema ignores."""
    report = b.report(b.finding("r", "a_verifier", doubt=doubt))
    jsonschema.Draft202012Validator(report_schema()).validate(json.loads(render_json(report, VOCABULARY)))
