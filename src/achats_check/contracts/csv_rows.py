"""Rows of a CSV file of any size: each line is read for itself, and one that does not fit is refused, never shifted."""

import csv
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from achats_check.contracts.portions import WHOLE, Portion, Start
from achats_check.contracts.records import MAX_RECORD_BYTES, SAMPLE, Item, Record, Refusal
from achats_check.contracts.streams import Cut, between, chunks, text_of

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
    try:
        row = next(csv.reader([text.rstrip("\r")], delimiter=separator), [])
    except csv.Error:  # lines that end as no line does
        row = []
    return Header(tuple(cell.strip() for cell in row), separator)


def csv_rows(
    path: Path, header: Header, is_header: Callable[[Sequence[str]], bool], portion: Portion = WHOLE
) -> Iterator[Item]:
    """Yield the rows of a file, each as its cells by column, the rank being that of its first line.

    Args:
        path: The file.
        header: Its columns and separator.
        is_header: Whether a row in the middle of the file is the header of what follows.
        portion: What is read of it: the whole, or a portion between places of ``csv_starts``.

    Raises:
        OSError: The file cannot be opened.
    """
    return _Rows(path, header, is_header, portion).items()


def csv_starts(path: Path, header: Header, is_header: Callable[[Sequence[str]], bool], size: int) -> Iterator[Start]:
    """Yield places of a plain file, each between two rows, so many bytes from the one before or little more.

    Raises:
        OSError: The file cannot be opened.
    """
    rows = _Rows(path, header, is_header, WHOLE)
    last = 0
    for _ in rows.items():
        if rows.feeder.at >= last + size:
            last = rows.feeder.at
            yield Start(last, rows.feeder.line, columns=rows.columns)


class _Rows:
    """The rows of a file, or of a portion of it."""

    def __init__(
        self, path: Path, header: Header, is_header: Callable[[Sequence[str]], bool], portion: Portion
    ) -> None:
        self.columns = portion.start.columns or header.columns
        """Columns in force."""
        self.feeder = _Feeder(path, portion)
        self._header = header
        self._is_header = is_header
        self._end = portion.end

    def items(self) -> Iterator[Item]:
        """Yield the rows, and what could not be read."""
        for item in self._cells():
            if isinstance(item, Refusal):
                yield item
                continue
            line, cells = item
            if not any(cells) or (line == 1 and _stripped(cells) == self.columns):
                continue
            if self._is_header(cells):
                before, self.columns = self.columns, _stripped(cells)
                if self.columns != before:
                    yield self._refusal(line, _NEW_HEADER, cells)
            elif len(cells) != len(self.columns):
                yield self._refusal(line, _SHIFTED.format(found=len(cells), wanted=len(self.columns)), cells)
            else:
                yield Record(line, dict(zip(self.columns, cells, strict=True)))

    def _refusal(self, line: int, reason: str, cells: Sequence[str]) -> Refusal:
        return Refusal(line, reason, self._header.separator.join(cells)[:SAMPLE], f"ligne {line}")

    def _cells(self) -> Iterator[tuple[int, list[str]] | Refusal]:
        """Yield (first line, cells) of each row; the lines of a row that is never closed are read again one by one."""
        feeder = self.feeder
        while self._end is None or feeder.at < self._end:
            feeder.taken = []
            try:
                cells = next(csv.reader(feeder, delimiter=self._header.separator), None)
            except (csv.Error, _TooLong):
                cells = None
            taken = feeder.taken
            if not taken:
                break
            first = taken[0].number
            unclosed = len(taken) > 1 and (cells is None or len(cells) != len(self.columns))
            if unclosed:
                feeder.back()
            if cells is None or unclosed:
                yield Refusal(first, _OPEN, taken[0].text.strip()[:SAMPLE], f"ligne {first}")
            else:
                yield first, cells
        if feeder.cut and self._end is None:
            yield Refusal(feeder.line + 1, feeder.cut, place=f"ligne {feeder.line + 1}", fatal=True)


def _stripped(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in cells)


class _TooLong(Exception):
    """A row takes more lines than any does."""


class _Line(NamedTuple):
    """A line of a file."""

    number: int
    """From 1."""
    end: int
    """Place in the file of the line that follows."""
    text: str


class _Feeder:
    """Lines of a file, which can be given back; it goes on past the end of a portion, where a quote may be closed."""

    def __init__(self, path: Path, portion: Portion) -> None:
        self.line = portion.start.before
        """Lines before the next one."""
        self.at = portion.start.at
        """Place of the next one."""
        self.cut = ""
        self.taken: list[_Line] = []
        """Lines of the row being read."""
        self._lines = self._read(chunks(path) if portion == WHOLE else between(path, portion.start.at))
        self._again: deque[_Line] = deque()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise _TooLong
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        self.line, self.at, text = line
        return text

    def back(self) -> None:
        """Give back the lines of the row but the first one: they are read next."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self.line, self.at = first.number, first.end

    def _read(self, read: Iterator[bytes]) -> Iterator[_Line]:
        rest = b""
        number, end = self.line, self.at
        try:
            for chunk in read:
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    number, end = number + 1, end + len(line) + 1
                    yield _Line(number, end, _text(line))
                if len(rest) > MAX_RECORD_BYTES:
                    self.cut = _LONG
                    return
        except Cut:
            self.cut = _CUT
        if rest:
            yield _Line(number + 1, end + len(rest), _text(rest))


def _text(line: bytes) -> str:
    return text_of(line.rstrip(b"\r").replace(b"\0", b"")) + "\n"
