"""Portions of files of contracts: whatever the dirt and wherever they are cut, they say what the whole file says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import process_time
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from achats_check.contracts import csv_rows as csv_module
from achats_check.contracts import json_records as json_module
from achats_check.contracts import streams
from achats_check.contracts import xml_records as xml_module
from achats_check.contracts import xml_starts as xml_cutter
from achats_check.contracts.csv_rows import csv_rows, csv_starts, header_of
from achats_check.contracts.json_records import json_records, json_starts
from achats_check.contracts.parquet_rows import parquet_rows, parquet_size, parquet_starts
from achats_check.contracts.portions import Portion, portions, portions_data, portions_from
from achats_check.contracts.records import Item, Record, Refusal
from achats_check.contracts.xml_records import xml_records
from achats_check.contracts.xml_starts import xml_starts

ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
_CLEAN = '{"id": "1", "acheteur": {"id": "é"}, "titulaires": [{"titulaire": {"id": "2"}}]}'
_RECORDS = st.sampled_from(
    [
        _CLEAN,
        '{"objet": "a } ] { [ \\" b", "n": [1, 2]}',
        '{"objet": "' + "Crèche où l'été € 🎓 " * 3 + '"}',
        '{"id": oups}',
        '{"id": NaN, "montant": -Infinity}',
        '{"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}',
        '{"marche": ' + _CLEAN + "}",
        '{"id": "a\tb"}',
        "{}",
    ]
)
_AROUND = st.sampled_from(
    [
        ('{"marches": {"marche": [', ",\n ", "]}}"),
        ('{"marches": [', ", ", "]}\r\n"),
        ("[", ",", "]"),
        ("", "\n", "\n"),
        ("", "\r\n\r\n", ""),
        ('{"$schema": "x", "marches": {"contrat-concession": [], "marche": [', ",", '], "concession": {"id": "9"}}}'),
        ('{"uri": "x", "publisher": {"name": "y"}, "releases": [', ",", "]}"),
    ]
)
_ENDS = st.sampled_from(["", "", "]", "}", '{"id": "', '"', "[" * 50, '{"id": "' + "x" * 900 + '"}'])
_CODES = st.sampled_from(["utf-8", "utf-8-sig"])


@contextmanager
def small(chunk: int) -> Iterator[None]:
    """Make small what is large, so that small files meet the limits of large ones."""
    with ExitStack() as stack:
        stack.enter_context(patch.object(streams, "CHUNK", chunk))
        for module in (json_module, csv_module, xml_module, xml_cutter):
            stack.enter_context(patch.object(module, "MAX_RECORD_BYTES", 600))
        stack.enter_context(patch.object(csv_module, "_MOST_LINES", 5))
        yield


def by_portions(found: Iterator[Portion], read: Callable[[Portion], Iterator[Item]]) -> list[Item]:
    """Read portions apart, last first, as they come back from where they are kept; what follows a cut is dropped."""
    kept = portions_from(json.loads(json.dumps(portions_data(list(found)))))
    assert [portion.rank for portion in kept] == list(range(len(kept)))
    assert [portion.end for portion in kept] == [*(portion.start.at for portion in kept[1:]), None]
    apart = [list(read(portion)) for portion in reversed(kept)][::-1]
    items: list[Item] = []
    for some in apart:
        items += some
        if some and isinstance(some[-1], Refusal) and some[-1].fatal:
            break
    return items


@ANY
@given(
    records=st.lists(_RECORDS, max_size=12),
    around=_AROUND,
    end=_ENDS,
    code=_CODES,
    cut=st.integers(0, 1200),
    chunk=st.integers(24, 300),
    size=st.integers(1, 400),
)
@example(records=[_CLEAN] * 4, around=("[", ",", "]"), end="", code="utf-8", cut=0, chunk=2**20, size=1)
def test_portions_of_json(
    records: list[str],
    around: tuple[str, str, str],
    end: str,
    code: str,
    cut: int,
    chunk: int,
    size: int,
    tmp_path: Path,
) -> None:
    """Records refused, cut, lost, too long, in every way of writing a list; ranks and places are those of the file."""
    before, between, after = around
    data = (before + between.join(records) + end + after).encode(code).replace("€".encode(), b"\x80")
    path = tmp_path / "a.json"
    path.write_bytes(data[: len(data) - cut] if cut < len(data) else data)
    with small(chunk):
        whole = list(json_records(path))
        assert by_portions(portions(json_starts(path, size)), lambda portion: json_records(path, portion)) == whole


@ANY
@given(data=st.binary(max_size=200) | st.text('{}[]",:a\\ 1\n', max_size=80).map(str.encode), size=st.integers(1, 40))
def test_portions_of_anything(data: bytes, size: int, tmp_path: Path) -> None:
    """Whatever the bytes, read as JSON or as CSV."""
    path = tmp_path / "n"
    path.write_bytes(data)
    if not streams.is_plain(path):
        return
    header = header_of(streams.head(path))
    with small(24):
        whole = list(json_records(path))
        assert by_portions(portions(json_starts(path, size)), lambda portion: json_records(path, portion)) == whole
        lines = list(csv_rows(path, header, _never))
        found = portions(csv_starts(path, header, _never, size))
        assert by_portions(found, lambda portion: csv_rows(path, header, _never, portion)) == lines


def _never(cells: object) -> bool:
    return False


_LINES = st.sampled_from(
    [
        b"1,Tonte,80000",
        '2,"Crèche, été",€'.encode(),
        b'3,"Tonte\net ""taille""\r\n",5',
        "4,Crèche,0".encode("cp1252"),
        b'5,"jamais fermee,7',
        b"6,trop,de,cellules",
        b"court",
        b"",
        b",,",
        b"8,nul\0,1",
        b"id,objet,montant",
        b"montant,objet,id",
        b"id,objet,montant,autre",
        b'9,"' + b"long " * 30 + b'",2',
    ]
)
_KNOWN = {"id", "objet", "montant", "autre"}


@ANY
@given(
    lines=st.lists(_LINES, max_size=25),
    end=st.sampled_from([b"", b"\n", b"\r\n", b"x" * 2000, b'10,"', b"11,fin,"]),
    line_end=st.sampled_from([b"\n", b"\r\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    chunk=st.integers(8, 400),
    size=st.integers(1, 300),
)
@example(lines=[b"1,Tonte,80000"] * 9, end=b"", line_end=b"\n", mark=b"", chunk=2**20, size=1)
@example(lines=[b'5,"jamais fermee,7'] * 9, end=b"", line_end=b"\n", mark=b"", chunk=2**20, size=1)
def test_portions_of_csv(
    lines: list[bytes], end: bytes, line_end: bytes, mark: bytes, chunk: int, size: int, tmp_path: Path
) -> None:
    """Quotes over lines, or never closed, columns that change, lines without end; numbers are those of the file."""
    path = tmp_path / "a.csv"
    path.write_bytes(mark + line_end.join([b"id,objet,montant", *lines]) + line_end + end)
    header = header_of(streams.head(path))
    with small(chunk):
        whole = list(csv_rows(path, header, _KNOWN.issuperset))
        found = portions(csv_starts(path, header, _KNOWN.issuperset, size))
        assert by_portions(found, lambda portion: csv_rows(path, header, _KNOWN.issuperset, portion)) == whole


def test_portions_are_as_large_as_asked(tmp_path: Path) -> None:
    """They begin right after a record, at the first one past the size; between rows, for a CSV."""
    (tmp_path / "a.json").write_text('{"marches": [' + ", ".join(['{"id": "1"}'] * 10) + "]}", encoding="utf-8")
    places = [start.at for start in json_starts(tmp_path / "a.json", 30)]
    assert places == [37, 76, 115]
    (start, *_) = json_starts(tmp_path / "a.json", 30)
    assert (start.before, start.nested, start.lines) == (2, (("{", ""), ("[", "marches")), False)
    (tmp_path / "a.csv").write_text("id,objet\n" + '1,"a\nb"\n' * 10, encoding="utf-8")
    header = header_of(streams.head(tmp_path / "a.csv"))
    places = [start.at for start in csv_starts(tmp_path / "a.csv", header, _never, 30)]
    assert places == [33, 65]


def test_a_column_that_changes_does_not_break_quotes(tmp_path: Path) -> None:
    """A text over two lines is read by the columns in force, not by those of the first line."""
    (tmp_path / "a.csv").write_text('id,objet\n1,a\nid,objet,montant\n2,"b\nc",3\n', encoding="utf-8")
    header = header_of(streams.head(tmp_path / "a.csv"))
    items = list(csv_rows(tmp_path / "a.csv", header, _KNOWN.issuperset))
    assert [item.value for item in items if isinstance(item, Record)] == [
        {"id": "1", "objet": "a"},
        {"id": "2", "objet": "b\nc", "montant": "3"},
    ]


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("size", [1, 7 * 1024, 10**9])
def test_portions_of_parquet(size: int, damaged: bool, tmp_path: Path) -> None:
    """Groups of rows; from a damaged one on, nothing is read, and the place is told."""
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    table = pa.table({"id": [str(rank) * 9 for rank in range(20)], "montant": list(range(20))})
    parquet.write_table(table, path, row_group_size=3, compression="zstd", use_dictionary=False)
    if damaged:
        place = parquet.read_metadata(path).row_group(4).column(0).data_page_offset
        data = bytearray(path.read_bytes())
        data[place : place + 40] = b"\xff" * 40
        path.write_bytes(data)
    assert parquet_size(path) == 20 * 1024
    whole = list(parquet_rows(path))
    assert len(whole) == (13 if damaged else 20)
    found = list(portions(parquet_starts(path, size)))
    assert len(found) == {1: 7, 7 * 1024: 3, 10**9: 1}[size]
    assert by_portions(iter(found), lambda portion: parquet_rows(path, portion)) == whole
    assert isinstance(whole[-1], Refusal) == damaged


_XML_RECORDS = st.sampled_from(
    [
        "<marche><id>1</id><acheteur><id>é</id></acheteur></marche>",
        "<marche><id>2</id><!-- </marche> --><objet><![CDATA[<b> </marche> ]]></objet></marche>",
        "<marche a='>' b=\"/>\"><id>3</id></marche>",
        "<marche/>",
        "<!-- <marche> --><marche ><?x </marche> ?><id>4</id></marche >",
        "<contrat-concession><id>5</id><concession><id>6</id></concession></contrat-concession>",
        "<autre><marche><id>7</id></marche></autre>",
        "<marche><marchenom>8</marchenom><objet>" + "Crèche € 🎓 " * 9 + "</objet></marche>",
        "<x:marche xmlns:x='u'><x:id>9</x:id></x:marche>",
    ]
)
_XML_AROUND = st.sampled_from(
    [
        ("<marches>", "</marches>"),
        ('<?xml version="1.0" encoding="UTF-8"?>\n<marches xmlns="urn:a" n="&lt;">', "</marches>\n"),
        ("<!-- <marches> --><p:tout xmlns:p='urn:b'><p:marches>\n", "</p:marches></p:tout>"),
        ("", ""),
        ("<a><marches></marches><marches>", "</marches></a>"),
    ]
)
_XML_ENDS = st.sampled_from(
    [
        "",
        "",
        "",
        "</marches>",
        "<marche>",
        "&oups;",
        "<marche><id></marche>",
        "<!DOCTYPE a>",
        "<!-- ",
        "<a" * 70,
        "x" * 900,
    ]
)


@ANY
@given(
    records=st.lists(_XML_RECORDS, max_size=12),
    around=_XML_AROUND,
    end=_XML_ENDS,
    code=_CODES,
    cut=st.integers(0, 1200),
    chunk=st.integers(24, 300),
    size=st.integers(1, 400),
)
@example(records=["<marche/>"] * 4, around=("<a>", "</a>"), end="", code="utf-8", cut=2**20, chunk=2**20, size=1)
@example(records=["<marche/>"] * 2, around=("<marches>", "</marches>"), end="", code="utf-8", cut=0, chunk=24, size=1)
def test_portions_of_xml(
    records: list[str],
    around: tuple[str, str],
    end: str,
    code: str,
    cut: int,
    chunk: int,
    size: int,
    tmp_path: Path,
) -> None:
    """Names spaces, comments, what looks like a tag, a file cut or damaged: ranks and places are those of the file."""
    before, after = around
    data = (before + "\n".join(records) + end + after).encode(code)
    path = tmp_path / "a.xml"
    path.write_bytes(data[: len(data) - cut] if cut < len(data) else data)
    with small(chunk), patch.object(xml_module, "_CHUNK", chunk):
        whole = list(xml_records(path))
        assert by_portions(portions(xml_starts(path, size)), lambda portion: xml_records(path, portion)) == whole


def test_a_large_xml_is_cut(tmp_path: Path) -> None:
    """In as many portions as its size asks for."""
    path = tmp_path / "a.xml"
    path.write_text("<?xml version='1.0'?><marches>" + "<marche><id>1</id></marche>\n" * 100 + "</marches>")
    found = list(portions(xml_starts(path, 280)))
    assert [len(list(xml_records(path, portion))) for portion in found] == [9, *[10] * 9, 1]


@pytest.mark.parametrize("inside", ["<marche/>", "<marche>", "<a><![CDATA[x]]></a>", "<!-- a -->", "<?a?>"])
def test_a_record_that_never_ends_is_followed_once(inside: str, tmp_path: Path) -> None:
    """What is ahead in a chunk is not searched again from each tag."""
    path = tmp_path / "a.xml"

    def spent(size: int) -> float:
        path.write_text("<marches><marche>" + inside * (size // len(inside)))
        start = process_time()
        assert list(xml_starts(path, 1000)) == []
        return process_time() - start

    assert spent(600_000) < max(9 * spent(150_000), 0.5)


@pytest.mark.parametrize("before", ["<!--" * 200_000, "<!-- " + "a" * 800_000, "<!-- a -->\n" * 80_000])
def test_comments_before_the_first_element_are_left_aside_at_once(before: str, tmp_path: Path) -> None:
    """However many begin, and end or not; a type of document in one that goes on in the next chunk is none."""
    path = tmp_path / "a.xml"
    path.write_text(before)
    start = process_time()
    found = list(xml_records(path))
    assert process_time() - start < 2
    assert [type(item) for item in found] == [Refusal]
    path.write_text("<!-- <!DOCTYPE a> " + "a" * 70_000 + " --><marches><marche><id>1</id></marche></marches>")
    assert [item.value for item in xml_records(path) if isinstance(item, Record)] == [{"id": "1"}]
    path.write_text("<!-- " + "a" * 70_000 + " --><!DOCTYPE a><marches><marche><id>1</id></marche></marches>")
    assert [type(item) for item in xml_records(path)] == [Refusal]
