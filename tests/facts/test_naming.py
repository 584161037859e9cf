"""How pieces are named, as data: what a jurist may write, what is refused, what the examples prove."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from facts_builders import naming, piece, terms, vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.errors import RuleFileError
from achats_check.facts.extract import extract
from achats_check.facts.roles import expected, with_role
from achats_check.facts.roles.naming import Naming, Wording, load_naming
from achats_check.facts.roles.title import named_by_title
from achats_check.facts.text import fold
from achats_check.model.document import ROLES
from achats_check.resources import rules_root
from achats_check.rules import load_rules
from achats_check.yaml_source import load_file

FILE = rules_root() / "lexique" / "noms" / "pieces.yaml"
TAIL = """\
annexe:
  motifs: [^annexe\\b]
  exemples: [Annexe 1]
  contre_exemples: [Note]
  avec_la_piece: [et ses annexes]
  administratives: [penalit]
contrat:
  {motifs: [^contrat$], exemples: [Contrat], contre_exemples: [Note], valant: [valant contrat], parties: [convenu]}
debuts_de_titre: [cahier]
tous_les_lots: [tous les lots]
"""


def loaded(folder: Path, roles: str, tail: str = TAIL) -> Naming:
    """Load a file made of the names of one role and of what any file needs."""
    (folder / "lexique" / "noms").mkdir(parents=True)
    path = folder / "lexique" / "noms" / "pieces.yaml"
    path.write_text(f"roles:\n  {roles}{tail}", encoding="utf-8")
    return load_naming(folder)


def titles(*lines: str) -> str:
    """The names of the RC: its titles, from the lines of this part."""
    return "RC:\n    intitules:\n" + "".join(f"      {line}\n" for line in lines)


SHOWN = ("exemples: [Règlement]", "contre_exemples: [Règle]")
BAD = [
    (titles("motifs: [Reglement]", *SHOWN), "4:16: motif « Reglement » : un motif s'écrit en minuscules sans accent"),
    (titles("motifs: ['reglement (']", *SHOWN), "4:16: motif « reglement ( » : motif illisible"),
    (titles("motifs: ['(?:ab+)+']", *SHOWN), "répétition sans borne"),
    (titles("motifs: [[reglement]]", *SHOWN), "4:16: un motif est un texte (entre apostrophes"),
    (titles("motifs: [reglement]", "exemples: [Règlement]"), "« RC » : il manque contre_exemples"),
    (titles("motifs: [reglement]", "contre_exemples: [Règle]"), "« RC » : il manque exemples"),
    (titles("motif: [reglement]", *SHOWN), "4:7: clé inconnue « motif » (admises : motifs, sigles"),
    (titles("sigles: [R.C.]", *SHOWN), "4:16: sigle « R.C. » : deux à huit lettres minuscules, sans point"),
    (titles("motifs: [reglement]", "leurres: [{motifs: [interieur]}]", *SHOWN), "5:17: un leurre dit sa raison"),
    (titles("motifs: [reglement]", "leurres: [interieur]", *SHOWN), "5:17: un leurre : des clés sont attendues"),
    (
        titles("motifs: [reglement]", "exemples: [Acte]", "contre_exemples: [Règle]"),
        "5:18: « Acte » : RC attendu, rien reconnu",
    ),
    (
        titles("motifs: [reglement]", "exemples: [Règlement]", "contre_exemples: [Règlement de service]"),
        "6:25: « Règlement de service » est pris pour RC : contre-exemple",
    ),
    (
        titles("motifs: [reglement, regles du jeu]", *SHOWN),
        "4:27: motif « regles du jeu » : aucun exemple de « RC » ne le montre",
    ),
    (
        titles("motifs: [reglement]", "leurres: [{raison: r, motifs: [reglement de voirie]}]", *SHOWN),
        "leurre « reglement de voirie » : aucun contre-exemple de « RC » ne le montre",
    ),
    ("RC: {renvois: {motifs: [rc], exemples: [AE], contre_exemples: [CCP]}}\n", "« AE » : RC attendu, rien reconnu"),
    ("RC: {renvois: {motifs: [rc], exemples: [RC], contre_exemples: [RC]}}\n", "« RC » est pris pour RC : contre-exem"),
    ("RCC: {}\n", "2:3: pièce « RCC » inconnue (admises : "),
    ("RC: []\n", "2:3: « RC » : des clés sont attendues (intitules, noms_de_fichier"),
    ("RC: {rubriques: [Critères]}\n", "« Critères » s'écrit en minuscules sans accent"),
]


@pytest.mark.parametrize(("roles", "message"), BAD)
def test_a_bad_file_is_refused_in_french(tmp_path: Path, roles: str, message: str) -> None:
    """Each mistake has its line, its column and its sentence."""
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, roles)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("tail", "message"),
    [
        ("", "1:1: il manque : annexe, contrat, debuts_de_titre, tous_les_lots"),
        (TAIL.replace("debuts_de_titre: [cahier]", "debuts_de_titre: []"), "la clé « debuts_de_titre » manque"),
        (TAIL.replace("  administratives: [penalit]\n", ""), "la clé « administratives » manque"),
        (TAIL.replace("exemples: [Annexe 1]", "exemples: [Note]", 1), "« Note » : le titre d'une pièce « annexe »"),
    ],
)
def test_a_file_without_a_part_is_refused(tmp_path: Path, tail: str, message: str) -> None:
    """What every file needs is asked for."""
    with pytest.raises(RuleFileError) as caught:
        loaded(tmp_path, titles("motifs: [reglement]", *SHOWN), tail)
    assert message in str(caught.value)


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    """A list is told as such, with what is expected."""
    (tmp_path / "lexique" / "noms").mkdir(parents=True)
    (tmp_path / "lexique" / "noms" / "pieces.yaml").write_text("- RC\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="des clés sont attendues"):
        load_naming(tmp_path)


def test_a_jurist_adds_a_name_and_its_decoy(tmp_path: Path) -> None:
    """A new way to name a piece is a line of the file, and so is what looks like it."""
    mine = loaded(
        tmp_path,
        titles(
            "motifs: [regles du jeu]",
            "leurres: [{raison: jeu de société, motifs: [jeu de l'oie]}]",
            "exemples: [Règles du jeu]",
            "contre_exemples: [Règles du jeu de l'oie]",
        ),
    )
    assert with_role(piece("Règles du jeu", "AUTRE", "x.pdf"), mine).role == "RC"
    assert with_role(piece("Règles du jeu de l'oie", "AUTRE", "x.pdf"), mine).role == "AUTRE"
    assert with_role(piece("Règlement de la consultation", "AUTRE", "x.pdf"), mine).role == "AUTRE"


def test_a_jurist_adds_how_a_piece_is_cited(tmp_path: Path) -> None:
    """An article that another piece is said to have, under a name of its own, is looked for there."""
    names = "RC: {renvois: {motifs: [guide du jeu], exemples: [Guide du jeu], contre_exemples: [Règlement]}}\n"
    rules = "\n".join(f"# {rank} Titre {rank}\nTexte." for rank in range(1, 8))
    pieces = [piece(rules, "RC"), piece("Comme le dit l'article 12 du guide du jeu.", "CCAP")]
    found = {}
    for key, known in (("shipped", naming()), ("mine", loaded(tmp_path, names))):
        fact = extract(pieces, vocabulary(), known, terms())[1].get("pieces.renvois_valides")
        found[key] = fact and fact.value
    assert found["shipped"] is not False
    assert found["mine"] is False


def test_names_come_back_from_the_cache_as_they_went() -> None:
    """What the rules keep is the same names, and no class of its own is stored."""
    kept = load_rules().naming
    assert Naming.from_plain(kept) == naming()
    assert type(kept) is tuple
    assert {type(part) for part in kept[0]} == {tuple}


def _motifs() -> list[tuple[str, str, str]]:
    """Every example of every role as shipped, with the part of the file it stands in."""
    roles: Any = load_file(FILE)["roles"]
    return [
        (role, part, text)
        for role, names in roles.items()
        for part in ("intitules", "noms_de_fichier")
        for text in names.get(part, {}).get("exemples", ())
    ]


@pytest.mark.parametrize(("role", "part", "text"), _motifs())
def test_a_piece_so_named_has_its_role(role: str, part: str, text: str) -> None:
    """The examples hold for whole pieces, not for the patterns alone."""
    if part == "intitules":
        found = with_role(piece(f"Ville d'Exemple\n{text}\nEntretien des parcs", "AUTRE", "x.pdf"), naming())
    else:
        found = expected(text, naming())
    short = text == "Cahier des charges"  # without any administrative clause, it is the technical piece
    assert ("CCTP" if short else role) in (found.role, *found.also)


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from([text for _, _, text in _motifs()] + [" et ", " - ", "annexe 1", "valant"]), max_size=5)
)
def test_any_words_are_named_or_not_without_trouble(words: list[str]) -> None:
    """Whatever names stand together, one piece at most is told, and it is a known one."""
    text = " ".join(fold(" ".join(words)).split())
    named = named_by_title(text, naming())
    assert named is None or {named.role, *named.also, named.annex_of} <= {*ROLES, ""}


def test_a_decoy_silences_what_it_overlaps_only() -> None:
    """The same text may hold a decoy and, elsewhere, the name itself."""
    wording = Wording(r"\brc\b", "rc pro")
    assert [match.start() for match in wording.find("rc pro et rc")] == [10]
    assert wording.first("rc pro") is None
