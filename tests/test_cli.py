"""The command line as people use it: every option, every exit code, what each command must show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
import yaml

from achats_check.cli import main
from achats_check.reports.schema import report_schema

ROOT = Path(__file__).resolve().parent.parent
FAULTY: dict[str, Any] = {
    "objet": "Nettoyage des locaux",
    "type": "services",
    "cpv": ["90910000"],
    "valeur_estimee_ht": 900000,
    "date_lancement": "2026-10-01",
    "acheteur": {"categorie": "region"},
    "procedure": {"type": "appel_offres_ouvert"},
    "social": {"condition_execution": False, "derogation_motif": "aucun"},
    "criteres": [{"nom": "Prix", "nature": "prix", "poids": 100}],
}
"""A tender with faults on the social clause and on the criteria, from a region above the thresholds."""
UNDECIDED = {"objet": "Tonte", "type": "services", "date_lancement": "2026-10-01"}
"""A tender that says too little to accuse anybody."""
PACK = """
objet: Nos règles
regles:
  - id: maison-duree
    theme: procedures
    titre: Pas plus de deux ans chez nous
    nature: obligation
    portee: marche
    gravite: mineure
    accuse: pieces
    loi: []
    pourquoi: Une délibération le demande.
    remede: Ramener la durée à vingt-quatre mois.
    kit: []
    versions:
      - du: 2020-01-01
        fondement: [{texte: "Délibération n° 12", article: "Délibération n° 12", verifie_le: 2026-01-01}]
        quand: []
        exige: [{fait: duree_mois, au_plus: 24}]
        message: "{duree_mois} : la délibération n'en permet que vingt-quatre."
    exemples:
      - {nom: deux ans, le: 2026-10-01, faits: {duree_mois: 24}, attendu: conforme}
      - {nom: un mois de trop, le: 2026-10-01, faits: {duree_mois: 25}, attendu: non_conforme}
      - {nom: non renseignée, le: 2026-10-01, faits: {objet: Tonte}, attendu: a_verifier}
"""


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Desk:
    """A folder to work in, and the command."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *words: object) -> Run:
        """Run the command in this process."""
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        told = self.capsys.readouterr()
        code = ended.value.code
        out = told.out.replace("\u202f", " ").replace("\u00a0", " ")  # French no-break spaces, read as spaces
        return Run(code if isinstance(code, int) else 0, out, told.err)

    def file(self, name: str, content: object) -> Path:
        """Write a description, or a text."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk at the folder of the test."""
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, capsys)


def verdict_of(run: Run, rule: str) -> str:
    """Return the verdict of a rule in a JSON report."""
    return next(str(finding["verdict"]) for finding in json.loads(run.out)["findings"] if finding["rule"] == rule)


# --- Exit codes ----------------------------------------------------------------------------------------------------


def test_faults_end_with_1(desk: Desk) -> None:
    """A finding at the level ends with 1, and the report comes on standard output alone."""
    run = desk(desk.file("achat.json", FAULTY))
    assert (run.code, run.err) == (1, "")
    assert "NON CONFORME" in run.out
    assert "clause-sociale-seuils-ue" in run.out


