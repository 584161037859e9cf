"""The files of a dossier: folders and archives as people make them, and as attackers do."""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.readers import guards
from achats_check.readers.collecting import Collection, is_archive
from achats_check.readers.piece_file import needs_isolation
from achats_check.readers.piece_names import decoded, parts_of, repaired

SIDE = "achats-check.yaml"


def archive(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive."""
    path.write_bytes(zipped(members))
    return path


def zipped(members: dict[str, bytes]) -> bytes:
    """Return the bytes of an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return buffer.getvalue()


class Seen:
    """What a collection held, its files read while they lasted."""

    def __init__(self, *paths: Path) -> None:
        with Collection(SIDE) as collection:
            collection.add(paths)
            self.texts = {file.shown: file.path.read_bytes() for file in collection.files}
            self.sides = [file.shown for file in collection.side_files]
            self.unread = {piece.path: piece.reason for piece in collection.unread}
            self.advised = all(piece.advice for piece in collection.unread)
            self.taken_out = [file.path for file in collection.files if "!/" in file.shown]
        assert not [path for path in self.taken_out if path.exists()]
        assert self.advised


def names(*paths: Path) -> list[str]:
    """Return the names of the files of a dossier, from the root of the first path."""
    return [shown.removeprefix(f"{paths[0]}").lstrip("!/") for shown in Seen(*paths).texts]


def test_nested_folders(tmp_path: Path) -> None:
    """Pieces are found at any depth, in the order of their paths; what systems leave is nobody's piece."""
    pieces = ["RC.pdf", "lot 1/CCTP.pdf", "lot 2/plans/a.dwg", "lot 2/CCTP.pdf"]
    left = ["Thumbs.db", ".DS_Store", "~$RC.docx", "lot 1/desktop.ini", "__MACOSX/._RC.pdf", ".git/config"]
    for name in (*pieces, *left):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    assert names(tmp_path) == ["RC.pdf", "lot 1/CCTP.pdf", "lot 2/CCTP.pdf", "lot 2/plans/a.dwg"]


def test_an_archive_is_a_folder(tmp_path: Path) -> None:
    """Its files have their whole path, those of archives within too; nothing is left behind."""
    inner = zipped({"CCTP.pdf": b"cctp"})
    path = archive(
        tmp_path / "d.zip",
        {"DCE/RC.pdf": b"rc", "DCE/lot1.zip": inner, "__MACOSX/DCE/._RC.pdf": b"", "DCE/": b"", "DCE/.DS_Store": b""},
    )
    seen = Seen(path)
    assert seen.texts == {f"{path}!/DCE/RC.pdf": b"rc", f"{path}!/DCE/lot1.zip!/CCTP.pdf": b"cctp"}
    assert seen.unread == {}


def test_what_follows_an_archive_in_an_archive(tmp_path: Path) -> None:
    """Files taken out of an archive within never stand in the way of those that come after it."""
    inner = zipped({f"{rank}.pdf": b"in%d" % rank for rank in range(3)})
    path = archive(tmp_path / "d.zip", {"a.pdf": b"a", "b.zip": inner, "c.pdf": b"c", "d.pdf": b"d"})
    seen = Seen(path)
    assert list(seen.texts.values()) == [b"a", b"in0", b"in1", b"in2", b"c", b"d"]
    assert seen.unread == {}


def test_side_files_are_apart(tmp_path: Path) -> None:
    """What states facts is no piece; the one nearest to the root comes last, since it outranks the others."""
    archive(tmp_path / "d.zip", {"DCE/RC.pdf": b"rc", f"DCE/{SIDE}": b"type: services", SIDE: b"alloti: non"})
    seen = Seen(tmp_path / "d.zip")
    assert [shown.rpartition("!/")[2] for shown in seen.sides] == [f"DCE/{SIDE}", SIDE]
    assert len(seen.texts) == 1


@pytest.mark.parametrize(
    "name", ["../../dehors.pdf", "/etc/dehors.pdf", "C:\\Users\\x\\dehors.pdf", "a/../../dehors.pdf", "..\\dehors.pdf"]
)
def test_a_name_leads_nowhere(name: str, tmp_path: Path) -> None:
    """A path that leaves the archive writes nothing outside, and its piece is read under a clean name."""
    folder = tmp_path / "d"
    folder.mkdir()
    seen = Seen(archive(folder / "d.zip", {name: b"rc"}))
    (shown,) = seen.texts
    assert shown.endswith("dehors.pdf")
    assert ".." not in shown.rpartition("!/")[2]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["d", "d.zip"]


@pytest.mark.parametrize(
    ("raw", "flag"),
    [
        ("Aménagement des écoles n°2.pdf".encode("cp850"), 0),
        ("Aménagement des écoles n°2.pdf".encode("cp437"), 0),
        ("Aménagement des écoles n°2.pdf".encode("cp1252"), 0),
        ("Aménagement des écoles n°2.pdf".encode(), 0),
        ("Aménagement des écoles n°2.pdf".encode(), 0x800),
        ("Aménagement des écoles n°2.pdf".encode().decode("cp1252").encode(), 0x800),
        ("Aménagement des écoles n°2.pdf".encode().decode("latin-1").encode(), 0x800),
        ("Aménagement des écoles n°2.pdf".encode().decode("cp850").encode(), 0x800),
        ("Aménagement des écoles n°2.pdf".encode().decode("cp437").encode(), 0x800),
        ("Ame\u0301nagement des e\u0301coles n°2.pdf".encode(), 0x800),
    ],
)
def test_names_get_their_accents_back(raw: bytes, flag: int, tmp_path: Path) -> None:
    """Whatever the tool that made the archive wrote its names in, people read French."""
    path = tmp_path / "d.zip"
    path.write_bytes(renamed(zipped({"x" * len(raw): b"cctp"}), raw, flag))
    assert names(path) == ["Aménagement des écoles n°2.pdf"]


def renamed(data: bytes, raw: bytes, flag: int) -> bytes:
    """Return an archive of one file with other bytes for its name."""
    data = data.replace(b"x" * len(raw), raw)
    local, central = data.index(b"PK\3\4"), data.index(b"PK\1\2")
    changed = bytearray(data)
    struct.pack_into("<H", changed, local + 6, flag)
    struct.pack_into("<H", changed, central + 8, flag)
    return bytes(changed)


def test_a_name_obeyed_by_no_terminal(tmp_path: Path) -> None:
    """Escape sequences and marks that turn a name round are taken out of what is shown."""
    path = archive(tmp_path / "d.zip", {"RC\x1b[31m\u202efdp.pdf": b"rc"})
    assert names(path) == ["RC[31mfdp.pdf"]


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the disks of this system take Unicode names only")
def test_names_on_disk_in_another_encoding(tmp_path: Path) -> None:
    """A file extracted by an old tool has a name that is no UTF-8."""
    (tmp_path / os.fsdecode("marché.pdf".encode("cp1252"))).write_bytes(b"x")
    assert names(tmp_path) == ["marché.pdf"]


def test_two_files_of_one_name(tmp_path: Path) -> None:
    """Both are read, and told apart."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("RC.pdf", b"first")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("RC.pdf", b"second")
    path = tmp_path / "d.zip"
    path.write_bytes(buffer.getvalue())
    assert {shown[len(str(path)) + 2 :]: text for shown, text in Seen(path).texts.items()} == {
        "RC.pdf": b"first",
        "RC.pdf (2)": b"second",
    }


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    """A link is not followed; it is told, and the others are read."""
    link = zipfile.ZipInfo("lien.pdf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "d.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(link, b"/etc/passwd")
        made.writestr("RC.pdf", b"rc")
    seen = Seen(path)
    assert list(seen.texts.values()) == [b"rc"]
    assert "lien symbolique" in seen.unread[f"{path}!/lien.pdf"]


def test_a_protected_file(tmp_path: Path) -> None:
    """A file under a password is told, with what to do; the others are read."""
    data = bytearray(zipped({"AE.pdf": b"secret"}) + b"")
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1
    path = tmp_path / "d.zip"
    path.write_bytes(bytes(data))
    assert "mot de passe" in Seen(path).unread[f"{path}!/AE.pdf"]


def test_a_damaged_file_among_good_ones(tmp_path: Path) -> None:
    """What is damaged is named; the others are read."""
    noise = bytes(range(256)) * 40
    data = bytearray(zipped({"AE.pdf": b"ae", "CCAP.pdf": noise, "RC.pdf": b"rc"}))
    place = data.index(b"CCAP.pdf") + 40
    data[place : place + 30] = b"\xff" * 30
    path = tmp_path / "d.zip"
    path.write_bytes(bytes(data))
    seen = Seen(path)
    assert sorted(seen.texts.values()) == [b"ae", b"rc"]
    assert seen.unread == {f"{path}!/CCAP.pdf": "Le fichier est endommagé dans l'archive."}


def test_a_damaged_archive(tmp_path: Path) -> None:
    """An archive cut short is one unread piece."""
    path = tmp_path / "d.zip"
    path.write_bytes(zipped({"RC.pdf": b"rc" * 5000})[:-30])
    assert list(Seen(path).unread) == [str(path)]


def test_a_bomb(tmp_path: Path) -> None:
    """A file that would inflate beyond measure is not taken out; the others are."""
    path = archive(tmp_path / "d.zip", {"bombe.pdf": b"\0" * (30 * 2**20), "RC.pdf": b"rc"})
    seen = Seen(path)
    assert list(seen.texts.values()) == [b"rc"]
    assert "bombe de décompression" in seen.unread[f"{path}!/bombe.pdf"]


def test_too_much_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are each acceptable are not taken out beyond a total."""
    monkeypatch.setattr(guards, "MAX_TOTAL_BYTES", 2500)
    members = {f"{rank}.pdf": os.urandom(1000) for rank in range(4)}
    seen = Seen(archive(tmp_path / "d.zip", {**members, "z.zip": zipped({"a.pdf": os.urandom(900)})}))
    assert len(seen.texts) == 2
    assert len(seen.unread) == 3
    assert all("une fois décompressées" in reason for reason in seen.unread.values())
    inner = zipped({f"{rank}.pdf": os.urandom(600) for rank in range(2)})
    seen = Seen(archive(tmp_path / "e.zip", {"a.zip": inner, "b.pdf": os.urandom(600)}))
    assert list(seen.unread) == [f"{tmp_path}/e.zip!/a.zip!/1.pdf", f"{tmp_path}/e.zip!/b.pdf"]


def test_fifty_thousand_files(tmp_path: Path) -> None:
    """An archive with far too many files is refused by their number, at once."""
    path = tmp_path / "d.zip"
    many_entries(path, 50_000)
    begun = time.process_time()
    seen = Seen(path)
    assert time.process_time() - begun < 5
    assert "plus que la limite de" in seen.unread[str(path)]
    assert seen.texts == {}


def many_entries(path: Path, count: int) -> None:
    """Write an archive whose table names one empty file many times."""
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 0x21, 0, 0, 0, 5, 0) + b"a.pdf"
    entry = (
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 0x21, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0) + b"a.pdf"
    )
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(entry) * count, len(local), 0)
    path.write_bytes(local + entry * count + end)


