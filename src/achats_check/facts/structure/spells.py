"""Lengths of time as a piece tells them, with their place."""

from typing import NamedTuple

from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope


class Spell(NamedTuple):
    """A length of time read in a block."""

    months: int
    block: Block
    start: int
    end: int
    scope: Scope = MARCHE
    optional: int = 0
    """Months of the optional periods that follow it, told beside it."""
    whole: bool = False
    """Whether what it is read in tells its renewals too, or that it has none."""
