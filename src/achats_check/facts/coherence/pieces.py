"""The pieces of one dossier as the comparisons look at them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from achats_check.facts.candidate import Candidate
from achats_check.facts.terms import Subject
from achats_check.facts.text import Reading
from achats_check.model.document import stands_for
from achats_check.model.fact import MARCHE, Scope
from achats_check.vocabulary import FactSpec
from achats_check.wording import format_value


class Pieces(NamedTuple):
    """What the comparisons look at."""

    readings: Mapping[str, Reading]
    """Prepared documents by path."""
    found: Sequence[Candidate]
    """Every passage that carries a value."""
    vocabulary: Mapping[str, FactSpec]
    terms: Subject
    """What says the coherence of pieces."""
    unread: tuple[str, ...] = ()
    """Paths of the pieces that were given and could not be read."""

    def say(self, name: str) -> Callable[[Candidate], str]:
        """Return what writes a value of a fact."""
        return lambda candidate: format_value(self.vocabulary[name], candidate.value)

    def around(self, candidate: Candidate) -> str:
        """Return the folded text of the block of a passage."""
        return self.readings[candidate.evidence.document].folded[candidate.evidence.location.block or 0]

    def lots(self, name: str) -> list[Scope]:
        """Return the market and the lots that have readings of a fact."""
        return list(dict.fromkeys([MARCHE, *(c.scope for c in self.found if c.name == name)]))

    def of(self, *roles: str) -> list[Reading]:
        """Return the pieces of some roles, in the order of the roles."""
        held = [reading for reading in self.readings.values() if reading.role in roles]
        return sorted(held, key=lambda reading: roles.index(reading.role))

    def whole(self, *roles: str) -> bool:
        """Return whether a piece of each role was supplied and wholly read, a CCP standing for CCAP and CCTP."""
        read = frozenset(reading.role for reading in self.readings.values() if reading.document.blocks)
        partly = {reading.role for reading in self.readings.values() if reading.document.partly_read}
        return all(stands_for(role, read - partly) for role in roles)