def test_a_table_that_only_a_bomb_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of millions of names is refused before any of them is loaded."""
    path = tmp_path / "d.zip"
    many_entries(path, 300_000)

    def refuse(*arguments: object) -> None:
        raise AssertionError("the table was loaded")

    monkeypatch.setattr(zipfile, "ZipFile", refuse)
    (reason,) = Seen(path).unread.values()
    assert "table des fichiers" in reason


def test_archives_within_archives(tmp_path: Path) -> None:
    """Archives are opened to a depth; what is deeper is told."""
    data = b"rc"
    for rank in range(guards.MAX_ARCHIVE_DEPTH + 2):
        data = zipped({"RC.pdf" if rank == 0 else "z.zip": data})
    path = tmp_path / "z.zip"
    path.write_bytes(data)
    seen = Seen(path)
    assert seen.texts == {}
    assert list(seen.unread) == [f"{path}" + "!/z.zip" * guards.MAX_ARCHIVE_DEPTH]
    assert Seen(archive(tmp_path / "y.zip", {"z.zip": zipped({"z.zip": zipped({"RC.pdf": b"rc"})})})).unread == {}


def test_links_of_a_folder(tmp_path: Path) -> None:
    """A link that leaves the dossier, or goes round in it, is told and not followed; one to a piece is read."""
    dossier, elsewhere = tmp_path / "dossier", tmp_path / "secret"
    dossier.mkdir()
    elsewhere.mkdir()
    (elsewhere / "AE.pdf").write_bytes(b"secret")
    (dossier / "RC.pdf").write_bytes(b"rc")
    (dossier / "RC-bis.pdf").symlink_to("RC.pdf")
    (dossier / "AE.pdf").symlink_to(elsewhere / "AE.pdf")
    (dossier / "ailleurs").symlink_to(elsewhere)
    (dossier / "rond").symlink_to(dossier)
    (dossier / "mort.pdf").symlink_to("rien.pdf")
    seen = Seen(dossier)
    assert seen.texts == {f"{dossier}/RC-bis.pdf": b"rc", f"{dossier}/RC.pdf": b"rc"}
    assert {Path(path).name for path in seen.unread} == {"AE.pdf", "ailleurs", "rond", "mort.pdf"}


def test_a_pipe_is_no_piece(tmp_path: Path) -> None:
    """What is neither a file nor a folder is left alone: opening it could wait for ever."""
    os.mkfifo(tmp_path / "tuyau.pdf")
    (tmp_path / "RC.pdf").write_bytes(b"rc")
    assert names(tmp_path) == ["RC.pdf"]
    assert not is_archive(tmp_path / "tuyau.pdf")
    assert not needs_isolation(tmp_path / "tuyau.pdf")


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and the rest is read."""
    (tmp_path / "RC.pdf").write_bytes(b"rc")
    (tmp_path / "ferme").mkdir()
    scan = os.scandir

    def guarded(path: str | Path) -> os.ScandirIterator[str]:  # type: ignore[name-defined]
        if Path(path).name == "ferme":
            raise PermissionError
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    seen = Seen(tmp_path)
    assert list(seen.texts.values()) == [b"rc"]
    assert seen.unread == {f"{tmp_path}/ferme": "Le sous-dossier n'est pas accessible en lecture."}


