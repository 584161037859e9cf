"""What cannot be used: one clear French message, the right exit code, no traceback, and nothing else lost."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from achats_check import examples
from achats_check.cli import main
from achats_check.errors import RuleFileError
from achats_check.law import loader
from achats_check.readers import guards
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary
from achats_check.yaml_source import load_file

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SOUND = json.dumps({"objet": "Tonte", "type": "services", "date_lancement": "2026-10-01"})


def word(body: str = "", head: str = "") -> bytes:
    """Return a Word file of one part, from XML."""
    from docx import Document

    if not (body or head):
        buffer = io.BytesIO()
        made = Document()
        for rank in range(40):
            made.add_paragraph(f"Article {rank} : le titulaire exécute les prestations décrites au bordereau.")
        made.save(buffer)
        return buffer.getvalue()
    buffer = io.BytesIO()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
    return buffer.getvalue()


def pdf(draw: Callable[[Any], None], **options: Any) -> bytes:
    """Return a PDF of one page."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _sentence(canvas: Any) -> None:
    canvas.drawString(72, 720, "Règlement de la consultation")


def encrypted() -> bytes:
    """Return a PDF that asks for a password."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    return pdf(_sentence, encrypt=StandardEncryption("ouvrir", ownerPassword="tout", canPrint=0))


def scanned() -> bytes:
    """Return a PDF that is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    picture = Image.new("L", (400, 600), 200)
    return pdf(lambda canvas: canvas.drawImage(ImageReader(picture), 0, 0, 400, 600))


def bomb() -> bytes:
    """Return a Word file that would inflate beyond measure."""
    return word(f"<w:p><w:r><w:t>{' ' * (guards.MAX_PART_BYTES + 1)}</w:t></w:r></w:p>")


