"""Sentences, forms and notices as the drafting tools of towns print them."""

from __future__ import annotations

from datetime import date

import pytest
from facts_builders import piece, read, value
from template_builders import absent, known, of_buyer, of_lot, read_whole

from achats_check.model.fact import Scope

_NOTICE = """AVIS D'APPEL PUBLIC À LA CONCURRENCE
Agglomération de Sainte-Exemple
Objet : Entretien de bicyclettes
Lot N° 1 - Location - CPV 34430000
Coût estimé hors TVA : 90 000,00 euros
Lot N° 2 - Réparation - CPV 50000000
Coût estimé hors TVA : 40 000,00 euros
Marché réservé : lot réservé à des entreprises adaptées (article L. 2113-12)
Conditions de participation
Marché réservé : NON
Remise des offres le 06/11/26 à 12h00 au plus tard.
Validité des offres : 4 mois, à compter de la date limite de réception des offres.
Envoi à la publication le : 05/10/26"""


def test_a_notice_of_lots() -> None:
    """What stands below "Lot N° 2" is about that lot, up to the next part of the notice."""
    facts = read_whole(("AAPC", _NOTICE))
    assert (of_lot(facts, "1")["objet"], of_lot(facts, "2")["objet"]) == ("Location", "Réparation")
    assert (of_lot(facts, "1")["valeur_estimee_ht"], of_lot(facts, "2")["valeur_estimee_ht"]) == (90000, 40000)
    assert of_lot(facts, "2")["reservation.categorie"] == "handicap"
    assert "reservation.categorie" not in of_lot(facts, "1")
    assert known(facts).get("reservation.categorie", "aucune") == "aucune"
    assert known(facts)["date_limite_offres"] == date(2026, 11, 6)
    assert known(facts)["date_lancement"] == date(2026, 10, 5)
    assert of_buyer(facts)["acheteur.categorie"] == "epci"


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("Valeur estimée (en euros) hors TVA : 1 350 000", "valeur_estimee_ht", 1_350_000),
        ("Valeur estimée hors TVA (en euros) : 95 000,50", "valeur_estimee_ht", 95_000.5),
        ("Montant maximum de l'accord-cadre (en euros HT) : 240 000", "valeur_maximale_ht", 240_000),
        ("Valeur estimée (en euros) hors TVA :", "valeur_estimee_ht", None),
        ("Valeur estimée (en euros) hors TVA : 2 lots", "valeur_estimee_ht", None),
    ],
)
def test_an_amount_whose_unit_is_in_its_label(line: str, name: str, expected: float | None) -> None:
    """The label of a form says euros; the figure stands alone after it."""
    found = value(f"{line}\nLa consultation comporte des tranches : Non", name, "AAPC")
    assert (found if not isinstance(found, str) else None) == expected


def test_a_lot_in_the_east_has_a_name() -> None:
    """ "Est" is a verb, and a cardinal point."""
    text = "N° du lot\tIntitulé\tMaximum HT\n1\tCollèges du secteur Est\t80 000 €\n2\tZone Est et centre\t60 000 €"
    facts = read(piece(text))
    names = [facts.get("objet", Scope("lot", number)) for number in "12"]
    assert [name and name.value for name in names] == ["Collèges du secteur Est", "Zone Est et centre"]


def test_durations_of_lots_in_an_article_on_duration_are_not_the_market_s() -> None:
    """Each row is its lot's; the market lasts as long as the longest."""
    text = (
        "Les prestations sont réparties en 2 lots.\n# 4.1 Durée du contrat\nLa durée est fixée pour chaque lot :\n"
        "Lot(s)\tDurée\n1\t4 ans\n2\t2 ans"
    )
    facts = read(piece(text, "CCAP"))
    assert facts.get("duree_mois", Scope("lot", "2")).value == 24  # type: ignore[union-attr]
    assert facts.get("duree_mois").value == 48  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("sentence", "rates"),
    [
        ("Une avance de 20 % est accordée aux titulaires PME, de 10 % aux autres titulaires.", (10, 20)),
        (
            "Une avance de 20 % est versée si le titulaire est une PME ; dans les autres cas, son taux est de 5 %.",
            (5, 20),
        ),
        ("L'avance est de 10 %, portée à 30 % pour les PME.", (10, 30)),
    ],
)
def test_the_rates_of_an_advance(sentence: str, rates: tuple[int, int]) -> None:
    """The rate of small companies, and that of the others."""
    own = known(read_whole(("CCAP", f"# 7 Avance\n{sentence}")))
    assert (own.get("avance_taux"), own.get("avance_taux_pme")) == rates


