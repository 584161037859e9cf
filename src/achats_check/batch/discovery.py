"""What an audit is given, cut into dossiers, tables of contracts, and what is left aside with the reason."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from achats_check.batch.cutting import Aside, Cut, cut
from achats_check.batch.kinds import ARCHIVE, TABLE
from achats_check.batch.tree import File, TableTest, archive_of, export_of, file_of, tree_of
from achats_check.batch.units import Unit
from achats_check.disk_words import why
from achats_check.errors import NothingToCheckError, UsageError
from achats_check.readers.collecting import is_archive
from achats_check.readers.piece_file import is_file, is_folder


class Found(NamedTuple):
    """What is to be audited; each list is in the order of the names."""

    units: tuple[Unit, ...]
    tables: tuple[File, ...]
    """Files of contracts, each with its ``path``."""
    aside: tuple[Aside, ...]


def discover(sources: Sequence[Path], results: Path, is_table: TableTest) -> Found:
    """Find what is to be audited.

    A file that is given by itself is a dossier, or a table; folders and archives are cut (see ``cutting``).

    Args:
        sources: Files, folders, archives.
        results: The folder of results, left out wherever it lies.
        is_table: Says whether a file on disk holds contracts.

    Raises:
        UsageError: A source that does not exist or cannot be read.
        NothingToCheckError: Nothing to audit in all of them.
    """
    cuts = [_look_into(source, results.resolve(), is_table) for source in sources]
    units = {unit.name: unit for found in cuts for unit in (*found.dossiers, *found.singles)}
    tables = {table.shown: table for found in cuts for table in found.tables}
    aside = {left.path: left for found in cuts for left in found.aside}
    if not units and not tables:
        raise NothingToCheckError(_nothing(sources, list(aside.values())))
    return Found(
        tuple(units[name] for name in sorted(units)),
        tuple(tables[name] for name in sorted(tables)),
        tuple(aside[path] for path in sorted(aside)),
    )


def _look_into(source: Path, results: Path, is_table: TableTest) -> Cut:
    if is_folder(source):
        return cut(tree_of(source, results, is_table))
    if not is_file(source):
        from achats_check.readers.missing import advice

        raise UsageError(f"{source} : ni fichier, ni dossier. {advice(source)}")
    if is_archive(source):
        return cut(archive_of(source))
    try:
        file = file_of(source, is_table)
        export = export_of(file)
    except OSError as error:
        raise UsageError(f"{source} : fichier illisible ({why(error)}).") from None
    assert file.look.kind != ARCHIVE
    if file.look.kind == TABLE:
        return Cut(tables=(file,))
    if export is not None:
        return cut(export)
    return Cut(singles=(Unit(file.shown, (str(source),)),))


def _nothing(sources: Sequence[Path], aside: Sequence[Aside]) -> str:
    given = ", ".join(map(str, sources))
    said = "".join(f"\n  {left.path} : {left.reason}" for left in aside[:5])
    more = f"\n  et {len(aside) - 5} autres." if len(aside) > 5 else ""
    return f"Rien à auditer dans {given} : ni pièces, ni avis, ni table de contrats.{said}{more}"
