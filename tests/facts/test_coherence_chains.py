"""Cross-references, clauses announced, penalties and annexes: what one piece promises and another must hold."""

from __future__ import annotations

import pytest
from coherence_builders import WHOLE, dossier, numbered, said, verdict
from facts_builders import naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.facts.roles import expected
from achats_check.model.fact import UNKNOWN

RENVOIS, CLAUSES = "pieces.renvois_valides", "pieces.clauses_annoncees_ecrites"
PENALITES, ANNEXES = "pieces.penalites_rattachees", "pieces.annexes_fournies"
CCAP_12 = numbered("Cahier des clauses administratives particulières", 12)


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("Les pénalités sont celles de l'article 15 du CCAP.", "15"),
        ("Les pénalités sont celles de l'article 15.2 du C.C.A.P.", "15.2"),
        ("Voir les articles 3 et 14 du cahier des clauses administratives particulières.", "14"),
        ("Dans les conditions de l'article 13 du CCAP et du CCTP.", "13"),
        ("Cf. art. 17 du CCAP.", "17"),
    ],
)
def test_a_reference_to_no_article_is_found(sentence: str, broken: str) -> None:
    """The number, the piece that cites it and where the numbering ends are said."""
    facts = dossier(RC=f"# 4 Pénalités\n{sentence}", CCAP=CCAP_12)
    assert verdict(facts, RENVOIS) is False
    assert f"l'article {broken} du CCAP, visé au RC (art. 4" in said(facts, "renvois").replace("\xa0", " ")
    assert "de 1 à 12" in said(facts, "renvois")


@pytest.mark.parametrize(
    "sentence",
    [
        "Les pénalités sont celles de l'article 9 du CCAP.",
        "L'article 15 du CCAG-FCS s'applique.",
        "L'article 20 du CCAG Travaux, complété par l'article 9 du CCAP, s'applique.",
        "En application de l'article 35 du code de la commande publique.",
        "Conformément à l'article L. 2113-10 du code de la commande publique et à l'article 9 du CCAP.",
        "Selon l'article 1er du CCAP.",
        "Les 15 articles du CCAP s'appliquent.",
        "L'article 14.1.2024 du CCAP-TIC de référence ne s'applique pas.",
        "L'article 9 du CCTP décrit les lots.",
        "L'article 17 du cahier des clauses administratives générales s'applique.",
    ],
)
def test_other_references_are_left_alone(sentence: str) -> None:
    """Articles that exist, articles of a law or of a CCAG, and pieces that were not supplied."""
    assert verdict(dossier(RC=f"# 4 Pénalités\n{sentence}", CCAP=CCAP_12), RENVOIS) is not False


def test_a_reference_inside_its_own_piece() -> None:
    """ "Ci-dessus" and "du présent document" aim at the piece itself."""
    ccap = numbered("CCAP", 12, a5="Voir l'article 18 ci-dessous.", a6="Voir l'article 19 du présent document.")
    facts = dossier(CCAP=ccap)
    assert verdict(facts, RENVOIS) is False
    assert "l'article 18 de la même pièce" in said(facts, "renvois")
    assert "l'article 19 de la même pièce" in said(facts, "renvois")


def test_sub_articles_need_brothers_to_be_missed() -> None:
    """7.3 is missing beside 7.1 and 7.2; where article 7 has no sub-articles, their numbering was not read."""
    with_subs = CCAP_12.replace("# 8 ", "# 7.1 Un\nTexte.\n# 7.2 Deux\nTexte.\n# 8 ")
    cited = "# 4 Suivi\nVoir l'article 7.3 du CCAP."
    assert verdict(dossier(RC=cited, CCAP=with_subs), RENVOIS) is False
    assert verdict(dossier(RC=cited, CCAP=CCAP_12), RENVOIS) is True


def test_articles_numbered_with_hyphens() -> None:
    """ "3-7" numbers an article as "3.7" does, and what is no number ends no check."""
    hyphens = CCAP_12.replace("# 8 ", "# 7-1 Un\nTexte.\n# 7-2 Deux\nTexte.\n# 8 ")
    assert verdict(dossier(RC="# 4 Suivi\nVoir l'article 7.2 du CCAP.", CCAP=hyphens), RENVOIS) is True
    assert verdict(dossier(RC="# 4 Suivi\nVoir l'article 7.3 du CCAP.", CCAP=hyphens), RENVOIS) is False
    strange = CCAP_12.replace("# 8 ", "# 3/7 Un\nTexte.\n# 7bis Deux\nTexte.\n# ² Trois\nTexte.\n# 8 ")
    assert verdict(dossier(RC="# 4 Suivi\nVoir l'article 9 du CCAP.", CCAP=strange), RENVOIS) is True