def test_nothing_at_the_level_ends_with_0(desk: Desk) -> None:
    """Doubts are no faults."""
    run = desk(desk.file("achat.json", UNDECIDED))
    assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize(
    ("level", "faulty", "undecided"),
    [
        ("jamais", 0, 0),
        ("bloquante", 0, 0),
        ("majeure", 1, 0),
        ("mineure", 1, 0),
        ("non_conforme", 1, 0),
        ("a_verifier", 1, 1),
        ("opportunite", 1, 1),
    ],
)
def test_levels(desk: Desk, level: str, faulty: int, undecided: int) -> None:
    """``--echec-si`` chooses what ends with 1."""
    paths = desk.file("a.json", FAULTY), desk.file("b.json", UNDECIDED)
    codes = [desk(path, "--echec-si", level, "--silencieux").code for path in paths]
    assert codes == [faulty, undecided]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["achat.json", "--set", "typ=services"], "« typ » n'est pas un fait connu. Vouliez-vous dire « type » ?"),
        (["achat.json", "--set", "type"], "écrire nom=valeur"),
        (["achat.json", "--set", "type=servces"], "vouliez-vous dire « services » ?"),
        (["achat.json", "--set", "valeur_estimee_ht=-3"], "un montant ne peut pas être négatif"),
        (["achat.json", "--date", "2026-02-30"], "« 2026-02-30 » n'est pas une date"),
        (["achat.json", "--fromat", "json"], "Vouliez-vous dire --format ?"),
        (["achat.json", "--format", "xml"], "choisir parmi texte, json"),
        (["achat.json", "--echec-si", "grave"], "choisir parmi jamais, bloquante"),
        (["achat.json", "--acheteur", "absent.yaml"], "fichier introuvable"),
        (["achat.json", "--pack", "absent.yaml"], "fichier introuvable"),
        (["achat.json", "--format"], "attend une valeur"),
        (["achat.json", "--sortie", "nulle/part.txt"], "écriture impossible"),
        (["--silencieux"], "Il manque"),
        (["expliquer", "spaser-adption"], "Vouliez-vous dire « spaser-adoption » ?"),
        (["expliquer"], "Il manque"),
        (["regles", "--theme", "reservations"], "Vouliez-vous dire « reservation » ?"),
        (["schema", "rapports"], "choisir parmi description, rapport"),
        (["seuils", "en", "trop"], "Voir : achats-check seuils --help"),
    ],
)
def test_misuse_ends_with_2(desk: Desk, words: list[str], told: str) -> None:
    """A wrong option, name or value is one French sentence on standard error."""
    desk.file("achat.json", FAULTY)
    run = desk(*words)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert run.err.startswith("achats-check : ")
    assert len(run.err.strip().splitlines()) == 1


def test_unreadable_input_ends_with_3(desk: Desk) -> None:
    """A file that cannot be read is told, with what to do."""
    run = desk("absent.pdf")
    assert (run.code, run.out) == (3, "")
    assert run.err.count("\n") == 1
    assert "absent.pdf : Le fichier n'existe pas. Vérifier le chemin" in run.err


def test_broken_rules_end_with_3(desk: Desk) -> None:
    """A rule file at fault stops the check, with its line."""
    run = desk(desk.file("achat.json", FAULTY), "--pack", desk.file("nos-regles.yaml", PACK.replace("titre:", "titr:")))
    assert (run.code, run.out) == (3, "")
    assert "nos-regles.yaml:" in run.err
    assert "clé inconnue « titr ». Vouliez-vous dire « titre » ?" in run.err


def test_nothing_to_check_ends_with_4(desk: Desk) -> None:
    """An empty folder holds nothing to judge."""
    (desk.folder / "vide").mkdir()
    run = desk("vide")
    assert (run.code, run.out) == (4, "")
    assert "Aucun fichier à vérifier" in run.err


def test_an_unreadable_piece_outranks_an_empty_folder(desk: Desk) -> None:
    """Of two troubles, the code is that of the one somebody must mend."""
    (desk.folder / "vide").mkdir()
    for order in (("vide", "casse.json"), ("casse.json", "vide")):
        desk.file("casse.json", "{")
        assert desk(*order, "--silencieux").code == 3


def test_one_broken_file_does_not_lose_the_others(desk: Desk) -> None:
    """The sound files are reported, the broken ones told, and the code is 3."""
    paths = [desk.file("un.json", FAULTY), desk.file("deux.json", '{"objet":'), desk.file("trois.json", UNDECIDED)]
    run = desk(*paths, "absent.docx")
    assert run.code == 3
    assert "Nettoyage des locaux" in run.out
    assert "trois.json" in run.out
    assert "deux.json" in run.err
    assert "absent.docx" in run.err


# --- Options -------------------------------------------------------------------------------------------------------


