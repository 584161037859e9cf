"""The synthesis of an audit, as people read it: sections of key figures, cards, charts and tables.

Who computes fills these records; who draws them (HTML, spreadsheet) computes nothing. Texts are French.
"""

from datetime import date
from typing import NamedTuple

TEXT, COUNT, AMOUNT, SHARE, DAY, NUMBER = "texte", "entier", "montant", "part", "date", "nombre"
VERDICT = "verdict"
"""Kinds of cells: a str; an int; euros; a share from 0 to 1; a date; any other number; a verdict of ``model.finding``.
None is an unknown value."""
Cell = str | int | float | date | None

BARS, LINES = "barres", "courbes"
"""Kinds of charts: horizontal bars, one label a line, stacked when there are several series; curves over years."""


class Figure(NamedTuple):
    """A key figure."""

    label: str
    value: Cell
    kind: str
    note: str = ""


class Card(NamedTuple):
    """Something to act on: one finding, with its place, its ground and what to do."""

    title: str
    verdict: str
    """A verdict of ``model.finding``."""
    where: str
    """The dossier, the contract or the buyer, as people name it."""
    message: str
    severity: str = ""
    quote: str = ""
    """The passage, with its place: "CCAP, art. 6.2, p. 4 : « … »"; "" when there is none."""
    reference: str = ""
    """The article in force that day, or the passage of the kit."""
    remedy: str = ""
    rule: str = ""
    subject: str = ""
    """The first cell of the row of a table on the same dossier, contract or buyer, which the card then leads to."""


class Series(NamedTuple):
    """Values in the order of the labels of their chart; None where unknown."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    """Lower bounds, when the values are only known between bounds."""
    high: tuple[float | None, ...] = ()
    meaning: str = ""
    """A verdict whose colour the series takes, or "" for an ordinary colour."""


class Target(NamedTuple):
    """A level that a chart shows as a line: "objectif national : 30 %"."""

    label: str
    value: float


class Chart(NamedTuple):
    """A picture that people would rather look at than read; its figures are also given as a table."""

    title: str
    kind: str
    unit: str
    """Kind of the values: COUNT, AMOUNT, SHARE or NUMBER."""
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    targets: tuple[Target, ...] = ()
    note: str = ""


class Column(NamedTuple):
    """A column of a table: its title and the kind of its cells."""

    title: str
    kind: str = TEXT


class Table(NamedTuple):
    """Rows under titles; ``name`` names its sheet and its anchor: short, kebab-case, unique in a synthesis."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    more: int = 0
    """Rows left out here, which a file of results holds; ``note`` names it."""


class Note(NamedTuple):
    """A paragraph."""

    text: str


Block = Figure | Card | Chart | Table | Note


class Section(NamedTuple):
    """A part of the synthesis, with an anchor of its own (kebab-case)."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


class Synthesis(NamedTuple):
    """What an audit found, from the most to the least urgent."""

    title: str
    sources: tuple[str, ...]
    """What was audited, as given."""
    today: date
    tool_version: str
    rules_version: str
    sections: tuple[Section, ...]
