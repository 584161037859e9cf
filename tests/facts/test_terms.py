"""What says the structured facts, as data: what a jurist may write, what is refused, what the examples prove."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from facts_builders import naming, piece, terms, vocabulary

from achats_check.errors import RuleFileError
from achats_check.facts.candidate import Candidate
from achats_check.facts.extract import extract
from achats_check.facts.structure import read_structure
from achats_check.facts.structure.buyer_names import category_of
from achats_check.facts.terms import Term, Terms, from_plain, held, load_terms, opening
from achats_check.facts.terms_loading import FILES
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE, Scope
from achats_check.resources import rules_root
from achats_check.rules import load_rules
from achats_check.yaml_source import load_file

FOLDER = rules_root() / "lexique" / "structure"
TYPE = """\
  - valeur: procedure_adaptee
    motifs: [procedure a la bonne franquette]
    exemples: [Procédure à la bonne franquette]
    contre_exemples: [Procédure]
"""


def changed(folder: Path, name: str, old: str, new: str) -> Terms:
    """Load the shipped files, one of them with a passage changed."""
    shutil.copytree(FOLDER, folder / "lexique" / "structure")
    path = folder / "lexique" / "structure" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_terms(folder, vocabulary())


BAD = [
    ("valeur: procedure_adaptee", "valeur: procedure_douce", "5:5: « valeur » : une valeur de procedure.type est att"),
    ("    motifs: [procedure a la bonne franquette]\n", "", "« types » : aucun motif"),
    ("motifs: [procedure a", "motif: [procedure a", "clé inconnue « motif » (admises : valeur, motifs"),
    ("[procedure a la bonne franquette]", "[Procédure]", "un motif s'écrit en minuscules sans accent"),
    ("[procedure a la bonne franquette]", "['.{0,3}']", "aucun mot fixe d'au moins 3 lettres n'annonce ce motif"),
    ("    exemples: [Procédure à la bonne franquette]\n", "", "« types » : il manque exemples"),
    ("    contre_exemples: [Procédure]\n", "", "« types » : il manque contre_exemples"),
    ("[Procédure à la bonne franquette]", "[MAPA]", "« MAPA » : procedure_adaptee attendu, rien reconnu"),
    ("[Procédure à la bonne franquette]", "[Procédure à la bonne franquette au lieu de MAPA]", "pris pour un leurre ("),
    ("franquette]\n    e", "franquette, a la bonne heure]\n    e", "aucun exemple de « types » ne le montre"),
    (
        "contre_exemples: [Procédure]",
        "contre_exemples: [Procédure à la bonne franquette]",
        "procedure_adaptee : contre-",
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), BAD)
def test_a_bad_term_is_refused_in_french(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Each mistake has its line, its column and its sentence."""
    with pytest.raises(RuleFileError) as caught:
        changed(tmp_path, "procedure", "types:\n", f"types:\n{TYPE.replace(old, new)}")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("types:", "sortes:", "clé inconnue « sortes » (admises : types, formulaires"),
        ("leurres:\n  - raison: autre", "leurres:\n  - motif: autre", "un leurre dit sa raison"),
        ("exemples: [Ouverte, Procédure ouverte]", "exemples: [Ouverte, Procédure]", "« Procédure » : appel_offres_ou"),
    ],
)
def test_a_bad_file_is_refused_in_french(tmp_path: Path, old: str, new: str, message: str) -> None:
    """Rubrics are known ones, decoys say why, what opens a text is tried from its start."""
    with pytest.raises(RuleFileError) as caught:
        changed(tmp_path, "procedure", old, new)
    assert message in str(caught.value)


@pytest.mark.parametrize("confidence", ["", "confiance: 2", "confiance: forte"])
def test_a_confidence_is_a_share(tmp_path: Path, confidence: str) -> None:
    """Where a term says how sure it is, it must, between 0 and 1."""
    with pytest.raises(RuleFileError, match="« confiance » : un nombre entre 0 et 1"):
        changed(tmp_path, "nature", "    confiance: 0.82\n", f"    {confidence}\n" if confidence else "")


def test_every_rubric_is_required(tmp_path: Path) -> None:
    """A file without one of its rubrics is not read as one that says nothing."""
    shutil.copytree(FOLDER, tmp_path / "lexique" / "structure")
    (tmp_path / "lexique" / "structure" / "procedure.yaml").write_text("{}\n", encoding="utf-8")
    with pytest.raises(RuleFileError, match="1:1: il manque : types"):
        load_terms(tmp_path, vocabulary())


