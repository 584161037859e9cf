"""What whole dossiers of buyers who write without a template say, each time with what only looks like it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from facts_builders import naming, piece
from template_builders import absent, known, of_lot, read_whole, weights

from achats_check.facts.roles import with_role
from achats_check.model.fact import Scope

CCAP = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES"


def _ccap(*lines: str) -> dict[str, object]:
    return known(read_whole(("CCAP", "\n".join([CCAP, *lines]))))


def _rc(*lines: str) -> dict[str, object]:
    return known(read_whole(("RC", "\n".join(["RÈGLEMENT DE LA CONSULTATION", *lines]))))


_CCAG = "Le CCAG applicable aux marchés publics de fournitures courantes et services de 2021 s'applique."


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("ARTICLE 9 - DÉROGATIONS", "Articles 5 (16.2 du CCAG), 6.3 (20.1)."),
        ("11. Dérogations", "Article 7 (à 13.1 du CCAG) et article 8 (à 31)."),
        ("9 Fin du contrat", "Dérogation : l'article 4 déroge à l'article 14 du CCAG."),
        ("B.8 Dérogations", "B.4 déroge à 16.2."),
        ("9 Divers", "Il est dérogé aux articles 14.1 et 16 du CCAG-FCS par les articles 6 et 8 du présent cahier."),
        ("9 Divers", "Les articles du CCAG auxquels il est dérogé sont : 14.1 et 31."),
    ],
)
def test_list_of_derogations_in_few_words(title: str, line: str) -> None:
    """A list told by its title, or by pairs of articles, is the list that the law asks for."""
    assert _ccap(f"# {title}", line, "# 1 Objet", _CCAG)["ccag.derogations_listees"] is True


@pytest.mark.parametrize(
    "line",
    [
        "Par dérogation à l'article 14.1 du CCAG, les pénalités sont dues sans mise en demeure.",
        "L'article 14 du CCAG s'applique sans modification.",
    ],
)
def test_one_derogation_is_no_list(line: str) -> None:
    """What departs from one article where it stands recalls nothing."""
    assert "ccag.derogations_listees" in absent(read_whole(("CCAP", "\n".join([CCAP, "# 5 Pénalités", line, _CCAG]))))


@pytest.mark.parametrize(
    "line",
    [
        "Les variantes sont autorisées, à condition de respecter la portance et les teintes du cahier des charges.",
        "Les variantes sont admises pourvu qu'elles atteignent les performances acoustiques de la solution de base.",
    ],
)
def test_what_variants_must_keep(line: str) -> None:
    """A condition on what a variant is worth is its least requirement."""
    assert _rc("# 4 Variantes", line)["variantes_exigences_minimales"] is True


def test_a_condition_on_the_bid_is_none() -> None:
    """Nor a base bid beside it, nor the law, is a requirement of the variant."""
    line = "Les variantes sont autorisées, sous réserve de respecter la réglementation et d'être jointes à une offre."
    assert _rc("# 4 Variantes", line).get("variantes_exigences_minimales") is not True


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "L'acheteur impose à l'attributaire la forme solidaire, chacun devant pouvoir relayer l'autre.",
            True,
        ),
        ("La forme solidaire est imposée à l'attributaire, parce que les prestations s'imbriquent.", True),
        ("L'acheteur impose à l'attributaire la forme conjointe. Le mandataire remet un pouvoir.", False),
        ("Par souci de continuité du nettoyage, y compris en août, le groupement retenu devra être solidaire.", True),
        ("Eu égard à l'astreinte de nuit, le groupement attributaire revêtira la forme conjointe.", True),
        ("Afin de pouvoir signer le marché, le groupement retenu devra revêtir la forme solidaire.", False),
        ("En raison de l'attribution à un groupement, celui-ci devra prendre la forme solidaire.", False),
    ],
)
def test_why_a_form_is_imposed(line: str, told: bool) -> None:
    """A reason may be a clause of the sentence, without the word reason."""
    assert (_rc("# 5 Groupement", line).get("groupement.forme_justifiee") is True) is told


@pytest.mark.parametrize(
    ("title", "line", "told"),
    [
        ("6 Tarifs", "6.2 Révision annuelle au 1er mars : P = P0 [0,2 + 0,8 (I / Io)].", True),
        ("6 Prix", "6.2 Ils sont ensuite révisables une fois par an, en fonction de l'indice des salaires.", True),
        ("6 Prix", "6.2 Ils sont établis toutes taxes comprises, en fonction de l'annexe.", None),
    ],
)
def test_revision_after_a_typed_number(title: str, line: str, told: bool | None) -> None:
    """A number typed before the sentence hides nothing of it."""
    assert _ccap(f"# {title}", line).get("prix.revisable") is told


def test_advance_that_the_holder_does_not_waive() -> None:
    """It is granted to whoever does not give it up, and its rate for small firms may follow a semicolon."""
    line = "Pour les commandes de plus de 50 000 €, une avance de 10 % est accordée au titulaire qui n'y renonce pas."
    assert _ccap("# 7 Avance", line)["avance"] is True
    line = "4.2 L'avance, assise sur le minimum, est de 5 % ; elle est portée à 30 % pour les petites entreprises."
    found = _ccap("# 4 Règlement", line.replace("petites", "petites et moyennes"))
    assert (found["avance"], found["avance_taux"], found["avance_taux_pme"]) == (True, 5, 30)
    assert "avance" not in _ccap("# 7 Avance", "Le titulaire qui renonce à l'avance le dit à l'acte d'engagement.")


def test_turnover_of_each_lot_in_one_sentence() -> None:
    """Each figure is its lot's, although the sentence ends on every lot; the ratio follows."""
    facts = read_whole(
        (
            "RC",
            "RÈGLEMENT DE LA CONSULTATION\n# 3 Candidature\n"
            "Niveau minimal : chiffre d'affaires annuel, dans le domaine du lot, de 90 000 € pour le lot 1, 60 000 € "
            "pour le lot 2, 30 000 € pour le lot 3, soit deux fois la valeur annuelle estimée de chaque lot.",
        )
    )
    told = [of_lot(facts, lot)["chiffre_affaires_minimal_ht"] for lot in "123"]
    assert told == [90000, 60000, 30000]
    assert known(facts)["chiffre_affaires_minimal_ratio"] == 2
    assert "chiffre_affaires_minimal_ht" not in known(facts)


