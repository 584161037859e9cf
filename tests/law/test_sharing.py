"""Equal parts of the rules become one object, and nothing else changes."""

import pickle
from decimal import Decimal

from achats_check.law.rulebook import Rulebook
from achats_check.law.sharing import with_shared_parts
from achats_check.model.rule import Condition, Operand


def test_the_rulebook_stays_equal_and_gets_smaller(book: Rulebook) -> None:
    """Sharing is a matter of memory, never of meaning."""
    apart = book._replace(rules=tuple(pickle.loads(pickle.dumps(rule)) for rule in book.rules))
    shared = with_shared_parts(apart)
    assert shared == book
    assert len(pickle.dumps(shared.rules)) < 0.7 * len(pickle.dumps(apart.rules))


def test_equal_conditions_are_one_object(book: Rulebook) -> None:
    """Two rules that ask the same thing hold the same condition."""
    conditions: dict[Condition, set[int]] = {}
    for rule in with_shared_parts(book).rules:
        for version in rule.versions:
            for condition in version.when:
                conditions.setdefault(condition, set()).add(id(condition))
    assert conditions
    assert all(len(found) == 1 for found in conditions.values())


def test_true_one_and_its_decimal_stay_apart(book: Rulebook) -> None:
    """They are equal in Python, and not for a rule."""
    values = (True, 1, Decimal(1), Decimal("1.00"))
    conditions = tuple(Condition("egal", "nombre_lots", Operand((value,))) for value in values)
    rule = book.rules[0]
    changed = rule._replace(versions=(rule.versions[0]._replace(when=conditions),))
    kept = with_shared_parts(book._replace(rules=(changed,))).rules[0].versions[0].when
    assert [repr(condition.operand.values[0]) for condition in kept] == [repr(value) for value in values]
