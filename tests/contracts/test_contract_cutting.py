"""Records of JSON and XML files of any size: cut anywhere, damaged anywhere, what precedes is kept."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from contracts_builders import contract, defects, document, source
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from achats_check.contracts import json_records as module
from achats_check.contracts.json_records import _Cutter, json_records
from achats_check.contracts.records import Record, Refusal
from achats_check.contracts.xml_records import xml_records

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
_RECORDS = st.lists(
    st.dictionaries(st.text(max_size=6).filter(lambda key: key not in {"marches", "marche"}), _VALUES, max_size=4),
    max_size=5,
)


def read(path: Path, content: str | bytes) -> tuple[list[Any], list[Refusal]]:
    """The records of a JSON file, and what was refused."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    items = list(json_records(path))
    return [i.value for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Refusal)]


@given(records=_RECORDS, sizes=st.lists(st.integers(1, 40), min_size=1, max_size=20), spaced=st.booleans())
def test_cutting_gives_what_a_parser_gives(records: list[Any], sizes: list[int], spaced: bool) -> None:
    """Whatever the texts, the brackets in them, and where the chunks end."""
    data = json.dumps({"marches": {"marche": records}}, indent=1 if spaced else None, ensure_ascii=False).encode()
    cutter, found, at, turn = _Cutter(), [], 0, 0
    first = max(data.find(b"[") + 1, 1)  # the wrapper is recognised in one piece, as in a chunk of a megabyte
    while at < len(data):
        size = first if at == 0 else sizes[turn % len(sizes)]
        found += cutter.feed(data[at : at + size])
        at, turn = at + size, turn + 1
    assert [json.loads(piece) for piece in found] == records
    assert not cutter.lost
    assert not cutter.unfinished


@pytest.mark.parametrize(
    "text",
    [
        '[{"id": "1"}, {"id": "2"}]',
        '{"marches": [{"id": "1"}, {"id": "2"}]}',
        '{"$schema": "x", "marches": {"marche": [{"id": "1"}], "contrat-concession": [{"id": "2"}]}}',
        '{"marches": {"marche": {"id": "1"}, "contrat-concession": {"id": "2"}}}',
        '{"id": "1"}\n{"id": "2"}\n',
        '\ufeff{"id": "1"}\r\n\r\n{"id": "2"}',
        '{"uri": "x", "publisher": {"name": "y"}, "releases": [{"id": "1"}, {"id": "2"}]}',
    ],
)
def test_every_way_of_writing_a_list(text: str, tmp_path: Path) -> None:
    """Schema of 2019, of 2022, one contract of each kind, lines, OCDS packages."""
    assert read(tmp_path / "a.json", text) == ([{"id": "1"}, {"id": "2"}], [])


def test_a_file_cut_at_every_byte(tmp_path: Path) -> None:
    """What is before the cut is kept, the cut is told once, and nothing is raised."""
    whole = document(*({"id": f"é{rank}", "acheteur": {"id": "}]"}} for rank in range(3))).encode()
    every, _ = read(tmp_path / "a.json", whole)
    assert len(every) == 3
    ends = [end + 1 for end in range(len(whole)) if whole[end : end + 1] == b"}"]
    for size in range(len(whole)):
        records, refused = read(tmp_path / "a.json", whole[:size])
        assert records == every[: len(records)]
        assert len(records) == sum(_closes(whole, end, every) for end in ends if end <= size)
        assert [item.fatal for item in refused] == [True] * bool(whole[:size].strip())


def _closes(whole: bytes, end: int, every: list[Any]) -> bool:
    """Whether a brace of the file is the last one of a record."""
    return any(whole[:end].endswith(json.dumps(one, ensure_ascii=False).encode()) for one in every)


def test_a_record_that_is_no_json_loses_only_itself(tmp_path: Path) -> None:
    """Its place and its first characters are told; NaN, control characters and odd bytes are read."""
    text = b'{"marches": [{"id": "1"}, {"id": oups}, {"id": NaN}, {"id": "a\tb"}, {"id": "\xe9t\xe9"}, {"id": "6"}]}'
    records, refused = read(tmp_path / "a.json", text)
    assert [record["id"] for record in records] == ["1", "NaN", "a\tb", "été", "6"]
    assert [(item.rank, item.fatal, "oups" in item.sample) for item in refused] == [(2, False, True)]