def test_leftovers_that_are_weighed() -> None:
    """What is not eaten is weighed: a demand against waste, without the word; a lunch box weighed is none."""
    text = "CAHIER DES CLAUSES PARTICULIÈRES\n# 9 Le retour des plateaux\n{}"
    told = text.format("Chaque lundi, le prestataire pèse les plats non servis et les restes d'assiettes.")
    assert known(read_whole(("CCP", told)))["restauration.gaspillage"] is True
    other = text.format("Chaque lundi, le prestataire pèse un repas témoin sur la balance du restaurant.")
    assert known(read_whole(("CCP", other))).get("restauration.gaspillage") is not True
    near = text.format("Le chef regarde ce qui reste dans les assiettes et en parle au conseil.")
    assert "restauration.gaspillage" not in absent(read_whole(("CCP", near)))


def test_a_title_of_clauses_outranks_a_file_called_specifications() -> None:
    """« Cahier des clauses particulières » is what the piece is, whatever its file is called."""
    text = "CAHIER DES CLAUSES PARTICULIÈRES\nAchat de chaises\n# Article 1 : Objet\nAchat de chaises."
    assert with_role(piece(text, "AUTRE", "Cahier des charges chaises.docx"), naming()).role == "CCP"


def test_label_to_the_exclusion_of_any_other() -> None:
    """The equivalent is refused, though the word is not written."""
    text = "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 2 Papier\nLe papier est certifié FSC{}."
    refused = known(read_whole(("CCTP", text.format(", à l'exclusion de toute autre certification"))))
    assert refused["labels"] == ({"nom": "FSC", "equivalent_accepte": False},)
    assert refused["labels.equivalence_refusee"] is True
    open_one = known(read_whole(("CCTP", text.format(" ou d'un label équivalent"))))
    assert open_one["labels"] == ({"nom": "FSC", "equivalent_accepte": True},)


