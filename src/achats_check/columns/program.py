"""A rulebook compiled for one table: the columns it reads, the facts derived from them, the masks of every rule."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from achats_check.columns.derivations import Derivations
from achats_check.columns.expression import DATE, Expressions, Node
from achats_check.columns.figures import Figures, Question
from achats_check.columns.reading import NOTHING, Column, Reading, check_names, reading_of, type_of
from achats_check.columns.refusal import NotColumnar
from achats_check.columns.rows import PAST_DAYS
from achats_check.columns.verdicts import Outcome, Table, Verdicts
from achats_check.errors import UsageError
from achats_check.law.rulebook import Rulebook
from achats_check.model.rule import Rule
from achats_check.vocabulary import Vocabulary


class Program(NamedTuple):
    """Rules compiled for a table."""

    expressions: Expressions
    masks: Mapping[str, Mapping[Outcome, Node]]
    """Masks of each rule; where none is true, the verdict is ``sans_objet``."""
    refused: Mapping[str, str]
    """Why the other rules are not columnar, in French."""
    facts: Mapping[str, Node]
    """Facts by name, stated or derived."""
    readings: Mapping[str, Reading]
    """Columns that are read, and how."""
    day: Node


def compile_rules(book: Rulebook, columns: Mapping[str, Column], today: date, rules: Iterable[Rule] = ()) -> Program:
    """Compile rules for a table.

    Args:
        book: Rules, parameters and vocabulary.
        columns: The columns of the table, by name; those that are no fact are left alone.
        today: The day whose law is assumed for a row whose launch is unknown and shows no past day.
        rules: The rules wanted; every rule of the book when empty.

    Raises:
        UsageError: A column that its fact cannot be read from.
    """
    e = Expressions()
    readings = readings_of(book.vocabulary, columns)
    facts = {
        name: e.source(name, type_of(spec), readings[name]) if name in readings else e.null(type_of(spec))
        for name, spec in book.vocabulary.items()
    }
    figures = Figures(e, book)
    table = _completed(e, figures, book, facts, today)
    verdicts = Verdicts(e, figures, book, table)
    masks: dict[str, Mapping[Outcome, Node]] = {}
    refused: dict[str, str] = {}
    for rule in rules or book.rules:
        try:
            masks[rule.id] = verdicts.masks(rule)
        except NotColumnar as reason:
            refused[rule.id] = str(reason)
    return Program(e, masks, refused, table.facts, readings, table.day)


def readings_of(vocabulary: Vocabulary, columns: Mapping[str, Column]) -> dict[str, Reading]:
    """Return how each column of a table that is a fact is read; those without any value are left out.

    Raises:
        UsageError: A column that its fact cannot be read from, or a name nearly right.
    """
    check_names(columns, vocabulary)
    return {
        name: reading_of(vocabulary[name], column)
        for name, column in columns.items()
        if name in vocabulary and column.kind != NOTHING
    }


def _completed(e: Expressions, figures: Figures, book: Rulebook, facts: dict[str, Node], today: date) -> Table:
    """Return what the rules see: the facts completed with those derived and presumed, and the day of the law."""
    launch = facts["date_lancement"]
    limit = e.literal(today, DATE)
    past = [e.case([(e.compare("<", facts[name], limit), facts[name])], e.null(DATE)) for name in PAST_DAYS]
    day = e.coalesce([launch, *past, limit])

    def lowest(parameter: str, known: Mapping[str, Node]) -> Node:
        return figures.node(parameter, known, day, Question("lowest_known"))

    derivations = Derivations(e, book.lists, facts, day, lowest)
    derivations.derive()
    unsettled = derivations.unsettled()
    for name, spec in book.vocabulary.items():
        if spec.default is not None and "marche" in spec.scopes:
            presumed = e.literal(spec.default, type_of(spec))
            if name in unsettled:
                presumed = e.case([(e.negation(unsettled[name]), presumed)])
            facts[name] = e.coalesce([facts[name], presumed])
    return Table(facts, day, e.known(launch), derivations.not_computed())


def columnar_rules(book: Rulebook, today: date) -> dict[str, str]:
    """Say of each rule why it cannot be put in columns, "" when it can: found by compiling, never listed."""
    from achats_check.columns.reading import usual_column

    columns = {name: usual_column(spec) for name, spec in book.vocabulary.items()}
    program = compile_rules(book, columns, today)
    return {rule.id: program.refused.get(rule.id, "") for rule in book.rules}


def rule_named(book: Rulebook, rule_id: str) -> Rule:
    """Return a rule.

    Raises:
        UsageError: No rule bears that identifier.
    """
    from achats_check.law.faults import did_you_mean

    rule = book.rule(rule_id)
    if rule is None:
        hint = did_you_mean(rule_id, [known.id for known in book.rules])
        raise UsageError(f"Règle inconnue « {rule_id} ».{hint} La liste : achats-check regles.")
    return rule
