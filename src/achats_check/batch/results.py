"""From the journal to the files of results: sorted by the names of the dossiers, whoever ended first."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from achats_check.batch.consultation import consultation_columns
from achats_check.batch.cutting import Aside
from achats_check.batch.journal import Journal, unpacked
from achats_check.batch.parquet import Lines, Rows
from achats_check.batch.schemas import DOSSIERS, FACTS, FINDINGS, LEFT_ASIDE
from achats_check.batch.twins import Twins
from achats_check.vocabulary import Vocabulary

Entry = dict[str, Any]


def write_results(
    folder: Path, journal: Journal, keys: Mapping[str, str], aside: Sequence[Aside], vocabulary: Vocabulary
) -> Iterator[Entry]:
    """Write the rows of every dossier.

    Args:
        folder: Where the files go.
        journal: What is done.
        keys: Key of each dossier in the journal, by its name.
        aside: What is not audited.
        vocabulary: The facts, which are the columns of the table of consultations.

    Yields:
        The line of each dossier, as it is written, for who sums them up.

    Raises:
        OSError: A file cannot be written.
    """
    twins = Twins()
    with ExitStack() as files:
        dossiers = files.enter_context(Lines(folder, "dossiers", DOSSIERS))
        findings = files.enter_context(Lines(folder, "constats", FINDINGS))
        facts = files.enter_context(Lines(folder, "faits", FACTS))
        left = files.enter_context(Lines(folder, "ecartes", LEFT_ASIDE))
        consultations = files.enter_context(Rows(folder / "consultations.parquet", consultation_columns(vocabulary)))
        for name in sorted(keys):
            entry = journal.read(keys[name])
            likeness = (entry["digest"] or {}).get("likeness", "")
            entry["dossier"]["same_as"] = twins.first_of(name, likeness) or None
            dossiers.add_row(entry["dossier"])
            findings.add(unpacked(entry["findings"]))
            facts.add(unpacked(entry["facts"]))
            if entry["consultation"] is not None:
                consultations.add(entry["consultation"])
            yield entry
        for path, reason in aside:
            left.add_row({"path": path, "reason": reason})