def test_a_piece_read_in_part_or_badly_numbered_proves_nothing() -> None:
    """A scanned page, a hole in the numbering, too few titles."""
    cited = piece("# 4 Suivi\nVoir l'article 15 du CCAP.", "RC")
    for ccap in (
        piece(CCAP_12, "CCAP", unread_pages=(3,)),
        piece(CCAP_12.replace("# 6 Disposition 6\n", ""), "CCAP"),
        piece("# 1 Objet\nTexte.\n# 2 Prix\nTexte.", "CCAP"),
    ):
        assert verdict(dossier(cited, ccap), RENVOIS) is not False


ANNOUNCED = (
    "# 2 Clauses\nLe marché comporte des conditions d'exécution à caractère environnemental, détaillées au CCAP."
)


def test_a_clause_announced_and_never_written() -> None:
    """The rules announce, the CCAP refers, the CCTP is silent: the chain is told link by link."""
    facts = dossier(**{**WHOLE, "RC": ANNOUNCED, "CCAP": "# 7 Conditions d'exécution environnementales\nVoir CCTP."})
    assert verdict(facts, CLAUSES) is False
    assert said(facts, "clauses").startswith("la clause environnementale annoncée au RC")
    assert "puis au CCAP" in said(facts, "clauses")
    environment = facts.get("environnement.condition_execution")
    assert environment is not None
    assert environment.status == "unknown"
    assert environment.search is not None
    assert environment.search.nearest is not None


def test_a_chain_that_holds() -> None:
    """The CCTP writes what the CCAP refers to, in its own words."""
    facts = dossier(
        **{
            **WHOLE,
            "RC": ANNOUNCED,
            "CCAP": "# 7 Conditions d'exécution environnementales\nVoir CCTP.",
            "CCTP": "# 4 Livraisons\nLe titulaire reprend et recycle les emballages de ses livraisons ; les produits"
            " contenant des organismes génétiquement modifiés sont interdits.",
        }
    )
    assert verdict(facts, CLAUSES) is True


@pytest.mark.parametrize("missing", ["CCTP", "CCAP", "AE"])
def test_a_missing_piece_may_hold_the_clause(missing: str) -> None:
    """Nothing is said as long as a piece that could write the clause was not supplied."""
    pieces = {**WHOLE, "RC": ANNOUNCED}
    del pieces[missing]
    assert verdict(dossier(**pieces), CLAUSES) is not False


def test_an_annex_may_hold_the_clause() -> None:
    """An announcement that sends to an annex is not followed into it."""
    said_by_rules = ANNOUNCED.replace("au CCAP", "à l'annexe 3 du CCAP")
    assert verdict(dossier(**{**WHOLE, "RC": said_by_rules}), CLAUSES) is not False


def test_a_box_ticked_everywhere_writes_nothing() -> None:
    """ "Clauses sociales : Avec" on two covers is an announcement twice."""
    facts = dossier(**{**WHOLE, "RC": "Clauses sociales\tAvec", "CCAP": "Clauses sociales\tAvec\n# 1 Objet\nServices."})
    assert verdict(facts, CLAUSES) is False
    assert "clause sociale" in said(facts, "clauses")


@pytest.mark.parametrize(
    ("penalty", "label"),
    [
        ("Une pénalité de 40 € est due par heure d'insertion non réalisée.", "clause sociale"),
        ("Le non-respect des obligations environnementales donne lieu à une pénalité de 200 €.", "environnementale"),
    ],
)
def test_a_penalty_for_no_clause(penalty: str, label: str) -> None:
    """The penalty of another contract, copied with its article."""
    facts = dossier(**{**WHOLE, "CCAP": f"# 1 Objet\nServices.\n# 9 Pénalités\n{penalty}"})
    assert verdict(facts, PENALITES) is False
    assert label in said(facts, "penalites")


@pytest.mark.parametrize("row", ["Déchets laissés sur place plus de deux jours\t70 €", "Arbre blessé\t300 €"])
def test_a_penalty_for_an_ordinary_duty_lacks_no_clause(row: str) -> None:
    """A penalty that names a thing, and no clause, may punish any duty of the contract."""
    facts = dossier(**{**WHOLE, "CCAP": f"# 1 Objet\nServices.\n# 9 Pénalités\nManquement\tMontant\n{row}"})
    assert verdict(facts, PENALITES) is not False


def test_a_row_of_the_table_of_penalties_is_no_clause() -> None:
    """ "Heures d'insertion non réalisées : 50 €" under "Pénalités" penalises a clause that is nowhere."""
    table = "# 9 Pénalités\nManquement\tPénalité\nNon-réalisation des heures d'insertion\t50 € par heure"
    facts = dossier(**{**WHOLE, "CCAP": f"# 1 Objet\nServices.\n{table}"})
    assert verdict(facts, PENALITES) is False
    assert verdict(facts, CLAUSES) is not False


@pytest.mark.parametrize(
    "article",
    [
        "# 5 Clause d'insertion et pénalités\nLe titulaire réalise 300 heures d'insertion par an au profit de personnes"
        " éloignées de l'emploi.\nChaque heure non réalisée donne lieu à une pénalité de 40 €.",
        "# 5 Insertion\nLe titulaire s'engage à réaliser 300 heures d'insertion par an, sous peine d'une pénalité"
        " de 40 € par heure d'insertion non réalisée.",
    ],
)
def test_a_clause_and_its_penalty_in_one_article(article: str) -> None:
    """What obliges before it penalises is a clause."""
    assert verdict(dossier(**{**WHOLE, "CCAP": article}), PENALITES) is True


