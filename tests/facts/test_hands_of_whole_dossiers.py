"""Clauses, penalties, amounts and groupings as the buyers of whole dossiers write them; and what only looks like it."""

from __future__ import annotations

import pytest
from facts_builders import fact, value
from template_builders import known, read_whole

from achats_check.model.fact import ACHETEUR, MARCHE, FactSet, Scope

_LOT_2 = Scope("lot", "2")


def _told(name: str, *pieces: tuple[str, str]) -> object:
    """The value of a fact, None when it is not known."""
    return known(read_whole(*pieces)).get(name)


def _is_true(facts: FactSet, name: str, scope: Scope = MARCHE) -> bool:
    found = facts.get(name, scope)
    return found is not None and found.status == "known" and found.value is True


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("La ville n'a pas prévu de clause ici. Le titulaire reste soumis au droit du travail.", False),
        ("La ville n'a pas prévu de clause ici. Le titulaire réserve 200 heures à des demandeurs d'emploi.", True),
    ],
)
def test_a_refusal_may_recall_the_law(body: str, expected: bool) -> None:
    """What binds anyway asks nothing; hours do."""
    assert _told("social.condition_execution", ("CCAP", f"# 9 Clause sociale\n{body}")) is expected


def test_what_a_buyer_has_adopted_is_no_clause() -> None:
    """A plan that candidates may read, told for information, announces no clause."""
    policy = "# 8 Développement durable\nLe syndicat a voté un plan climat, que les candidats liront pour information."
    assert _told("environnement.condition_execution", ("RC", policy)) is None
    asked = "# 8 Développement durable\nLe syndicat a voté un plan climat ; le titulaire trie ses déchets de chantier."
    assert _told("environnement.condition_execution", ("CCAP", asked)) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pour mémoire, le code rural demande 50 % de produits durables, dont 20 % de produits biologiques.", None),
        ("Le titulaire livre, selon le code rural, 50 % de produits durables, dont 20 % de biologiques.", True),
        ("Vingt pour cent des yaourts sont issus de l'agriculture biologique.", True),
    ],
)
def test_a_law_recalled_asks_nothing(text: str, expected: object) -> None:
    """The law recalled for memory is no requirement; a share that is due is one, in figures or in letters."""
    assert _told("environnement.condition_execution", ("CCTP", f"# 2 Denrées\n{text}")) is expected


_CLAUSE = (
    "# 6 Exécution\n6.2 – Le titulaire emploie pendant 300 heures des demandeurs d'emploi de longue durée.\n"
    "# 8 Pénalités\n"
)


@pytest.mark.parametrize(
    ("penalty", "expected"),
    [
        ("Heure non faite au titre du 6.2 : 50 €.", True),
        ("Manquement à l'article 6.2 : 50 €.", True),
        ("Obligation prévue au 6.2 non tenue : 50 €.", True),
        ("Manquement au titre du 6.4 : 50 €.", None),
        ("Manquement à l'article 6.2 du CCTP : 50 €.", None),
        ("Manquement aux articles 6.2 et 6.3 du CCTP : 50 €.", None),
    ],
)
def test_a_penalty_cites_the_paragraph_of_the_clause(penalty: str, expected: object) -> None:
    """The number that opens a paragraph is what a penalty cites, with or without the word "article"."""
    assert _told("social.penalites", ("CCAP", _CLAUSE + penalty)) is expected


def test_a_penalty_of_the_clause_of_a_lot_is_that_of_its_lot() -> None:
    """The penalty goes with the clause: to the lot that has it."""
    ccap = (
        "# 6 Conditions propres au lot n° 2\n6.1 – Le titulaire du lot n° 2 emploie pendant 300 heures des demandeurs "
        "d'emploi de longue durée.\n# 8 Pénalités\nManquement au 6.1\t50 €\nManquement à l'article 6.1\t60 €"
    )
    facts = read_whole(("CCAP", ccap))
    assert _is_true(facts, "social.penalites", _LOT_2)
    assert not _is_true(facts, "social.penalites")


