"""Nodes → SQL text, in the words of DuckDB.

What dialects say in their own way (lists, regular expressions, whole division) is a call to a function of the table
``FUNCTIONS``: DuckDB's own words are there, those of the others in ``dialects``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from achats_check.columns import reading as r
from achats_check.columns.expression import CLASS, DATE, NUMBER, TRUTH, Node
from achats_check.columns.reading import BLANKS, CAPPED, SCALE, TOO_LARGE, Reading

SEP = "chr(31)"
_SQL_TYPES = {TRUTH: "BOOLEAN", NUMBER: "BIGINT", DATE: "DATE", CLASS: "INTEGER"}

_SIGNS = re.compile(r"[.^$*+?()\[\]{}|\\]")
"""What means something in the patterns of every dialect."""

FUNCTIONS: Mapping[str, str] = {
    "pack": "CASE WHEN len({0}) = 0 THEN chr(31) WHEN list_count({0}) = len({0}) "
    "THEN chr(31) || array_to_string({0}, chr(31)) || chr(31) END",
    "matches": "regexp_matches({0}, {1})",
    "holds": "contains({0}, {1})",
    "repack": "chr(31) || regexp_replace({0}, {1}, chr(31), 'g') || chr(31)",
    "div": "({0} // {1})",
    "wide": "CAST({0} AS HUGEINT)",
    "wide_div": "({0} // {1})",
    "first_item": "split_part({0}, chr(31), 2)",
    "all_items": "list_bool_and(list_transform(string_split(trim({0}, chr(31)), chr(31)), lambda i: {1}))",
    "item": "left(i, 8)",
    "strip": "trim({0}, {1})",
    "year": "year({0})",
    "month": "month({0})",
    "day": "day({0})",
    "make_year_end": "make_date({0}, 12, 31)",
    "days_before": "CAST({0} - INTERVAL ({1}) DAY AS DATE)",
    "days_between": "date_diff('day', {1}, {0})",
    "lower": "lower({0})",
}
"""Templates in DuckDB's SQL."""