def test_a_jurist_adds_a_procedure_and_its_decoy(tmp_path: Path) -> None:
    """A new way to say a procedure is a line of the file, and so is what looks like it."""
    mine = changed(tmp_path, "procedure", "types:\n", f"types:\n{TYPE}")
    text = "La consultation est passée selon une procédure à la bonne franquette."
    for said, known in ((text, "procedure_adaptee"), (text.replace("passée", "similaires"), None)):
        fact = extract([piece(said)], vocabulary(), naming(), mine)[1].get("procedure.type", MARCHE)
        assert fact is not None
        assert fact.value == known
    fact = extract([piece(text)], vocabulary(), naming(), terms())[1].get("procedure.type", MARCHE)
    assert fact is not None
    assert fact.value is None


TOLD = [
    ("procedure", "types", "procedure.type"),
    ("nature", "types", "type"),
    ("forme", "formes", "forme"),
    ("forme", "marche_global", "marche_global"),
    ("forme", "marche_subsequent", "marche_subsequent"),
    ("variantes", "phrases", "variantes"),
    ("lots", "alloti", "alloti"),
]


def _examples() -> list[tuple[str, object, str]]:
    """Every example of what is looked for in whole pieces, with its fact and its value."""
    found: Any = {name: load_file(FOLDER / f"{name}.yaml") for name, _, _ in TOLD}
    return [
        (fact, term["valeur"], text)
        for name, rubric, fact in TOLD
        for term in found[name][rubric]
        for text in term["exemples"]
    ]


@pytest.mark.parametrize(("fact", "value", "text"), _examples())
def test_a_piece_that_says_so_has_the_fact(fact: str, value: object, text: str) -> None:
    """The examples hold for whole pieces, through what finds the paragraphs, not for the patterns alone."""
    found = [*read_structure(Reading(piece(text)), terms())]
    assert (fact, value) in {(item.name, item.value) for item in found if isinstance(item, Candidate)}


ADDED = [
    ("valeur", "leurres:\n", "montant d'un lot de consolation", "lot de consolation"),
    ("nature", "leurres:\n", "contrat d'un voisin", "marche du voisin"),
    ("forme", "leurres:\n", "contrat d'un voisin", "accord-cadre du voisin"),
    ("reconductions", "jamais:\n", "contrat qui n'est pas reconduit", "reconduction exclue d'avance"),
    ("duree", "leurres:\n", "prêt d'un matériel", "pret de la benne"),
    ("objet", "ouvertures:\n", "effarouchement", "effarouchement"),
    ("procedure", "citations:\n", "ce que l'acheteur a fait avant", "l'an passe"),
]
SAID = {
    "valeur": ("Le montant maximal du lot de consolation est de 90 000 € HT.", "valeur_maximale_ht", 90_000, None),
    "nature": ("Marché public de travaux, comme le marché du voisin", "type", "travaux", None),
    "forme": ("Accord-cadre à bons de commande, et l'accord-cadre du voisin", "forme", "accord_cadre", None),
    "reconductions": (
        "Le marché est conclu pour une durée de 12 mois, reconductible deux fois ; reconduction exclue d'avance.",
        "duree_mois",
        36,
        12,
    ),
    "duree": ("Le marché, avec le prêt de la benne, est conclu pour une durée de 12 mois.", "duree_mois", 12, None),
    "objet": (
        "VILLE DE VALOMBRE\nEffarouchement des oiseaux du canal",
        "objet",
        None,
        "Effarouchement des oiseaux du canal",
    ),
    "procedure": (
        "La consultation, l'an passé, était passée en appel d'offres ouvert.",
        "procedure.type",
        "appel_offres_ouvert",
        None,
    ),
}


@pytest.mark.parametrize(("name", "rubric", "reason", "words"), ADDED)
def test_a_jurist_adds_what_looks_like_a_fact(tmp_path: Path, name: str, rubric: str, reason: str, words: str) -> None:
    """One line in the file of a subject changes what is read."""
    line = f"  - {{raison: {reason}, motifs: [{words}], exemples: [{words}], contre_exemples: [Rien]}}\n"
    text, fact, before, after = SAID[name]
    mine = changed(tmp_path, name, rubric, rubric + line)
    for known, value in ((terms(), before), (mine, after)):
        found = extract([piece(text)], vocabulary(), naming(), known)[1].get(fact, MARCHE)
        assert found is not None
        assert found.value == value


def test_a_jurist_adds_a_kind_of_buyer(tmp_path: Path) -> None:
    """A category of the file is read in pieces, and in notices and tables of contracts by the same words."""
    line = "  - {valeur: epic_etat, motifs: [comptoir], exemples: [Comptoir des sels], contre_exemples: [Comptes]}\n"
    mine = changed(tmp_path, "acheteur", "categories:\n", "categories:\n" + line)
    for known, value in ((terms(), None), (mine, "epic_etat")):
        told = extract([piece("Acheteur : Comptoir des sels")], vocabulary(), naming(), known)[1]
        found = told.get("acheteur.categorie", Scope("acheteur", ""))
        assert (found.value if found else None) == value
        assert category_of("comptoir des sels", known["acheteur"]) == value


