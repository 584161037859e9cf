"""Compiled rules kept from one process to the next: compiling them costs what judging half a million rows does."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from achats_check import cache
from achats_check.columns.program import Program, compile_rules
from achats_check.columns.reading import Column
from achats_check.garbage import not_searched
from achats_check.law.rulebook import Rulebook
from achats_check.model.rule import Rule

_PROGRAMS = cache.Kind(
    ".columns",
    ("", "columns", "law", "model"),
    frozenset(
        {
            ("datetime", "date"),
            ("achats_check.columns.expression", "Expressions"),
            ("achats_check.columns.expression", "Node"),
            ("achats_check.columns.program", "Program"),
            ("achats_check.columns.reading", "Reading"),
        }
    ),
)


def program_of(book: Rulebook, columns: Mapping[str, Column], today: date, rules: Sequence[Rule] = ()) -> Program:
    """Return what ``compile_rules`` gives, which is what it gave when all that it reads was the same.

    Raises:
        UsageError: A column that its fact cannot be read from.
    """
    given = (cache.BUILD, book, dict(columns), today, tuple(rules))
    key = sha256(pickle.dumps(given, protocol=5)).hexdigest()
    with not_searched():  # some ten thousand nodes
        found = cache.read(key, _PROGRAMS)
        if isinstance(found, Program):
            return found
        program = compile_rules(book, columns, today, rules)
        cache.write(key, program, _PROGRAMS)
        return program