def test_the_framework_that_a_citation_names() -> None:
    """ "en application des articles … relatifs aux accords-cadres à bons de commande avec maximum"."""
    text = (
        "# 1.2 Etendue\nLe présent appel d'offres ouvert est soumis aux articles L2124-2, R2124-2 1° et "
        "R2161-2 à R2161-5 du Code de la commande publique.\nCette consultation sera passée en application des "
        "articles R2162-1 à R2162-6 du Code relatifs aux accords-cadres à bons de commande avec maximum."
    )
    own = known(read_whole(("RC", text)))
    assert (own["forme"], own["procedure.type"]) == ("accord_cadre", "appel_offres_ouvert")
    assert own["procedure.fondement"] == ("L2124-2", "R2124-2", "R2161-2", "R2161-3", "R2161-4", "R2161-5")


def test_variants_without_minimal_requirements() -> None:
    """ "Sans exigences minimales" sets none."""
    own = known(read_whole(("RC", "Les variantes sont autorisées, sans exigences minimales particulières.")))
    assert own.get("variantes_exigences_minimales") is not True
    own = known(read_whole(("RC", "Les variantes sont autorisées et respectent les exigences minimales du CCTP.")))
    assert own["variantes_exigences_minimales"] is True


def test_a_clause_with_dots_in_its_initials_and_a_verb_for_its_mode() -> None:
    """ "C.C.A.G. Fournitures courantes et services"; "sous-traite à une entreprise d'insertion"."""
    text = (
        "# 7 Clause d'insertion\nLe titulaire du lot 2 réserve à ces publics 1 200 heures. Il recourt à l'embauche "
        "directe ou sous-traite à une entreprise d'insertion.\n# 10 Dérogations\nL'article 8 déroge à l'article 14.1 "
        "du C.C.A.G. Fournitures courantes et services."
    )
    facts = read_whole(("CCAP", text))
    assert known(facts)["ccag"] == "fcs"
    modes = [*known(facts).get("social.modalites", ()), *of_lot(facts, "2").get("social.modalites", ())]  # type: ignore[misc]
    assert set(modes) == {"embauche_directe", "sous_traitance"}
    assert of_lot(facts, "2")["social.volume"] is True


def test_a_form_that_answers_no_to_a_reservation() -> None:
    """Said, and not only absent."""
    line = "La consultation prévoit une réservation de tout ou partie du marché : Non"
    assert known(read_whole(("AAPC", line)))["reservation.categorie"] == "aucune"
    yes = line.replace("Non", "Oui")
    assert known(read_whole(("AAPC", yes))).get("reservation.categorie") != "aucune"


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("Le groupement devra être solidaire après l'attribution, la fourniture étant indivisible.", "solidaire"),
        ("Le groupement devra être conjoint à l'attribution du marché.", "conjoint"),
    ],
)
def test_the_form_that_a_group_must_take(sentence: str, form: str) -> None:
    """ "Devra être solidaire" imposes as "devra revêtir la forme" does."""
    assert known(read_whole(("RC", f"# 2.3 Groupement\n{sentence}")))["groupement.forme_imposee"] == form


def test_variants_under_a_title_that_only_names_them() -> None:
    """The title "Variantes autorisées" is decided by the line below it."""
    assert known(read_whole(("RC", "# 2.3 Variantes autorisées\nLes variantes sont interdites.")))["variantes"] == (
        "interdites"
    )


def test_an_answer_limited_to_a_lot() -> None:
    """ "Clause sociale d'insertion : oui, lot 1 (CCAP, article 9)"."""
    facts = read_whole(("RC", "# 1.6 Clauses\nClause sociale d'insertion : oui, lot 1 (CCAP, article 9)."))
    assert of_lot(facts, "1")["social.insertion"] is True
    assert "social.insertion" not in known(facts)


def test_a_deadline_that_offers_are_valid_from_is_not_followed_by_its_day() -> None:
    """The day of the next sentence is that of something else."""
    text = (
        "Validité des offres : 120 jours, à compter de la date limite de réception des offres. Envoi à la publication "
        "le : 19/10/26"
    )
    assert "date_limite_offres" not in known(read_whole(("AAPC", text)))
    text = "Les questions sont posées avant la date limite de réception des offres, fixée au 24/11/26."
    assert known(read_whole(("AAPC", text))).get("date_limite_offres") in (None, date(2026, 11, 24))