def test_a_record_without_end_stops_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote never closed would swallow the file: memory stays bounded."""
    monkeypatch.setattr(module, "MAX_RECORD_BYTES", 10_000)
    records, refused = read(tmp_path / "a.json", '{"marches": [{"id": "1"}, {"id": "' + "x" * 2_500_000)
    assert len(records) == 1
    assert [item.fatal for item in refused] == [True]


def test_packed_and_wide_files(tmp_path: Path) -> None:
    """gzip, cut or not, and UTF-16 are read as they come."""
    text = document(*(contract(id=str(rank), objet="Crèche " * 50) for rank in range(3000)))
    packed = gzip.compress(text.encode(), mtime=0)
    assert len(read(tmp_path / "a.json.gz", packed)[0]) == 3000
    records, refused = read(tmp_path / "b.json.gz", packed[: len(packed) // 2])
    assert 500 < len(records) < 2500
    assert [item.fatal for item in refused] == [True]
    records, refused = read(tmp_path / "c.json", document(contract(objet="Crèche")).encode("utf-16"))
    assert (records[0]["objet"], refused) == ("Crèche", [])


def test_the_cut_is_in_the_report(tmp_path: Path) -> None:
    """Where, and after how many records."""
    rows, report = source(tmp_path, document(contract(id="1"), contract(id="2"))[:-200])
    assert len(rows) == 1
    assert "enregistrements lus : 1)" in report.cut
    assert defects(report)[("", "refuse")] == 1


def test_contracts_wrapped_one_by_one_or_together(tmp_path: Path) -> None:
    """Some publishers wrap each of them."""
    text = json.dumps({"marches": [{"marche": contract(id="1")}, {"marche": [contract(id="2"), contract(id="3")]}]})
    rows, report = source(tmp_path, text)
    assert [row["uid"][-1] for row in rows] == ["1", "2", "3"]
    assert report.records == 3


XML = "<marches>{}</marches>"
ONE = (
    "<marche><id>{}</id><objet>Tonte &amp; taille</objet><titulaires><titulaire><id>1</id></titulaire></titulaires>"
    "</marche>"
)


def read_xml(path: Path, content: str | bytes) -> tuple[list[Any], list[Refusal]]:
    """The records of an XML file, and what was refused."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    items = list(xml_records(path))
    return [i.value for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Refusal)]


def test_xml_records(tmp_path: Path) -> None:
    """What is repeated is a list, spaces of names are dropped, any declared encoding is read."""
    records, refused = read_xml(tmp_path / "a.xml", XML.format(ONE.format(1) + ONE.format(2)))
    assert records[1] == {"id": "2", "objet": "Tonte & taille", "titulaires": {"titulaire": {"id": "1"}}}
    assert refused == []
    spaced = '<d:marches xmlns:d="urn:x"><d:marche><d:id>1</d:id><d:id>2</d:id></d:marche></d:marches>'
    assert read_xml(tmp_path / "b.xml", spaced)[0] == [{"id": ["1", "2"]}]
    old = '<?xml version="1.0" encoding="ISO-8859-1"?><marches><marche><objet>été</objet></marche></marches>'
    assert read_xml(tmp_path / "c.xml", old.encode("latin-1"))[0] == [{"objet": "été"}]
    wide = '<?xml version="1.0" encoding="UTF-16"?><marches><marche><objet>été</objet></marche></marches>'
    assert read_xml(tmp_path / "d.xml", wide.encode("utf-16"))[0] == [{"objet": "été"}]


def test_xml_cut_or_damaged_anywhere(tmp_path: Path) -> None:
    """What is before is kept, the place is told once."""
    whole = XML.format("".join(ONE.format(rank) for rank in range(3)))
    for size in range(len(whole) - 1):
        records, refused = read_xml(tmp_path / "a.xml", whole[:size])
        assert [record["id"] for record in records] == [str(rank) for rank in range(whole[:size].count("</marche>"))]
        assert [item.fatal for item in refused] == [True]
    broken = whole.replace("<id>2</id>", "<id>2 & 3</id>")
    records, refused = read_xml(tmp_path / "b.xml", broken)
    assert (len(records), len(refused)) == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE marches [<!ENTITY a "aaaa">]><marches><marche><id>&a;</id></marche></marches>',
        "<marches><marche>" + "<a>" * 5000 + "</a>" * 5000 + "</marche></marches>",
    ],
)
def test_hostile_xml_is_refused(text: str, tmp_path: Path) -> None:
    """Entities and depth are guarded as for any piece."""
    records, refused = read_xml(tmp_path / "a.xml", text)
    assert records == []
    assert [item.fatal for item in refused] == [True]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=200) | st.text('{}[]",:a\\ 1', max_size=60).map(str.encode))
def test_nothing_raises(data: bytes, tmp_path: Path) -> None:
    """Whatever the bytes, each reader yields records and refusals."""
    for reader in (json_records, xml_records):
        path = tmp_path / "n"
        path.write_bytes(data)
        assert all(isinstance(item, Record | Refusal) for item in reader(path))
