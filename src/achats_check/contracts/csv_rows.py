"""Rows of a CSV file of any size: each line is read for itself, and one that does not fit is refused, never shifted."""

import csv
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from achats_check.contracts.records import MAX_RECORD_BYTES, SAMPLE, Item, Record, Refusal
from achats_check.contracts.streams import Cut, chunks, text_of

_SEPARATORS = ",;\t|"
_MOST_LINES = 200
"""Lines that one row may take, a quoted text holding line ends; beyond, a quote was left open."""
_SHIFTED = "{found} cellules pour {wanted} colonnes"
_OPEN = "guillemet jamais fermé"
_NEW_HEADER = "nouvel en-tête : les colonnes changent ici"
_CUT = "le fichier compressé s'arrête ici ; ce qui précède est lu"
_LONG = "une ligne n'a pas de fin"


class Header(NamedTuple):
    """The first row of a file."""

    columns: tuple[str, ...]
    separator: str


def header_of(data: bytes) -> Header:
    """Return the columns of a file from its first bytes, and what separates them."""
    text = text_of(data.partition(b"\n")[0])
    separator = max(_SEPARATORS, key=lambda sign: (Counter(text)[sign], -_SEPARATORS.index(sign)))
    row = next(csv.reader([text.rstrip("\r")], delimiter=separator), [])
    return Header(tuple(cell.strip() for cell in row), separator)


def csv_rows(path: Path, header: Header, is_header: Callable[[Sequence[str]], bool]) -> Iterator[Item]:
    """Yield the rows of a file, each as its cells by column, the rank being that of its first line.

    Args:
        path: The file.
        header: Its columns and separator.
        is_header: Whether a row in the middle of the file is the header of what follows.

    Raises:
        OSError: The file cannot be opened.
    """
    columns = header.columns
    for item in _cells(path, header):
        if isinstance(item, Refusal):
            yield item
            continue
        line, cells = item
        if not any(cells) or (line == 1 and tuple(cell.strip() for cell in cells) == columns):
            continue
        if is_header(cells):
            found = tuple(cell.strip() for cell in cells)
            if found != columns:
                yield Refusal(line, _NEW_HEADER, header.separator.join(cells)[:SAMPLE], f"ligne {line}")
                columns = found
        elif len(cells) != len(columns):
            reason = _SHIFTED.format(found=len(cells), wanted=len(columns))
            yield Refusal(line, reason, header.separator.join(cells)[:SAMPLE], f"ligne {line}")
        else:
            yield Record(line, dict(zip(columns, cells, strict=True)))


def _cells(path: Path, header: Header) -> Iterator[tuple[int, list[str]] | Refusal]:
    """Yield (first line, cells) of each row; the lines of a row that is never closed are read again one by one."""
    feeder = _Feeder(path)
    while True:
        feeder.taken = []
        try:
            cells = next(csv.reader(feeder, delimiter=header.separator), None)
        except (csv.Error, _TooLong):
            cells = None
        taken = feeder.taken
        if not taken:
            break
        first = taken[0][0]
        unclosed = len(taken) > 1 and (cells is None or len(cells) != len(header.columns))
        if unclosed:
            feeder.back(taken[1:])
        if cells is None or unclosed:
            yield Refusal(first, _OPEN, taken[0][1].strip()[:SAMPLE], f"ligne {first}")
        else:
            yield first, cells
    if feeder.cut:
        yield Refusal(feeder.line + 1, feeder.cut, place=f"ligne {feeder.line + 1}", fatal=True)


class _TooLong(Exception):
    """A row takes more lines than any does."""


class _Feeder:
    """Lines of a file, which can be given back."""

    def __init__(self, path: Path) -> None:
        self.line = 0
        self.cut = ""
        self.taken: list[tuple[int, str]] = []
        """Lines of the row being read."""
        self._lines = self._read(path)
        self._again: deque[tuple[int, str]] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise _TooLong
        item = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(item)
        return item[1]

    def back(self, lines: Iterable[tuple[int, str]]) -> None:
        """Give back lines, the next ones to be read."""
        self._again.extendleft(reversed(list(lines)))

    def _read(self, path: Path) -> Iterator[tuple[int, str]]:
        rest = b""
        try:
            for chunk in chunks(path):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    yield self._numbered(line)
                if len(rest) > MAX_RECORD_BYTES:
                    self.cut = _LONG
                    return
        except Cut:
            self.cut = _CUT
        if rest:
            yield self._numbered(rest)

    def _numbered(self, line: bytes) -> tuple[int, str]:
        self.line += 1
        return self.line, text_of(line.rstrip(b"\r").replace(b"\0", b"")) + "\n"