def test_report_in_a_file(desk: Desk) -> None:
    """``--sortie`` writes the report, without colours, and nothing on standard output."""
    run = desk(desk.file("achat.json", FAULTY), "--sortie", "rapport.txt")
    text = (desk.folder / "rapport.txt").read_text(encoding="utf-8")
    assert (run.code, run.out) == (1, "")
    assert "NON CONFORME" in text
    assert "\x1b" not in text


def test_one_json_report_is_an_object(desk: Desk) -> None:
    """``--format json`` follows the published schema."""
    run = desk(desk.file("achat.json", FAULTY), "--format", "json")
    data = json.loads(run.out)
    jsonschema.Draft202012Validator(report_schema()).validate(data)
    assert run.code == 1
    assert verdict_of(run, "prix-seul-interdit") == "non_conforme"


def test_several_json_reports_are_an_array(desk: Desk) -> None:
    """Several dossiers give an array, in the order of the arguments."""
    paths = [desk.file("b.json", UNDECIDED), desk.file("a.json", FAULTY)]
    run = desk(*paths, "--format", "json", "--sortie", "rapports.json")
    data = json.loads((desk.folder / "rapports.json").read_text(encoding="utf-8"))
    assert [report["inputs"][0]["path"] for report in data] == [str(path) for path in paths]
    assert (run.code, run.out) == (1, "")


def test_quiet_writes_nothing_on_standard_output(desk: Desk) -> None:
    """``--silencieux`` leaves the exit code, and errors on standard error."""
    assert desk(desk.file("achat.json", FAULTY), "--silencieux") == Run(1, "", "")
    run = desk("absent.pdf", "--silencieux")
    assert (run.code, run.out) == (3, "")
    assert "absent.pdf" in run.err


def test_everything(desk: Desk) -> None:
    """``--tout`` unfolds what the short report counts."""
    path = desk.file("achat.json", FAULTY)
    short, long = desk(path).out, desk(path, "--tout").out
    assert len(long) > 2 * len(short)
    assert "achat-innovant-plafond" in long
    assert "achat-innovant-plafond" not in short


def test_date(desk: Desk) -> None:
    """``--date`` chooses the law of the day, over what the description says."""
    path = desk.file("achat.json", FAULTY)
    assert verdict_of(desk(path, "--format", "json"), "prix-seul-interdit") == "non_conforme"
    eve = desk(path, "--format", "json", "--date", "2026-08-20")
    assert verdict_of(eve, "prix-seul-interdit") == "sans_objet"
    assert json.loads(eve.out)["law_day"]["date"] == "2026-08-20"


def test_set_outranks_the_description(desk: Desk) -> None:
    """``--set`` completes and corrects, as many times as needed."""
    path = desk.file("achat.json", FAULTY)
    words = [
        "--set",
        "social.derogation_motif=lien_insuffisant",
        "--set",
        "valeur_estimee_ht=1,2 M€",
        "--format",
        "json",
    ]
    run = desk(path, *words)
    assert verdict_of(run, "clause-sociale-seuils-ue") == "conforme"
    facts = {fact["name"]: fact for fact in json.loads(run.out)["facts"]}
    assert float(facts["valeur_estimee_ht"]["value"]) == 1_200_000
    assert facts["valeur_estimee_ht"]["origin"] == "declared"


def test_buyer_profile(desk: Desk) -> None:
    """``--acheteur`` gives what the pieces of a tender never say."""
    profile = desk.file("region.yaml", "categorie: region\nachats_annuels_ht: 320 M€\nspaser: {adopte: non}\n")
    path = desk.file("achat.json", UNDECIDED)
    words = [path, "--format", "json"]
    assert verdict_of(desk(*words), "spaser-adoption") == "a_verifier"
    assert verdict_of(desk(*words, "--acheteur", profile), "spaser-adoption") == "non_conforme"