class SqlWriter:
    """Writes nodes, given how those that are columns already are named."""

    def __init__(self, name_of: Callable[[Node], str | None], functions: Mapping[str, str] = FUNCTIONS) -> None:
        self._name_of = name_of
        self._functions = functions

    def expression(self, node: Node, *, as_made: bool = False) -> str:
        """Return the SQL of a node: the column that holds it, or, with ``as_made``, what makes that column."""
        name = None if as_made else self._name_of(node)
        if name is not None:
            return quoted(name)
        if node.op == "literal":
            return literal(node.data)
        if node.op == "null":
            return f"CAST(NULL AS {_SQL_TYPES.get(node.type, 'VARCHAR')})"
        if node.op == "source":
            return self._read(quoted(node.data[0]), node.data[1])
        args = [self.expression(arg) for arg in node.args]
        writer: Callable[..., str] = getattr(self, f"_{node.op}")
        return writer(*args) if node.data is None else writer(*args, data=node.data)

    def _call(self, name: str, *args: str) -> str:
        return self._functions[name].format(*args)

    # --- Logic ---------------------------------------------------------------------------------------------------

    def _and(self, *truths: str) -> str:
        return f"({' AND '.join(truths)})"

    def _or(self, *truths: str) -> str:
        return f"({' OR '.join(truths)})"

    def _not(self, truth: str) -> str:
        return f"(NOT {truth})"

    def _is_null(self, value: str) -> str:
        return f"({value} IS NULL)"

    def _is_true(self, truth: str) -> str:
        return f"({truth} IS TRUE)"

    def _compare(self, left: str, right: str, *, data: str) -> str:
        return f"({left} {data} {right})"

    def _is_in(self, value: str, *, data: tuple[Any, ...]) -> str:
        return f"({value} IN ({', '.join(map(literal, data))}))"

    def _case(self, *parts: str) -> str:
        *branches, otherwise = parts
        whens = " ".join(f"WHEN {branches[i]} THEN {branches[i + 1]}" for i in range(0, len(branches), 2))
        return f"CASE {whens} ELSE {otherwise} END"

    def _coalesce(self, *values: str) -> str:
        return f"coalesce({', '.join(values)})"

    # --- Lists of texts, kept as one text ------------------------------------------------------------------------

    def _any_held(self, text: str, needles: list[str]) -> str:
        return self._or(*(self._call("holds", text, needle) for needle in needles))

    def _has_prefix(self, packed: str, *, data: tuple[str, ...]) -> str:
        return self._any_held(packed, [f"{SEP} || {literal(prefix)}" for prefix in data])

    def _has_item(self, packed: str, *, data: tuple[str, ...]) -> str:
        return self._any_held(packed, [f"{SEP} || {literal(item)} || {SEP}" for item in data])

    def _has_item_folded(self, packed: str, *, data: tuple[str, ...]) -> str:
        return self._has_item(self._call("lower", packed), data=data)

    def _all_prefixed(self, packed: str, *, data: tuple[str, ...]) -> str:
        return self._call("matches", packed, literal(rf"^\x1f((?:{'|'.join(data)})[^\x1f]*\x1f)*$"))

    def _within(self, item: str, data: tuple[Any, ...]) -> str:
        codes, ranges = data
        tests = [f"{item} IN ({', '.join(map(literal, codes))})"]
        tests += [f"({item} >= {literal(low)} AND {item} <= {literal(high)})" for low, high in ranges]
        return self._or(*tests)

    def _first_within(self, packed: str, *, data: tuple[Any, ...]) -> str:
        return self._within(f"left({self._call('first_item', packed)}, 8)", data)

    def _all_within(self, packed: str, *, data: tuple[Any, ...]) -> str:
        return self._call("all_items", packed, self._within(self._call("item"), data))

    def _is_empty(self, packed: str) -> str:
        return f"({packed} = {SEP})"

    # --- Texts ---------------------------------------------------------------------------------------------------

    def _has_word(self, text: str, *, data: tuple[str, ...]) -> str:
        return self._call("matches", self._call("lower", text), literal("|".join(map(_plain, data))))

    def _folded_in(self, text: str, *, data: tuple[str, ...]) -> str:
        return f"({self._call('lower', text)} IN ({', '.join(map(literal, data))}))"

    # --- Numbers and dates ---------------------------------------------------------------------------------------

    def _greatest(self, left: str, right: str) -> str:
        return f"greatest({left}, {right})"

    def _plus(self, left: str, right: str) -> str:
        return f"({left} + {right})"

    def _sum(self, numbers: str) -> str:
        total = (
            f"coalesce(list_sum({numbers}), 0)"  # the sum of an empty list is null in SQL; least() passes nulls over
        )
        return f"CASE WHEN {numbers} IS NOT NULL THEN CAST(least({total}, {CAPPED}) AS BIGINT) END"

    def _ratio(self, turnover: str, need: str) -> str:
        """Divide to the ten-thousandth, rounded up; unknown when the divisor is zero."""
        divisor = self._call("wide", f"nullif({need}, 0)")
        scaled = f"({self._call('wide', turnover)} * {SCALE})"
        whole = self._call("wide_div", scaled, divisor)
        up = f"CASE WHEN {scaled} > {whole} * {divisor} THEN 1 ELSE 0 END"
        rounded = f"({whole} + {up})"
        return f"CAST(CASE WHEN {rounded} > {CAPPED} THEN {CAPPED} ELSE {rounded} END AS BIGINT)"

    def _slices(self, base: str, each: str, slice_of: str) -> str:
        """Return what each slice of a base gives, down to the unit; unknown when a slice is nothing."""
        divisor = f"({self._call('wide', f'nullif({slice_of}, 0)')} * {SCALE})"
        product = f"({self._call('wide', base)} * {self._call('wide', each)})"
        whole = self._call("wide_div", product, divisor)
        most = CAPPED // SCALE
        capped = f"CASE WHEN {whole} < {most} THEN {whole} * {SCALE} WHEN {whole} >= {most} THEN {CAPPED} END"
        return f"CAST({capped} AS BIGINT)"

    def _months_between(self, day: str, earlier: str) -> str:
        def part(name: str) -> tuple[str, str]:
            return self._call(name, day), self._call(name, earlier)

        (year, since_year), (month, since_month), (rank, since_rank) = part("year"), part("month"), part("day")
        begun = f"CASE WHEN {rank} < {since_rank} THEN 1 ELSE 0 END"
        months = f"({year} - {since_year}) * 12 + {month} - {since_month} - {begun}"
        return f"CASE WHEN {earlier} IS NOT NULL THEN CAST(({months}) * {SCALE} AS BIGINT) END"

    def _days_between(self, later: str, earlier: str) -> str:
        return f"CAST({self._call('days_between', later, earlier)} * {SCALE} AS BIGINT)"

    def _days_before(self, day: str, *, data: int) -> str:
        return self._call("days_before", day, str(data))

    def _year_end(self, year: str) -> str:
        return self._call("make_year_end", f"CAST({self._call('div', year, str(SCALE))} AS INTEGER)")

    # --- Records -------------------------------------------------------------------------------------------------

    def _count(self, records: str) -> str:
        return f"(len({records}) * {SCALE})"

    def _any_field(self, records: str, *, data: tuple[str, tuple[Any, ...]]) -> str:
        name, values = data
        return f"(len(list_filter({records}, lambda i: {self._or(*(_field_is(name, value) for value in values))})) > 0)"

    def _sum_field(self, records: str, *, data: tuple[str, str, str]) -> str:
        name, tested, value = data
        held = f"list_filter({records}, lambda i: {_field_is(tested, value)})" if tested else records
        field = f"list_transform({held}, lambda i: i.{quoted(name)})"
        complete = f"len({held}) > 0 AND list_count({field}) = len({held})"
        return f"CASE WHEN {complete} THEN {self._sum(field)} END"

    # --- Reading -------------------------------------------------------------------------------------------------

    def _read(self, column: str, reading: Reading) -> str:
        if reading.kind in r.NUMERIC_KINDS:
            return self._read_number(column, reading)
        if reading.kind == r.STRING:
            return self._read_text(column, reading)
        if reading.kind == r.STRINGS:
            return self._checked(self._call("pack", column), reading)
        if reading.kind == r.PACKED:
            return self._checked(self._repack(column), reading)
        if reading.kind == r.AMOUNTS:
            counts = f"list_transform({column}, lambda a: {self._read_number('a', Reading(r.FLOAT))})"
            return f"CASE WHEN list_count({counts}) = len({column}) THEN {counts} END"
        if reading.kind == r.STRUCTS:
            return self._read_records(column, reading)
        return f"CAST({column} AS DATE)" if reading.kind == r.MOMENT else column

    def _read_number(self, column: str, reading: Reading) -> str:
        if reading.kind == r.INTEGER:
            most = reading.most if reading.most is not None else TOO_LARGE - 1
            return f"CASE WHEN {column} BETWEEN 0 AND {most} THEN CAST({column} AS BIGINT) * {SCALE} END"
        value = f"CAST({column} AS DOUBLE)"
        limit = f"{value} < {TOO_LARGE}" if reading.most is None else f"{value} <= {reading.most}"
        whole = f" AND {value} = floor({value})" if reading.whole else ""
        return f"CASE WHEN {value} >= 0 AND {limit}{whole} THEN CAST(floor({value} * {SCALE} + 0.5) AS BIGINT) END"

    def _read_text(self, column: str, reading: Reading) -> str:
        if reading.values:
            return (
                f"CASE WHEN {column} IN ({', '.join(map(literal, reading.values))}) THEN CAST({column} AS VARCHAR) END"
            )
        return f"nullif({self._call('strip', column, _characters(BLANKS))}, '')"

    def _holds_value(self, *, data: tuple[str, Reading]) -> str:
        """Say whether a cell holds something, be it refused; NaN and blanks hold nothing."""
        name, reading = data
        column = quoted(name)
        if reading.kind == r.FLOAT:
            return f"coalesce(NOT isnan({column}), false)"
        if reading.kind in {r.STRING, r.PACKED}:
            blanks = _characters(BLANKS + ";" if reading.kind == r.PACKED else BLANKS)
            return f"coalesce({self._call('strip', column, blanks)} <> '', false)"
        return f"({column} IS NOT NULL)"

    def _repack(self, column: str) -> str:
        inside = self._call("strip", column, _characters(BLANKS + ";"))
        blanks = " \\t\\n\\r" + BLANKS[4:]
        packed = self._call("repack", inside, literal(f"[{blanks}]*;[{blanks};]*"))
        return f"CASE WHEN {inside} <> '' THEN {packed} END"

    def _checked(self, packed: str, reading: Reading) -> str:
        if not reading.values:
            return packed
        known = literal(rf"^\x1f((?:{'|'.join(reading.values)})\x1f)*$")
        return f"CASE WHEN {self._call('matches', packed, known)} THEN {packed} END"

    def _read_records(self, column: str, reading: Reading) -> str:
        fields = ", ".join(
            f"{quoted(name)} := {self._read(f'e.{quoted(name)}', field)}" for name, field in reading.fields
        )
        whole = f"len(list_filter({column}, lambda e: e IS NULL)) = 0"
        return f"CASE WHEN {whole} THEN list_transform({column}, lambda e: struct_pack({fields})) END"


def _field_is(name: str, value: Any) -> str:
    field = f"i.{quoted(name)}"
    return f"{field} IS NULL" if value is None else f"coalesce({field} = {literal(value)}, false)"


def _characters(text: str) -> str:
    """Write a text whose control characters are called by their number."""
    codes = " || ".join(f"chr({ord(c)})" for c in text if ord(c) < 32)
    return f"({literal(''.join(c for c in text if ord(c) >= 32))} || {codes})"


def literal(value: Any) -> str:
    """Write a constant."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """Write the name of a column."""
    return '"' + name.replace('"', '""') + '"'


def _plain(word: str) -> str:
    """Return the pattern that finds a word as it is written: "c.h.u." holds points, not any sign."""
    return _SIGNS.sub(r"\\\g<0>", word)