def test_a_penalty_with_its_clause_in_another_piece() -> None:
    """The clause may stand in the AE, the penalty in the CCAP."""
    facts = dossier(
        **{
            **WHOLE,
            "CCAP": "# 9 Pénalités\nUne pénalité de 40 € est due par heure d'insertion non réalisée.",
            "AE": "# 3 Insertion\nLe titulaire s'engage à réaliser 300 heures d'insertion par an.",
        }
    )
    assert verdict(facts, PENALITES) is True


def test_a_late_penalty_needs_no_clause() -> None:
    """Late delivery is no clause on society or the environment."""
    facts = dossier(**{**WHOLE, "CCAP": "# 9 Pénalités\nUne pénalité de retard de 1/1000 par jour est appliquée."})
    assert verdict(facts, PENALITES) == "absent"


PROMISE = "# 1 Sites\nLa liste des sites est donnée en annexe 2 du CCTP."


def test_an_annex_promised_and_missing() -> None:
    """Said only when the whole dossier was given; else in doubt."""
    facts = dossier(**{**WHOLE, "CCTP": PROMISE})
    assert verdict(facts, ANNEXES) is False
    assert said(facts, "annexes").startswith("l'annexe 2 citée au CCTP")
    promise = facts.get(ANNEXES).evidence[0]
    assert promise.quote == "La liste des sites est donnée en annexe 2 du CCTP."
    assert verdict(dossier(CCTP=PROMISE, RC=WHOLE["RC"]), ANNEXES) == "unknown"


@pytest.mark.parametrize(
    "holder",
    [
        piece("Liste des sites", "AUTRE", "Annexe_2_sites.xlsx"),
        piece("Plans", "AUTRE", "annexe plans.pdf"),
        piece("# Annexe 2 - Liste des sites\nSite A", "AUTRE", "sites.docx"),
        piece("ANNEXE N° 2 : liste des sites\nSite A", "CCTP", "suite.docx"),
    ],
)
def test_an_annex_found(holder: object) -> None:
    """A file that bears its number, a file that may be any annex, a title inside a piece."""
    assert verdict(dossier(holder, **{**WHOLE, "CCTP": PROMISE}), ANNEXES) is not False  # type: ignore[arg-type]


def test_an_annex_that_could_not_be_read_was_given() -> None:
    """A plan in a format nobody reads is still at hand."""
    documents = [piece(text, role) for role, text in {**WHOLE, "CCTP": PROMISE}.items()]
    facts = extract(
        documents, vocabulary(), naming(), terms(), unread=[expected("dce/Annexe 2 - plans.dwg", naming())]
    )[1]
    assert verdict(facts, ANNEXES) is True
    assert (
        verdict(
            extract(documents, vocabulary(), naming(), terms(), unread=[expected("dce/plan.dwg", naming())])[1], ANNEXES
        )
        is False
    )


def test_the_annex_of_one_piece_is_not_that_of_another() -> None:
    """« Annexe n° 2 à l'AE » is not the second annex of the CCTP; one that names no piece may be."""
    own = {**WHOLE, "CCTP": PROMISE}
    assert verdict(dossier(**{**own, "AE": "# Annexe n° 2 à l'AE : sous-traitance\nNéant."}), ANNEXES) is False
    assert verdict(dossier(**{**own, "AE": "# Annexe n° 2 : liste des sites\nMairie."}), ANNEXES) is True


@pytest.mark.parametrize(
    "sentence",
    [
        "Le modèle figure à l'annexe 20 du code de la commande publique.",
        "L'annexe 2 de l'arrêté du 22 mars 2019 s'applique.",
        "Les annexes font partie du marché.",
        "Il annexe 2 exemplaires de son offre.",
        "Le candidat remet en annexe 1 de son mémoire technique une note.",
        "Le personnel est repris selon la convention collective de la propreté (annexe 7 relative au transfert).",
    ],
)
def test_annexes_of_a_law_or_of_the_bidder(sentence: str) -> None:
    """What the buyer has not promised is not missing."""
    assert verdict(dossier(**{**WHOLE, "CCTP": f"# 1 Objet\n{sentence}"}), ANNEXES) is not False


def test_a_clause_sent_to_an_annex_is_not_known_to_be_written() -> None:
    """A title and "Voir annexe 3": nobody read the clause, so nothing may be called respected."""
    facts = dossier(**{**WHOLE, "CCAP": "# 9 Clause sociale d'insertion\nVoir annexe 3."})
    found = facts.get("social.condition_execution")
    assert found is not None
    assert found.status == UNKNOWN
    assert found.search is not None
    assert found.search.nearest_reason == "clause renvoyée à une annexe"