def test_criteria_below_the_title_of_their_lots() -> None:
    """A list for some lots, then another one, each under a title that its letter numbers."""
    facts = read_whole(
        (
            "RC",
            "RÈGLEMENT DE LA CONSULTATION\n# D. JUGEMENT DES OFFRES\n# D.1 Lots 1 et 2\nprix : 60 points\n"
            "valeur technique : 40 points\n# D.2 Lot 3\nprix : 30 points\nvaleur technique : 40 points\n"
            "insertion professionnelle des salariés affectés : 30 points\n",
        )
    )
    assert weights(facts, Scope("lot", "2")) == [("prix", 60), ("valeur technique", 40)]
    assert sum(weight for _, weight in weights(facts, Scope("lot", "3"))) == 100
    assert of_lot(facts, "3")["social.critere"] is True
    assert of_lot(facts, "1").get("social.critere") is not True
    assert "criteres" not in known(facts)


def test_weights_before_what_is_said_of_them() -> None:
    """A line gives the criterion, its points, then how they are given; what introduces the list is no criterion."""
    facts = read_whole(
        (
            "RC",
            "RÈGLEMENT DE LA CONSULTATION\n# 5 JUGEMENT DES OFFRES\nChaque offre est notée sur 100 points :\n"
            "Prix : 55 points. Note = 55 × (prix le plus bas / prix du candidat).\n"
            "Valeur technique : 35 points, ainsi décomposée : équipe (15), méthode (20).\n"
            "Délai d'exécution : 10 points.",
        )
    )
    assert weights(facts) == [("Prix", 55), ("Valeur technique", 35), ("Délai d'exécution", 10)]


@pytest.mark.parametrize(("last", "told"), [(15, True), (25, False)])
def test_numbered_criteria_with_bare_figures(last: int, told: bool) -> None:
    """Figures without a unit are weights when they close numbered lines and add up to a hundred, and only then."""
    lines = ["1. PRIX, d'après le devis : 50", "2. QUALITE : essais en atelier : 35", f"3. DELAI DE LIVRAISON : {last}"]
    found = _rc("# SECTION 5 : JUGEMENT DES OFFRES", "Les critères pondérés sont les suivants :", *lines)
    assert ("criteres" in found) is told


def test_hours_of_a_table_under_the_title_of_its_article() -> None:
    """The title says whom the hours are for; the last row adds them up; the other lots have none."""
    facts = read_whole(
        (
            "RC",
            "RÈGLEMENT DE LA CONSULTATION\n# 2 Allotissement\nLes travaux sont répartis en 4 lots.\n"
            "Lot\tDésignation\n1\tVoirie\n2\tHalle\n3\tPlantations\n4\tMobilier",
        ),
        (
            "CCAP",
            f"{CCAP}\n# 6 Travail confié à des personnes éloignées de l'emploi\n"
            "Les titulaires des lots désignés ci-dessous y font travailler des personnes rencontrant des difficultés "
            "d'accès à l'emploi. Les autres lots ne sont pas concernés.\n"
            "Lot\tNombre d'heures à réaliser\n1 Voirie\t900\n2 Halle\t350\nEnsemble\t1 250",
        ),
    )
    assert [of_lot(facts, lot).get("social.heures_insertion") for lot in "1234"] == [900, 350, None, None]
    assert known(facts)["social.heures_insertion"] == Decimal(1250)
    assert [of_lot(facts, lot).get("social.condition_execution") for lot in "1234"] == [True, True, False, False]


def test_hours_of_a_table_of_work() -> None:
    """Hours of cleaning by lot are no clause."""
    text = f"{CCAP}\n# 6 Volumes\nLes volumes sont donnés par lot.\nLot\tNombre d'heures à réaliser\n1 Écoles\t900"
    assert "social.heures_insertion" not in of_lot(read_whole(("CCAP", text)), "1")