def test_house_rules(desk: Desk) -> None:
    """``--pack`` adds a rule of the house, everywhere rules are used."""
    pack = desk.file("nos-regles.yaml", PACK)
    path = desk.file("achat.json", {**UNDECIDED, "duree_mois": 36})
    run = desk(path, "--pack", pack)
    assert run.code == 1
    assert "36 mois : la délibération n'en permet que vingt-quatre." in run.out
    assert "Pas plus de deux ans chez nous" in desk("expliquer", "maison-duree", "--pack", pack).out
    assert "maison-duree" in desk("regles", "--pack", pack, "--theme", "procedures").out


def test_side_file(desk: Desk) -> None:
    """``achats-check.yaml`` beside a file completes it, and is no piece of a folder."""
    path = desk.file("dossier/achat.json", FAULTY)
    desk.file("dossier/achats-check.yaml", "social:\n  derogation_motif: lien_insuffisant\n")
    for given in (path, path.parent):
        run = desk(given, "--format", "json")
        assert verdict_of(run, "clause-sociale-seuils-ue") == "conforme"
        assert [piece["path"] for piece in json.loads(run.out)["inputs"]] == [str(path)]


def test_a_folder_is_one_dossier(desk: Desk) -> None:
    """The files of a folder are pieces of one consultation; so are files given ``--ensemble``."""
    paths = [desk.file("d/a.json", {"objet": "Tonte"}), desk.file("d/b.yaml", "duree_mois: 12\ntype: services\n")]
    desk.file("d/.cache", "x")
    desk.file("d/~$a.docx", "x")
    for words in (["d"], ["--ensemble", *paths]):
        data = json.loads(desk(*words, "--format", "json").out)
        assert {fact["name"] for fact in data["facts"] if fact["origin"] == "declared"} >= {
            "objet",
            "duree_mois",
            "type",
        }
        assert len(data["inputs"]) == 2
    assert len(json.loads(desk(*paths, "--format", "json").out)) == 2