ENTITIES = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
CASES: dict[str, tuple[str, Callable[[], bytes], tuple[str, ...]]] = {
    "empty": ("RC.docx", lambda: b"", ("Le fichier est vide.", "Redéposer la pièce")),
    "empty_json": ("achat.json", lambda: b"", ("Le fichier est vide.", "Redéposer la pièce")),
    "truncated_word": ("CCAP.docx", lambda: word()[:-800], ("endommag", "enregistrer de nouveau")),
    "truncated_pdf": ("RC.pdf", lambda: pdf(_sentence)[:200], ("PDF", ".")),
    "encrypted_pdf": ("RC.pdf", encrypted, ("mot de passe", "sans mot de passe")),
    "scanned_pdf": ("RC.pdf", scanned, ("ne contient aucun texte", "reconnaissance de caractères")),
    "old_office": ("RC.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ("ancien", ".docx")),
    "picture": ("RC.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 200, ("C'est une image", "reconnaissance")),
    "blank_text": ("CCTP.txt", lambda: b" \n" * 9, ("aucun texte", "vérifier")),
    "truncated_odt": ("RC.odt", lambda: word()[:-800], ("endommag", "enregistrer de nouveau")),
    "truncated_xlsx": ("BPU.xlsx", lambda: word()[:-800], ("endommag", "enregistrer de nouveau")),
    "page_without_text": ("avis.html", lambda: b"<html><script>1</script>", ("aucun texte", "navigateur")),
    "noise": ("RC.pdf", lambda: bytes(range(256)) * 4000, ("n'est pas reconnu", "Fournir la pièce")),
    "zip_bomb": ("RC.docx", bomb, ("se décompresserait", "Vérifier l'origine")),
    "xml_entities": ("RC.docx", lambda: word("<w:p>&b;</w:p>", ENTITIES), ("entités XML", "Vérifier l'origine")),
    "xml_outside": ("RC.docx", lambda: word("<w:p>&a;</w:p>", OUTSIDE), ("entités XML", "Vérifier l'origine")),
    "broken_xml": ("RC.docx", lambda: word("<w:p>"), ("n'est pas du XML lisible", "enregistrer de nouveau")),
    "broken_json": ("achat.json", lambda: b'{"objet": "Tonte",', ("JSON illisible, ligne 1, colonne", "redéposer")),
    "unknown_name": ("achat.json", lambda: b'{"objt": 1}', ("objt : clé inconnue. Vouliez-vous dire « objet »",)),
    "wrong_type": ("achat.json", lambda: b'{"duree_mois": "un bail"}', ("duree_mois : « un bail »", "nombre")),
    "impossible_date": (
        "achat.json",
        lambda: b'{"date_lancement": "2026-02-30"}',
        ("n'est pas une date du calendrier",),
    ),
    "negative": ("achat.json", lambda: b'{"valeur_estimee_ht": -1}', ("un montant ne peut pas être négatif",)),
    "broken_yaml": ("achat.yaml", lambda: b"objet: Tonte\ntype: [services\n", ("achat.yaml : ligne", "YAML illisible")),
    "repeated_key": ("achat.yaml", lambda: b"objet: Tonte\nobjet: Taille\n", ("ligne 2", "clé « objet » répétée")),
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return the command, at the folder of the test: its code, its output, its errors."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        told = capsys.readouterr()
        return ended.value.code, told.out, told.err

    return call


@pytest.mark.parametrize("case", CASES)
def test_one_message_and_nothing_else_lost(case: str, run: Callable[..., Any], tmp_path: Path) -> None:
    """Each bad input says what, where and what to do, in one line; the sound file beside it is still checked."""
    name, make, words = CASES[case]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "sain.json").write_text(SOUND, encoding="utf-8")
    code, out, err = run(name, "sain.json")
    assert code == 3
    assert err.startswith(f"achats-check : {name} : ")
    assert all(word in err for word in words), err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert "sain.json" in out
    assert "Tonte" in out


@pytest.mark.parametrize("case", ["truncated_pdf", "zip_bomb", "scanned_pdf"])
def test_a_bad_piece_among_sound_ones(case: str, run: Callable[..., Any], tmp_path: Path) -> None:
    """In a folder, the pieces that can be read are judged, and the report says which one was not."""
    name, make, _ = CASES[case]
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier" / name).write_bytes(make())
    (tmp_path / "dossier" / "achat.json").write_text(SOUND, encoding="utf-8")
    code, out, err = run("dossier", "--format", "json")
    data = json.loads(out)
    status = {Path(piece["path"]).name: piece["status"] for piece in data["inputs"]}
    assert code == 3
    assert status == {name: "unread", "achat.json": "read"}
    assert name in err
    assert data["findings"]


def test_a_wrong_extension_is_read_and_told(run: Callable[..., Any], tmp_path: Path) -> None:
    """A Word file called .pdf is read as what it is, and the report says so."""
    (tmp_path / "RC.pdf").write_bytes(word())
    code, out, err = run("RC.pdf")
    assert (code in {0, 1}, err) == (True, "")
    assert "extension .pdf" in " ".join(out.split())


def test_noise_beyond_the_limit(run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is refused before it is opened."""
    monkeypatch.setattr(guards, "MAX_FILE_BYTES", 1_000_000)
    (tmp_path / "RC.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 1_200_000)
    code, _, err = run("RC.pdf")
    assert code == 3
    assert "plus que la limite de" in err
    assert "Traceback" not in err


def test_two_hundred_megabytes_of_nothing(run: Callable[..., Any], tmp_path: Path) -> None:
    """The real limit holds on a file that has the size without the disk."""
    with (tmp_path / "RC.docx").open("wb") as stream:
        stream.truncate(guards.MAX_FILE_BYTES + 1)
    code, _, err = run("RC.docx")
    assert code == 3
    assert "pèse 201 Mo, plus que la limite de 200 Mo" in err


def test_every_fault_of_a_description_at_once(run: Callable[..., Any], tmp_path: Path) -> None:
    """A description with several faults is told once, one line for each."""
    (tmp_path / "achat.json").write_text('{"objt": "a", "duree_mois": -2, "lots": [{}]}', encoding="utf-8")
    code, out, err = run("achat.json")
    assert (code, out) == (3, "")
    assert len(err.strip().splitlines()) == 3
    assert all("achat.json : " in line for line in err.strip().splitlines())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("regles: [{id: x}]", "il manque"),
        ("regle: []", "un paquet local a les clés « regles », « parametres » et « objet »"),
        ("- a\n- b", "un paquet local a les clés"),
        ("regles: [\n", "YAML illisible"),
        ("regles: texte", "« regles » : une liste de règles est attendue"),
        ("regles: [3]", "une règle est attendue"),
        ("parametres: {maison.seuil: 3}", "paramètre « maison.seuil » : une table est attendue"),
        ("", "un paquet local"),
    ],
)
def test_packs(text: str, told: str, run: Callable[..., Any], tmp_path: Path) -> None:
    """A pack that is not one is refused with its name and line."""
    (tmp_path / "nos-regles.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "sain.json").write_text(SOUND, encoding="utf-8")
    code, out, err = run("sain.json", "--pack", "nos-regles.yaml")
    assert (code, out) == (3, "")
    assert "nos-regles.yaml:" in err
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("option", "name", "text", "told"),
    [
        ("--acheteur", "profil.yaml", "categorie: regoin\n", "vouliez-vous dire « region » ?"),
        ("--acheteur", "profil.yaml", "- a\n", "un objet est attendu"),
        ("--acheteur", "profil.yaml", "categorie: [\n", "YAML illisible"),
        ("", "achats-check.yaml", "typ: services\n", "Vouliez-vous dire « type » ?"),
        ("", "achats-check.yaml", "type: [\n", "YAML illisible"),
    ],
)
def test_profiles_and_side_files(
    option: str, name: str, text: str, told: str, run: Callable[..., Any], tmp_path: Path
) -> None:
    """A profile or a side file at fault names itself."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "sain.json").write_text(SOUND, encoding="utf-8")
    code, _, err = run("sain.json", *([option, name] if option else []))
    assert code == 3
    assert f"{name} : " in err
    assert told in err
    assert "Traceback" not in err


def test_a_profile_that_is_not_text(run: Callable[..., Any], tmp_path: Path) -> None:
    """A profile that is no UTF-8 text is a file that cannot be used."""
    (tmp_path / "profil.yaml").write_bytes(b"categorie: r\xe9gion\n")
    (tmp_path / "sain.json").write_text(SOUND, encoding="utf-8")
    code, _, err = run("sain.json", "--acheteur", "profil.yaml")
    assert code in {2, 3}
    assert "profil.yaml : fichier illisible" in err
    assert "Traceback" not in err


PARAMETER: dict[str, Any] = {
    "libelle": "Plafond de la maison",
    "unite": "EUR_HT",
    "comparateur": "au_plus",
    "loi": ["maison"],
    "kit": [{"document": "kit-regionaless", "fiche": "11", "rubrique": "R", "page": "22", "entree": "K", "valeur": 3}],
    "notes": ["Une note."],
    "valeurs": [{"du": "2020-01-01", "valeur": 3, "acheteurs": ["tous"], "natures": ["travaux"], "fondement": "D"}],
}
RULE: dict[str, Any] = {
    "id": "maison",
    "theme": "criteres",
    "titre": "Une règle",
    "nature": "obligation",
    "portee": "marche",
    "gravite": "mineure",
    "accuse": "pieces",
    "loi": ["maison"],
    "pourquoi": "Parce que.",
    "remede": "Faire.",
    "kit": [{"document": "kit-regionaless", "fiche": "11", "rubrique": "R", "page": "22", "entree": "K"}],
    "secteurs": ["773"],
    "versions": [
        {
            "du": "2020-01-01",
            "fondement": [{"texte": "D", "article": "D", "verifie_le": "2026-01-01"}],
            "quand": [{"un_des": [{"fait": "type", "parmi": ["travaux"]}, {"fait": "alloti", "egal": True}]}],
            "exige": [{"fait": "valeur_estimee_ht", "au_plus": {"parametre": "maison.plafond", "facteur": 2}}],
            "message": "Trop.",
        }
    ],
    "exemples": [
        {"nom": "n", "le": "2026-01-01", "faits": {"type": "travaux"}, "lus": {"objet": "x"}, "attendu": "conforme"},
        {"nom": "m", "le": "2026-01-01", "faits": {}, "absents": ["cpv"], "attendu": "a_verifier"},
    ],
}
WRONG: tuple[Any, ...] = (3, "x", [], {}, None, [3], {"a": 1}, [[1]])


def altered(node: Any) -> Iterator[Any]:
    """Yield a value with each of its parts replaced by something of another shape."""
    yield from WRONG
    if isinstance(node, dict):
        for key, value in node.items():
            yield from ({**node, key: other} for other in altered(value))
    elif isinstance(node, list):
        for rank, value in enumerate(node):
            yield from ([*node[:rank], other, *node[rank + 1 :]] for other in altered(value))


def test_no_shape_of_a_rule_file_is_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands where something else was expected, the file is refused as such, or is a rule."""
    monkeypatch.setattr(loader, "load_vocabulary", cache(load_vocabulary))
    shipped = cache(load_file)
    path = tmp_path / "pack.yaml"
    monkeypatch.setattr(loader, "load_file", lambda file: load_file(file) if file == path else shipped(file))
    packs = [{"parametres": {"maison.plafond": PARAMETER}, "regles": [rule]} for rule in altered(RULE)]
    packs += [{"parametres": {"maison.plafond": other}, "regles": [RULE]} for other in altered(PARAMETER)]
    for pack in packs:
        path.write_text(json.dumps(pack), encoding="utf-8")
        with suppress(RuleFileError):
            examples.check_examples(*loader.load_sources(rules_root(), [path], themes=()))