def test_a_penalty_names_the_cctp_before_the_number() -> None:
    """« La limite du CCTP 3.4 » is that of its article."""
    cctp = "# 3.4 Caisses\nLe café est livré en caisses réutilisables, reprises vides : 90 % des déchets sont recyclés."
    ccap = "# 9 Pénalités\nManquement\tMontant\nCaisses autres que celles du CCTP {}\t20 €"
    assert _told("environnement.penalites", ("CCTP", cctp), ("CCAP", ccap.format("3.4"))) is True
    assert _told("environnement.penalites", ("CCTP", cctp), ("CCAP", ccap.format("5.1"))) is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Le titulaire fait travailler, pendant au moins 1 200 heures, des personnes éloignées de l'emploi.", 1200),
        ("450 heures seront effectuées par des bénéficiaires du RSA.", 450),
        ("Le titulaire emploie un gardien 35 heures par semaine, et des demandeurs d'emploi.", None),
    ],
)
def test_hours_told_before_those_whom_they_are_for(text: str, hours: object) -> None:
    """A verb, a number of hours, and people far from work."""
    assert _told("social.heures_insertion", ("CCAP", f"# 5 Emploi\n{text}")) == hours


def test_derogations_in_a_table_of_two_columns() -> None:
    """Its header names both pieces; what is derogated from is no refusal of the list."""
    ccag = "Le CCAG-FCS issu de l'arrêté du 30 mars 2021 s'applique."
    for header in ("CCAP\tCCAG", "Article du CCAP\tArticle du CCAG auquel il est dérogé"):
        text = f"# 1 Pièces\n{ccag}\n# 12 Dérogations\n{header}\n4\t14.1"
        assert _told("ccag.derogations_listees", ("CCAP", text)) is True
    other = f"# 1 Pièces\n{ccag}\n# 12 Pénalités\nManquement\tMontant\n4\t14.1"
    assert _told("ccag.derogations_listees", ("CCAP", other)) is None


def test_a_guarantee_lowered_for_small_firms_after_a_semicolon() -> None:
    """The lower rate may follow in the next clause of the sentence; that of the advance is another's."""
    text = "3.4. Retenue de garantie. Elle est de 4 % de chaque acompte ; elle est ramenée à 2 % pour une PME."
    assert _told("retenue_garantie_taux_pme", ("CCAP", text)) == 2
    other = "3.4. Retenue de garantie. Elle est de 4 % ; l'avance est ramenée à 2 % pour une PME."
    assert _told("retenue_garantie_taux_pme", ("CCAP", other)) is None


_FREE = "Le syndicat n'impose aucune forme de groupement au stade de la candidature."
_THEN = " En cas d'attribution à un groupement, celui-ci devra revêtir la forme d'un groupement solidaire."


def test_a_form_free_for_candidates_and_imposed_on_the_winner() -> None:
    """Free at first and imposed later is no contradiction; the reason is in the next sentence."""
    facts = known(read_whole(("RC", _FREE + _THEN + " Cette forme est rendue nécessaire par les astreintes.")))
    assert facts["groupement.forme_imposee"] == "solidaire"
    assert facts["groupement.forme_imposee_stade"] == "attribution"
    assert facts["groupement.forme_justifiee"] is True
    assert _told("groupement.forme_imposee", ("RC", "L'acheteur n'impose aucune forme de groupement.")) == "aucune"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Les artisans répondent seuls ou en groupement.", "groupement.admis", True),
        ("Les fermes peuvent se regrouper pour répondre.", "groupement.admis", True),
        ("Les petites entreprises sont invitées à s'associer.", "groupement.encourage", True),
        ("Les entreprises sont invitées à visiter le site.", "groupement.encourage", None),
        ("Groupement de commandes : non.", "groupement_commandes", False),
        ("Groupement de commandes : oui.", "groupement_commandes", True),
    ],
)
def test_groupings_in_a_few_words(text: str, name: str, expected: object) -> None:
    """Who may answer together, who is asked to, and whether buyers do."""
    assert _told(name, ("RC", f"# 5 Réponse\n{text}")) is expected


_CEILINGS = """
# 2 Montants
Accord-cadre sans minimum et avec maximum :
Lot\tMaximum par an HT\tMaximum sur trois ans HT
1 – Pain\t20 000 €\t60 000 €
2 – Lait\t30 000 €\t90 000 €
"""


def test_ceilings_of_a_year_and_of_the_whole_duration() -> None:
    """The column of the whole duration is read, each row is that of its lot, and none that of the market."""
    assert value(_CEILINGS, "valeur_maximale_ht", scope=Scope("lot", "1")) == 60000
    assert value(_CEILINGS, "valeur_maximale_ht", scope=_LOT_2) == 90000
    assert value(_CEILINGS, "valeur_maximale_ht") in ("unknown", 150000)
    alone = "# 2 Montants\nAccord-cadre avec un montant maximum :\n75 000 € HT"
    assert value(alone, "valeur_maximale_ht") == 75000


