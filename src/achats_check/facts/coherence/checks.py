"""What a check that compares no figures gives: the passages it compared, and the failures it found."""

from typing import NamedTuple

from achats_check.model.fact import Evidence


class Failure(NamedTuple):
    """Something promised and missing, or said and contradicted."""

    evidence: tuple[Evidence, ...]
    """Every side, in the order they are told."""
    said: str
    """The failure in French, with its places."""


class Check(NamedTuple):
    """The outcome of a check."""

    compared: tuple[Evidence, ...]
    """Passages that could be compared; none when there was nothing to compare."""
    failures: tuple[Failure, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The passages to show: those of the failures, else those that were compared."""
        return tuple(e for failure in self.failures for e in failure.evidence) or self.compared

    @property
    def said(self) -> str:
        """The failures in one sentence; "" when there is none."""
        return " ; ".join(failure.said for failure in self.failures)