def test_a_term_may_need_others_beside_it() -> None:
    """ "avec" names what the same text must say, before or after."""
    term = Term("services", "mission", (), beside="marche|ccap")
    assert term.search("une mission") is None
    assert [bool(term.search(text)) for text in ("marche : mission", "mission du ccap", "marche")] == [
        True,
        True,
        False,
    ]


def test_terms_come_back_from_the_cache_as_they_went() -> None:
    """What the rules keep is the same terms, and no class of its own is stored."""
    kept = load_rules().terms
    assert from_plain(kept) == terms()
    assert {type(part) for _, rubrics in kept for _, found in rubrics for part in found} == {tuple}


def test_every_file_is_read() -> None:
    """A file that nobody declared would be written in vain."""
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(FILES)


def test_the_first_term_wins() -> None:
    """The order of the file settles which of two terms that match tells the value."""
    both = (Term("a", "lot unique", ()), Term("b", "lot", ()))
    assert (held(both, "le lot unique"), held(both, "un lot"), held(both, "rien")) == ("a", "b", None)
    assert (opening(both, "lot unique"), opening(both, "un lot"), opening(both, "un lot", 3)) == ("a", None, "b")


_CEILING = "La durée du marché est de 4 ans. Montant maximum {} : 10 000 € HT."
GROWN = [
    ("criteres", "annonces", "bareme retenu", "Barème retenu :\nQualité : 40 %\nPrix : 60 %", "criteres", None, 2),
    (
        "criteres",
        "prix_seul",
        "jugement au moindre prix",
        "Le jugement au moindre prix s'applique.",
        "criteres",
        None,
        1,
    ),
    (
        "valeur",
        "annuel",
        "par douzaine de mois",
        _CEILING.format("par douzaine de mois"),
        "valeur_maximale_ht",
        10_000,
        40_000,
    ),
    ("valeur", "sans_maximum", "maximum neant", "Montant maximum néant.", "accord_cadre.maximum_fixe", None, False),
    ("lots", "compte", "bouquet de {nombre}lots", "Un bouquet de quatre (4) lots.", "nombre_lots", None, 4),
    ("lots", "generalites", "lot des communs", "Lot 1 : Lot des communs\nLot 2 : Peinture", "nombre_lots", 2, None),
]
"""A file, a rubric, a pattern added to it, and what a piece says without and with it; a list tells its length."""


@pytest.mark.parametrize(("name", "rubric", "words", "text", "fact", "before", "after"), GROWN)
def test_a_jurist_adds_a_wording(
    tmp_path: Path, name: str, rubric: str, words: str, text: str, fact: str, before: object, after: object
) -> None:
    """What announces criteria, tells a year, a ceiling or a count of lots is a line of a file."""
    shown = words.replace("{nombre}", "deux ")
    line = f"  - {{raison: ajout, motifs: ['{words}'], exemples: [{shown}], contre_exemples: [Rien]}}\n"
    mine = changed(tmp_path, name, f"\n{rubric}:\n", f"\n{rubric}:\n{line}")
    for known, value in ((terms(), before), (mine, after)):
        found = extract([piece(text)], vocabulary(), naming(), known)[1].get(fact, MARCHE)
        assert found is not None or value is None
        told = None if found is None else found.value
        assert (len(told) if isinstance(told, tuple) else told) == value


def test_a_jurist_adds_a_nature_of_criterion(tmp_path: Path) -> None:
    """A green name nobody had met is a line of the file, and the first nature that has it wins."""
    shown = "motifs: [prix des abeilles], exemples: [Prix des abeilles], contre_exemples: [Prix]"
    line = f"  - {{valeur: environnemental, {shown}}}\n"
    mine = changed(tmp_path, "criteres", "\nnatures:\n", f"\nnatures:\n{line}")
    text = "Critères pondérés :\nPrix : 60 %\nQualité : 30 %\nPrix des abeilles : 10 %"
    for known, value in ((terms(), False), (mine, True)):
        found = extract([piece(text)], vocabulary(), naming(), known)[1].get("environnement.critere", MARCHE)
        assert (found.value if found else None) == value
    late = line.replace("abeilles", "guepes").replace("environnemental", "delai")
    with pytest.raises(RuleFileError, match="« Prix des guepes » : delai attendu, prix reconnu"):
        changed(
            tmp_path / "late", "criteres", "    contre_exemples: [Couleur]\n", f"    contre_exemples: [Couleur]\n{late}"
        )