_PERSONS = (
    "Le titulaire confie au moins un quart des heures de surveillance de chaque année à des personnes qui, à leur "
    "embauche, sont inscrites depuis plus d'un an à France Travail ou perçoivent le revenu de solidarité active. Il "
    "peut les embaucher lui-même. La mission « emploi » du département (03 00 00 00 00) propose des candidats. Le "
    "titulaire joint à son bilan annuel un relevé des heures effectuées."
)


def test_clause_told_by_what_the_persons_live() -> None:
    """No word of insertion: the persons are told by a relative clause, in a technical piece."""
    facts = read_whole(("CCTP", f"CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 4.2 Recrutement\n{_PERSONS}"))
    found = known(facts)
    for name in ("insertion", "condition_execution", "volume", "preuves", "contact"):
        assert found[f"social.{name}"] is True, name
    assert found["social.modalites"] == ("embauche_directe",)


def test_persons_that_a_service_receives() -> None:
    """Persons who come for a service are not those who perform the contract."""
    line = "L'atelier d'accompagnement reçoit des personnes qui sont inscrites à France Travail."
    facts = read_whole(("CCTP", f"CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 4.2 Public\n{line}"))
    assert known(facts).get("social.insertion") is not True


def test_part_of_a_service_done_by_sheltered_workshops() -> None:
    """A share in letters, far from who performs it."""
    line = (
        "La ligne 9 du bordereau (étiquetage, mise en carton) est réalisée, pour un dixième au moins de son montant, "
        "par des établissements et services d'aide par le travail choisis par le titulaire."
    )
    assert _ccap("# 7 Étiquetage", line)["social.condition_execution"] is True
    bought = "La ligne 9 du bordereau (étiquetage) est exécutée, pour un dixième au moins, par le fabricant des tissus."
    assert _ccap("# 7 Étiquetage", bought).get("social.condition_execution") is not True


def test_young_people_whose_contract_is_an_apprenticeship() -> None:
    """The person is young, and the contract tells the rest; a training centre as the buyer asks nothing."""
    line = "Chaque année, le titulaire fait intervenir un jeune préparant son titre par contrat d'apprentissage."
    assert _ccap("# 5 Équipe", line)["social.apprentissage"] is True
    other = "Le titulaire fait intervenir son électricien dans les ateliers du centre de formation d'apprentis."
    assert _ccap("# 5 Équipe", other).get("social.apprentissage") is not True


def test_what_a_buyer_may_decide_later() -> None:
    """A possibility that the buyer keeps asks nothing of this holder."""
    line = "Le maître d'ouvrage pourra y inscrire des heures d'insertion, avec l'appui d'un facilitateur."
    assert _ccap("# 5 Dossier des travaux", line).get("social.insertion") is not True
    firm = "Le maître d'ouvrage impose 200 heures d'insertion, avec l'appui d'un facilitateur."
    assert _ccap("# 5 Dossier des travaux", firm)["social.insertion"] is True


def test_one_figure_for_each_of_several_lots() -> None:
    """« Chacun des lots 1 et 2 » names two lots; « chacun des lots » names all of them."""
    text = "RÈGLEMENT DE LA CONSULTATION\n# 3 Candidature\nUn chiffre d'affaires minimal de 90 000 € est exigé pour {}."
    facts = read_whole(("RC", text.format("chacun des lots 1 et 2")))
    assert [of_lot(facts, lot).get("chiffre_affaires_minimal_ht") for lot in "12"] == [90000, 90000]
    assert "chiffre_affaires_minimal_ht" not in known(facts)
    every = read_whole(("RC", text.format("chacun des lots")))
    assert known(every)["chiffre_affaires_minimal_ht"] == 90000


def test_lots_that_another_contract_will_have() -> None:
    """A designer prepares the lots of the works; his own contract has none."""
    pieces = (
        (
            "RC",
            "RÈGLEMENT DE LA CONSULTATION\n# 3 Lots\nIl n'y a pas de lots : la mission est d'un seul tenant.",
        ),
        (
            "CCP",
            "CAHIER DES CLAUSES PARTICULIÈRES\n# 5 Dossier\nIl rédige un allotissement de huit lots environ.",
        ),
    )
    found = known(read_whole(*pieces))
    assert found["alloti"] is False
    assert found["nombre_lots"] == 1