def test_a_notice_that_says_a_reservation_to_one_kind_of_company() -> None:
    """ "Réservé à une entreprise adaptée" is said in the notice as "réservé aux entreprises adaptées" is."""
    text = "Marché réservé : OUI\nMarché réservé à une entreprise adaptée ou une structure équivalente."
    assert known(read_whole(("AAPC", text)))["reservation.mention_avis"] is True
    assert known(read_whole(("AAPC", "Marché réservé : NON"))).get("reservation.mention_avis") is not True


def test_a_penalty_of_the_ccap_for_an_article_of_the_cctp() -> None:
    """The clause stands in the CCTP, its penalty in the CCAP."""
    penalty = "# 7 Pénalités\nManquement à l'article 3 du CCTP : 200 € par manquement."
    clause = (
        "# 3 Exigences environnementales\nLe titulaire reprend et recycle tous les emballages.\n# 4 Délais\nDeux jours."
    )
    own = known(read_whole(("CCAP", penalty), ("CCTP", clause)))
    assert own["environnement.penalites"] is True
    other = known(read_whole(("CCAP", penalty.replace("article 3", "article 4")), ("CCTP", clause)))
    assert other.get("environnement.penalites") is not True
    assert "environnement.penalites" not in absent(read_whole(("CCAP", penalty)))


def test_the_working_conventions_asked_all_along_the_chain() -> None:
    """Asked of those who make the goods; a reminder of what every employer owes is no clause."""
    asked = (
        "Le titulaire garantit le respect des conventions fondamentales de l'OIT sur toute la chaîne de fabrication."
    )
    assert known(read_whole(("CCTP", f"# 4 Fabrication\n{asked}")))["social.condition_execution"] is True
    reminder = "Le titulaire respecte les conventions fondamentales de l'Organisation internationale du travail."
    assert "social.condition_execution" not in known(read_whole(("CCTP", f"# 4 Rappel\n{reminder}")))


def test_the_act_of_one_lot_lists_no_other() -> None:
    """The number of the article after "Lot n° 01" is no lot."""
    act = piece("ACTE D'ENGAGEMENT\nLot n° 01 - Repas\n4 - Prix\nLe maximum est de 9 000 € HT.", "AE", lots=("1",))
    rules = piece("Les prestations sont réparties en 2 lots.\nLot n° 1 : Repas\nLot n° 2 : Goûters", "RC")
    assert read(act, rules).lots == ("1", "2")


def test_boxes_by_lot_and_criteria_on_the_line_of_their_lot() -> None:
    """A line of a form with boxes is no title, and each line of criteria is its lot's."""
    rules = (
        "II.7 Clause sociale : ☒ lot 1 (CCAP art. 8) ☐ lot 2\nIII. CANDIDATURES\nPièces : DC1, DC2, attestations.\n"
        "IV. CRITERES\nCritères de jugement des offres, lot 1 : prix 60 %, valeur technique 40 %.\n"
        "Critères de jugement des offres, lot 2 : prix 70 %, valeur technique 30 %."
    )
    facts = read_whole(("RC", rules))
    assert "social.condition_execution" not in of_lot(facts, "2")
    assert "social.controle" not in of_lot(facts, "2")
    assert [int(c["poids"]) for c in of_lot(facts, "2")["criteres"]] == [70, 30]  # type: ignore[union-attr,index]
    assert "criteres" not in known(facts)
    assert (
        known(read_whole(("RC", "La forme du groupement n'est pas imposée.")))["groupement.forme_imposee"] == "aucune"
    )


def test_an_advance_on_one_line() -> None:
    """ "Avance : 10 % du montant du marché."."""
    own = known(read_whole(("CCAP", "ARTICLE 6 : AVANCE\nAvance : 10 % du montant du marché.")))
    assert (own["avance"], own["avance_taux"]) == (True, 10)


def test_the_modes_of_an_insertion_listed_by_name() -> None:
    """Named one after the other; a subcontracting that is not beside them is no mode."""
    text = "# 9 Clause d'insertion\nModalités : embauche directe, mise à disposition, sous-traitance ou cotraitance."
    own = known(read_whole(("CCAP", text)))
    assert set(own["social.modalites"]) == {  # type: ignore[arg-type]
        "embauche_directe",
        "mise_a_disposition",
        "sous_traitance",
        "co_traitance",
    }
    text = "# 9 Clause d'insertion\nEmbauche directe.\nLa sous-traitance est soumise à l'accord de l'acheteur."
    assert known(read_whole(("CCAP", text)))["social.modalites"] == ("embauche_directe",)