def test_each_lot_has_the_code_of_its_row() -> None:
    """The code stands in the last column; the market has those of all its lots."""
    text = "# 2 Lots\nN°\tIntitulé\tCPV\n1\tPain\t15811000-6\n2\tLait\t15511000-3"
    assert value(text, "cpv", scope=_LOT_2) == ("15511000",)
    assert value(text, "cpv") == ("15811000", "15511000")
    other = text.replace("# 2 Lots", "# 2 Codes")
    assert fact(other, "cpv").value == ("15811000", "15511000")


def test_a_contract_undivided_and_in_parts() -> None:
    """ "Lots : marché unique" divides nothing; a firm part and an optional one are those of a plain contract."""
    text = "# 3 Division\n3.1 Tranches. Tranche ferme : le préau. Tranche optionnelle n° 1 : la cour.\n3.2 Lots. {}."
    assert value(text.format("Marché unique"), "alloti") is False
    assert value(text.format("Un marché unique par lot"), "alloti") != False  # noqa: E712
    assert value(text.format("Marché unique"), "forme") == "marche"


def test_the_kind_of_a_buyer_that_a_sentence_tells() -> None:
    """What a piece says of its buyer is read; what it says of the winner is not."""
    text = "Acheteur : Établissement public foncier de la Brenne\n{} un établissement public de l'État à caractère {}."
    assert value(text.format("L'EPF est", "industriel"), "acheteur.categorie", scope=ACHETEUR) == "epic_etat"
    assert value(text.format("Le titulaire est", "industriel"), "acheteur.categorie", scope=ACHETEUR) == "unknown"


def test_an_object_is_a_thing_and_no_pronoun() -> None:
    """ "Tout ce qui suit" names no purchase."""
    text = "Le présent contrat porte sur tout ce qui suit la remise des plans."
    assert value(text, "objet") == "unknown"
    assert value("Le présent contrat porte sur l'impression des plans.", "objet") == "Impression des plans"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Les tuiles triées sont remises à la commune, qui les réutilisera.", "environnement.reemploi", True),
        ("Les pavés sont stockés en vue de leur repose.", "environnement.reemploi", True),
        ("Les clés sont remises à la commune, qui les conserve.", "environnement.reemploi", None),
        ("L'exploitant abaisse les NB de 15 % en trois hivers.", "environnement.condition_execution", True),
        ("L'exploitant relève les compteurs NB.", "environnement.condition_execution", None),
        ("Les légumes sont biologiques (AB ou équivalent).", "labels", True),
    ],
)
def test_green_demands_without_a_green_word(text: str, name: str, expected: object) -> None:
    """Elements given back to be used again, and less energy."""
    told = _told(name, ("CCTP", f"# 4 Exécution\n{text}"))
    assert (bool(told) or None) is expected


def test_publics_by_the_article_that_defines_them() -> None:
    """The articles of the codes name people with a disability."""
    text = (
        "# 8 Conditions\nUne part de la mise sous pli est confiée aux personnes accueillies dans un établissement "
        "mentionné à l'article "
    )
    assert _told("social.publics", ("CCAP", text + "L. 344-2 du code de l'action sociale.")) == (
        "travailleurs handicapés",
    )
    assert _told("social.publics", ("CCAP", text + "L. 2113-10.")) is None


def test_what_variants_must_meet_is_told_under_their_title() -> None:
    """The title says whose the requirements are; those of the offer are another's."""
    text = "# 5 {}\nExigences minimales : une portée de 6 m."
    assert _told("variantes_exigences_minimales", ("RC", text.format("Variantes"))) is True
    assert _told("variantes_exigences_minimales", ("RC", text.format("Offres"))) is None


def test_a_place_of_a_list_accompanies_nobody() -> None:
    """A centre for employment among the sites of a contract is a building."""
    row = "N°\tSite\tVille\n3\tMaison de l'emploi et de l'insertion\tAubrac"
    assert _told("social.facilitateur", ("CCTP", f"# 9 Sites\n{row}")) is None
    clause = "# 9 Clause d'insertion\nLa maison de l'emploi accompagne le titulaire de la clause d'insertion."
    assert _told("social.facilitateur", ("CCAP", clause)) is True