def test_no_advance_and_why() -> None:
    """The reason follows a comma; a condition does not exclude the advance."""
    assert _ccap("# 5 Paiement", "Pas d'avance, les commandes étant trop faibles.")["avance"] is False
    assert "avance" not in _ccap("# 5 Paiement", "Pas d'avance, sauf pour les commandes de plus de 50 000 €.")


def test_lots_open_to_everyone() -> None:
    """Lots open to all are not reserved, beside one that is."""
    facts = read_whole(
        (
            "RC",
            "RÈGLEMENT DE LA CONSULTATION\n# 2 Réservation\nLe lot 2 est réservé aux entreprises adaptées et aux ESAT "
            "(article L. 2113-12). Les lots 1 et 3 restent ouverts à tous les opérateurs économiques.",
        )
    )
    told = [of_lot(facts, lot).get("reservation.categorie") for lot in "123"]
    assert told == ["aucune", "handicap", "aucune"]


def test_a_code_that_is_recalled_asks_nothing() -> None:
    """What the code of work deals with, in brackets, is no clause of the contract."""
    line = "Le code du travail s'applique (égalité professionnelle, apprentis, travailleurs détachés)."
    facts = read_whole(("CCP", f"CAHIER DES CLAUSES PARTICULIÈRES\n# 8 Pièces\n{line}\n# 9 Divers\nNéant."))
    assert "social.egalite" not in known(facts)


def test_turnovers_of_a_list_go_with_the_lot_that_follows_each() -> None:
    """ "… pour le lot 1, 90 000 € pour le lot 2": an amount between two lots is that of the second."""
    text = (
        "Chiffre d'affaires annuel minimal supérieur à 300 000 EUR pour le lot 1, 90 000 EUR pour le lot 2, "
        "60 000 EUR pour le lot 3 et 70 000 EUR pour le lot 4."
    )
    facts = read_whole(("RC", text))
    told = [of_lot(facts, number)["chiffre_affaires_minimal_ht"] for number in "1234"]
    assert told == [300000, 90000, 60000, 70000]


@pytest.mark.parametrize(
    "line",
    [
        "Le coût à l'heure est révisé chaque année au 1er mars par la formule P = Po x (0,15 + 0,85 x I / Io).",
        "La prime du lot est indexée chaque 1er janvier sur l'indice du coût de la construction.",
        "Fermes la première année, révisés au 1er janvier suivant selon l'index des travaux.",
    ],
)
def test_what_is_revised_need_not_be_called_a_price(line: str) -> None:
    """A cost, a premium, or what the title names."""
    assert _ccap("# 5 Prix", line)["prix.revisable"] is True


def test_a_word_of_revision_leaves_firm_prices_unproven() -> None:
    """It may say that they vary: nobody may say that nothing is written."""
    facts = read_whole(("CCAP", f"{CCAP}\n# 5 Conditions\nLes loyers sont actualisables."), ("AE", "x"))
    assert "prix.revisable" not in absent(facts)
    facts = read_whole(("CCAP", f"{CCAP}\n# 5 Conditions\nLe plan de prévention est révisé chaque année."), ("AE", "x"))
    assert known(facts).get("prix.revisable") is not True


@pytest.mark.parametrize(
    ("line", "form"),
    [
        (
            "La forme de présentation est libre ; s'il est retenu, il devra, à la signature, être solidaire.",
            "solidaire",
        ),
        ("Après attribution, le groupement revêtira obligatoirement la forme conjointe.", "conjoint"),
        ("S'il est retenu, il devra être solidaire ou conjoint.", None),
        ("Après attribution, le groupement prendra la forme conjointe ou solidaire.", None),
    ],
)
def test_a_form_imposed_on_the_group_that_is_chosen(line: str, form: str | None) -> None:
    """Whatever the verb; a choice imposes none."""
    assert _rc("# 4 Groupements", line).get("groupement.forme_imposee") in ((form,) if form else (None, "aucune"))