@pytest.mark.parametrize("width", [50, 80])
def test_narrow_terminal(desk: Desk, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """No line is wider than the terminal, in any report."""
    monkeypatch.setenv("COLUMNS", str(width))
    path = desk.file("achat.json", FAULTY)
    for words in ([path, "--tout"], ["seuils"], ["regles"], ["expliquer", "spaser-adoption"], ["faits", path]):
        wide = [line for line in desk(*words).out.splitlines() if len(line) > width]
        assert wide == [], words[0]


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colours(desk: Desk, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool) -> None:
    """A terminal gets colours, unless it or the user wants none."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    run = desk(desk.file("achat.json", FAULTY))
    assert ("\x1b[" in run.out) == coloured


# --- Commands ------------------------------------------------------------------------------------------------------


def test_figures_of_september_2021(desk: Desk) -> None:
    """On the day of the kit, its figure is the law's."""
    out = desk("seuils", "--date", "2021-09-01").out
    assert "droit en vigueur le 1er septembre 2021" in out
    section = block(out, "[dispense.montant]")
    assert "moins de 40 000 € HT" in section
    assert "chiffre cité par le kit : 40 000 € HT (fiche n°11, p. 22)" in section


def test_figures_of_today(desk: Desk) -> None:
    """Today the law's figure stands beside the kit's, and the study's 100 M€ beside the 50 M€ of the law."""
    out = desk("seuils", "--date", "2026-11-21").out
    section = block(out, "[dispense.montant]")
    assert "moins de 60 000 € HT" in section
    assert "chiffre cité par le kit : 40 000 € HT" in section
    section = block(out, "[spaser.achats_annuels]")
    assert "plus de 50 000 000 €" in section
    assert "l'étude Territoires urbains : 100 000 000 €" in section


def block(out: str, title: str) -> str:
    """Return the paragraph that holds a title, on one line."""
    return " ".join(next(part for part in out.split("\n\n") if title in part).split())


def test_page_of_a_rule(desk: Desk) -> None:
    """``expliquer`` gives the law with its dates, the kit, the silence, what to do and examples."""
    out = desk("expliquer", "clause-sociale-seuils-ue", "--date", "2026-10-01").out
    for words in ("Pourquoi", "CCP, art. L2112-2-1", "22/08/2026", "fiche n°11", "silence", "Que faire", "Exemples"):
        assert words in out


def test_list_of_rules(desk: Desk) -> None:
    """``regles`` lists a theme, on a day."""
    today = desk("regles", "--theme", "reservation", "--date", "2026-10-01").out
    before = desk("regles", "--theme", "reservation", "--date", "2014-01-01").out
    assert "reservation-ess-duree" in today
    assert "spaser-adoption" not in today
    assert len(before) < len(today)


def test_rules_can_be_tested(desk: Desk) -> None:
    """``regles --tester`` plays every example of a pack too, and tells those that fail."""
    good = desk.file("bon.yaml", PACK)
    assert "tous donnent le verdict attendu" in desk("regles", "--tester", "--pack", good).out
    bad = desk(
        "regles", "--tester", "--pack", desk.file("faux.yaml", PACK.replace("duree_mois: 25}", "duree_mois: 24}"))
    )
    assert bad.code == 3
    assert "exemple « un mois de trop » : attendu non_conforme, obtenu conforme" in bad.err


def test_facts(desk: Desk) -> None:
    """``faits`` shows what was read or declared, with where, and judges nothing."""
    run = desk("faits", desk.file("achat.json", FAULTY), "--set", "duree_mois=48")
    assert run.code == 0
    assert "valeur_estimee_ht" in run.out
    assert "/valeur_estimee_ht" in run.out
    assert "48 mois" in run.out
    assert "NON CONFORME" not in run.out
    assert desk("faits", "absent.pdf").code == 3


def test_facts_for_programs(desk: Desk) -> None:
    """``faits --format json`` gives the same facts as the report, without its findings."""
    path = desk.file("achat.json", FAULTY)
    facts, report = (json.loads(desk(*words, path, "--format", "json").out) for words in (["faits"], []))
    assert list(facts) == ["schema_version", "inputs", "facts"]
    assert facts["facts"] == report["facts"]
    assert facts["inputs"] == report["inputs"]


def test_schemas(desk: Desk) -> None:
    """``schema`` gives two JSON Schemas that hold what is checked."""
    for what, data in (("description", FAULTY), ("rapport", None)):
        schema = json.loads(desk("schema", what).out)
        jsonschema.Draft202012Validator.check_schema(schema)
        if data:
            jsonschema.Draft202012Validator(schema).validate(data)


def test_version_and_help(desk: Desk) -> None:
    """``--help`` is in French and gives the exit codes."""
    assert desk("--version").out.startswith("achats-check ")
    run = desk("--help")
    assert run.code == 0
    for words in ("Usage : ", "Exemples", "Codes de sortie", "--echec-si", "expliquer"):
        assert words in run.out


def test_no_argument_shows_the_help(desk: Desk) -> None:
    """The bare command says how to use it."""
    run = desk()
    assert run.code == 2
    assert run.err.startswith("Usage : achats-check FICHIER…")
    assert "Exemples" in run.err


# --- In a process of its own -----------------------------------------------------------------------------------------


def test_as_a_process(desk: Desk) -> None:
    """``python -m achats_check`` ends with the code, and writes UTF-8 even where the locale does not."""
    path = desk.file("achat.json", FAULTY)
    environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "achats_check", str(path)], capture_output=True, env=environment, cwd=ROOT, timeout=60
    )
    assert done.returncode == 1
    assert "NON CONFORME" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_a_closed_pipe_is_no_crash(desk: Desk) -> None:
    """A reader that stops reading gets no traceback."""
    path = desk.file("achat.json", FAULTY)
    command = f"'{sys.executable}' -m achats_check '{path}' --tout | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=ROOT, timeout=60)
    assert b"Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_yaml_description(desk: Desk) -> None:
    """A YAML description is judged as the JSON one."""
    text = yaml.safe_dump(FAULTY, allow_unicode=True)
    run = desk(desk.file("achat.yaml", text), "--format", "json")
    assert verdict_of(run, "prix-seul-interdit") == "non_conforme"
