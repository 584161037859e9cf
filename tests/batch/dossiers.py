"""Trees of small dossiers for the tests of audits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
RC = (SAMPLES / "prix-seul" / "RC.docx").read_bytes()
NOTICE = (SAMPLES / "contradictions" / "avis.xml").read_bytes()
DESCRIPTION = (SAMPLES / "innovant" / "99000.json").read_bytes()
TABLE = json.dumps({"marches": [{"id": "1", "codeCPV": "45000000"}, {"id": "2", "codeCPV": "45000000"}]}).encode()
CONTENTS = {
    ".xml": NOTICE,
    ".json": DESCRIPTION,
    ".docx": RC,
    ".txt": b"Bonjour.\n",
    ".csv": b"a;b\n1;2\n",
    ".sh": b"exit 0\n",
}


def content_of(name: str) -> bytes:
    """Return what a file of this name holds in the trees of the tests."""
    return TABLE if name.endswith("decp.json") else CONTENTS.get(Path(name).suffix, b"%PDF-1.4\n")


def plant(root: Path, names: Iterable[str]) -> Path:
    """Make files by their paths; a name that ends with a slash is an empty folder, « a.zip!/b » lies in an archive."""
    for name in names:
        archive, inside, member = name.partition("!/")
        path = root / archive
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/") and not inside:
            path.mkdir(parents=True, exist_ok=True)
        elif inside:
            _put(path, member)
        else:
            path.write_bytes(content_of(name))
    return root


def _put(archive: Path, member: str) -> None:
    """Add a member to an archive, or to an archive in it, which is made again."""
    inner, inside, deeper = member.partition("!/")
    with ZipFile(archive, "a") as zipped:
        if member and not inside:
            zipped.writestr(member, content_of(member))
    if not inside:
        return
    with ZipFile(archive) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    side = archive.with_name(f"{archive.name}.{Path(inner).name}")
    side.write_bytes(members.pop(inner, b""))
    if not side.stat().st_size:
        side.unlink()
    _put(side, deeper)
    with ZipFile(archive, "w") as zipped:
        for name, data in {**members, inner: side.read_bytes()}.items():
            zipped.writestr(name, data)
    side.unlink()


def archive_of_dossiers(root: Path, count: int = 6) -> Path:
    """Return a folder of judged things: dossiers of pieces, a notice, a description, a zip of dossiers."""
    for number in range(count):
        dossier = root / f"2026-{number:02}"
        dossier.mkdir(parents=True)
        (dossier / "RC.docx").write_bytes(RC)
        (dossier / "achats-check.yaml").write_text(f"objet: Achat {number}\n", encoding="utf-8")
    shutil.copytree(SAMPLES / "espaces-verts", root / "espaces-verts")
    shutil.copytree(SAMPLES / "travaux-sans-clause", root / "travaux")
    (root / "avis.xml").write_bytes(NOTICE)
    (root / "achat.json").write_bytes(DESCRIPTION)
    with ZipFile(root / "anciens.zip", "w") as zipped:
        zipped.writestr("2020/RC.docx", RC)
        zipped.writestr("2021/CCAP.txt", "Délai de paiement : 45 jours.")
        zipped.writestr("2021/RC.docx", RC)
    return root


def files_of(results: Path) -> dict[str, bytes]:
    """Return the files of results, without what serves to resume."""
    return {path.name: path.read_bytes() for path in sorted(results.iterdir()) if path.is_file()}
