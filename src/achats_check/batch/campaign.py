"""The dossiers of an audit, carried out by an executor and kept in the journal, whatever dies on the way."""

from collections.abc import Callable, Iterator, Sequence

from achats_check import __version__
from achats_check.batch.journal import Journal
from achats_check.batch.rows import SET_ASIDE
from achats_check.batch.tasks import DOSSIERS, GREEDY, LATE, Executor, Failure, Task
from achats_check.batch.units import Terms, Unit, key_of
from achats_check.batch.work import Batch, Outcome, failed

SIZE = 16
"""Dossiers of a task: enough for the cost of a task not to count."""
_SHARES = 16
"""A task is at most this fraction of what is left: the last ones are small, and no process waits long for another."""


class Campaign:
    """What is to be judged, what is done, what is tried again."""

    def __init__(self, units: Sequence[Unit], terms: Terms, journal: Journal, *, size: int = SIZE) -> None:
        """Look in the journal for what is done already, under the same terms and with the same content.

        Args:
            units: Dossiers, each under a name of its own.
            terms: Under what terms they are judged.
            journal: Where what is done is kept.
            size: Dossiers of a task.
        """
        self._terms, self._journal, self._size = terms, journal, size
        self._stamp = terms.stamp(__version__)
        self.keys: dict[str, str] = {}
        """Key of each dossier that is done, by its name."""
        self._left = [unit for unit in units if not self._is_done(unit)]
        self.total = len(units)
        """Dossiers in all."""
        self.resumed = len(units) - len(self._left)
        """Dossiers found in the journal."""

    def _is_done(self, unit: Unit) -> bool:
        """A dossier that was set aside is tried again: the memory it lacked may be there now."""
        if not self._journal.entries:
            return False
        key = key_of(unit, self._stamp)
        entry = self._journal.entries.get(key)
        if entry is None or entry.status == SET_ASIDE:
            return False
        self.keys[unit.name] = key
        return True

    def run(self, executor: Executor, done: Callable[[], None]) -> None:
        """Judge what is left.

        Args:
            executor: Who does it.
            done: Called for each dossier that is done.

        Raises:
            AchatsCheckError: What stops the whole audit; what was done before is in the journal.
        """
        for units in self._batches():
            self._submit(executor, units)
        for task, item in executor.answers():
            outcomes = [item] if isinstance(item, Outcome) else self._after(task.payload, item, executor)
            for outcome in outcomes:
                self._journal.add(outcome.key, outcome.name, outcome.status, outcome.line)
                self.keys[outcome.name] = outcome.key
                done()

    def _batches(self) -> Iterator[Sequence[Unit]]:
        first = 0
        while first < len(self._left):
            size = min(self._size, max(1, (len(self._left) - first) // _SHARES))
            yield self._left[first : first + size]
            first += size

    def _submit(self, executor: Executor, units: Sequence[Unit], *, alone: bool = False) -> None:
        executor.submit(Task(DOSSIERS, Batch(self._terms, self._stamp, tuple(units), alone)))

    def _after(self, batch: Batch, failure: Failure, executor: Executor) -> list[Outcome]:
        """Try each dossier of a batch that did not end alone, once; return those that fail alone too."""
        missing = [unit for unit in batch.units if unit.name not in self.keys]
        if batch.alone:
            reason = _reason(failure, self._terms)
            return [failed(unit, key_of(unit, self._stamp), SET_ASIDE, reason) for unit in missing]
        for unit in missing:
            self._submit(executor, [unit], alone=True)
        return []


def _reason(failure: Failure, terms: Terms) -> str:
    if failure.cause == LATE:
        return f"La lecture du dossier a dépassé {terms.alone_seconds} secondes, même seul : il est mis de côté."
    if failure.cause == GREEDY:
        return "La lecture du dossier demande trop de mémoire, même seul : il est mis de côté."
    return f"Le dossier arrête brutalement son lecteur ({failure.detail}), même seul : il est mis de côté."