def test_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first are read, and the first of the others is named."""
    monkeypatch.setattr(guards, "MAX_PIECES", 3)
    for rank in range(6):
        (tmp_path / f"{rank}.pdf").write_bytes(b"x%d" % rank)
    seen = Seen(tmp_path)
    assert len(seen.texts) == 3
    assert list(seen.unread) == [f"{tmp_path}/3.pdf"]


def test_too_deep_a_folder(tmp_path: Path) -> None:
    """Folders are entered to a depth."""
    deep = tmp_path.joinpath(*["a"] * (guards.MAX_FOLDER_DEPTH + 2))
    deep.mkdir(parents=True)
    (deep / "RC.pdf").write_bytes(b"rc")
    seen = Seen(tmp_path)
    assert seen.texts == {}
    assert "niveaux de profondeur" in next(iter(seen.unread.values()))


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("d.7z", b"7z\xbc\xaf\x27\x1c\0\4"),
        ("d.rar", b"Rar!\x1a\x07\x01\0"),
        ("d.tar.gz", b"\x1f\x8b\x08\0\0\0\0\0"),
        ("d.tgz", b"BZh91AY&SY"),
        ("d.tar", b"RC.pdf".ljust(257, b"\0") + b"ustar\x0000"),
    ],
)
def test_other_archives(name: str, head: bytes, tmp_path: Path) -> None:
    """Archives of other kinds say what to do."""
    from achats_check.model.document import Unread
    from achats_check.readers import read

    path = tmp_path / name
    path.write_bytes(head + b"\0" * 300)
    found = read(path)
    assert isinstance(found, Unread)
    assert "archive" in found.reason
    assert ".zip" in found.advice


_FRENCH = st.text("abcdefghijklmnopqrstuvwxyzéèêàçôûîÉÀ -_0123456789", min_size=1, max_size=30)


@given(_FRENCH)
def test_any_french_name_survives(name: str) -> None:
    """A sound name is left as it is, and a garbled one comes back, however it was garbled."""
    assert repaired(name) == name
    assert decoded(name.encode()) == name
    assert repaired(name.encode().decode("latin-1")) == name
    if not set(name) & set("ÉÀ"):
        assert decoded(name.encode("cp850")) == name


@given(st.text(max_size=40))
def test_no_name_leads_out(name: str) -> None:
    """Whatever a name of an archive is made of, its parts only go down, and showing it is showing it again."""
    parts = parts_of(name)
    assert not {"", ".", ".."} & set(parts)
    assert not any("/" in part or "\\" in part for part in parts)
    assert repaired(repaired(name)) == repaired(name)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, 400))
def test_a_spoilt_archive_is_told(changes: list[tuple[int, int]], cut: int) -> None:
    """Bytes changed or lost anywhere in an archive give pieces or reasons, never an error, and leave nothing behind."""
    data = bytearray(zipped({"DCE/RC.pdf": b"rc" * 50, "DCE/CCAP.pdf": b"ccap", "a.zip": zipped({"b.pdf": b"b"})}))
    for place, byte in changes:
        data[place % len(data)] = byte
    with TemporaryDirectory() as folder:
        path = Path(folder) / "d.zip"
        path.write_bytes(bytes(data[: len(data) - cut % 40]))
        seen = Seen(path)
        assert seen.texts or seen.unread or not is_archive(path)
