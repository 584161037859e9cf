"""Dossiers that several people wrote: annexes of staff and figures, answers to candidates, terms in few words."""

from __future__ import annotations

from datetime import date

import pytest
from facts_builders import naming, piece, read, terms, value
from template_builders import absent, known, of_lot, read_whole

from achats_check.facts.questions import without_questions
from achats_check.facts.roles.title import named_by_title
from achats_check.facts.structure.weight_items import nature_of
from achats_check.model.fact import MARCHE, Scope

_STAFF = (
    "Lot 1, effectif au 31 décembre 2026\n"
    "N°\tPoste\tÂge\tHeures\n1\tAgent de service\t44\t120\n2\tChef d'équipe\t51\t151"
)


def test_the_rows_of_a_table_under_one_lot_are_not_lots() -> None:
    """The staff to take over is numbered, and is not for sale."""
    found = read(piece(f"# Annexe 3 - Personnel\n{_STAFF}", "CCTP"))
    assert {f.scope for f in found if f.name == "objet" and f.status == "known"} <= {MARCHE}
    listed = read(piece("# 1.2 Lots\nLes lots suivants :\nN°\tDésignation\n1\tCrèches\n2\tGymnases"))
    assert {f.scope.id for f in listed if f.name == "objet" and f.scope != MARCHE} == {"1", "2"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Les offres peuvent-elles comporter une variante ? Non, aucune.", "Non, aucune."),
        ("Q3 : nous comprenons 800 heures d'insertion. Merci de confirmer.", ""),
        ("Question n° 4 : le délai est-il reporté ?\tRéponse : au 12 mars 2027.", "Réponse : au 12 mars 2027."),
        ("Réponse : la quantité est de 40 repas.", "Réponse : la quantité est de 40 repas."),
    ],
)
def test_what_candidates_ask_states_nothing(text: str, kept: str) -> None:
    """A question is blanked in place, so that the spans of the answer stay valid."""
    left = without_questions(text)
    assert (left.strip(), len(left)) == (kept, len(text))
    assert text.endswith(left.strip())


def test_the_hours_of_a_question_are_not_those_of_the_contract() -> None:
    """The buyer's figure is the one it answers."""
    facts = read_whole(
        ("CCAP", "# 6 Insertion\nLe titulaire réalise 420 heures d'insertion sur la durée du marché."),
        ("QR", "Q1 : devons-nous prévoir 840 heures d'insertion ?\nR1 : voir le CCAP."),
    )
    assert known(facts)["social.heures_insertion"] == 420


def test_the_total_under_a_line_of_several_lots_is_the_market_s() -> None:
    """A notice names its lots on one line, then what they are worth together."""
    text = (
        "Lot 1 - Collecte en bacs. Lot 2 - Haut de quai des déchèteries.\n"
        "Valeur totale estimée hors TVA : 2 400 000 euros"
    )
    assert value(text, "valeur_estimee_ht", "AAPC") == 2400000
    assert read(piece(text, "AAPC")).get("valeur_estimee_ht", Scope("lot", "2")) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("# 4 Durée\nDeux ans fermes, puis une reconduction de deux ans.", 48),
        ("# 4 Durée\nDu 1er octobre 2027 au 30 septembre 2030, sans reconduction.", 36),
        ("# 4 Durée\nDu 1er octobre 2027 au 30 septembre 2028, reconductible deux fois un an.", 36),
        (
            "Chaque lot court du 1er mai 2027 au 30 avril 2028. Il est reconductible deux fois, par période de douze "
            "mois, sans pouvoir dépasser le 30 avril 2030.",
            36,
        ),
        ("L'accord-cadre prend effet le 1er mai 2027 pour un an. Il est reconductible 2 fois pour la même durée.", 36),
        ("3) Durée : 12 mois renouvelables 2 fois par reconduction expresse.", 36),
        ("# 7 Délais\nLa durée prévisionnelle du marché est de 58 mois à compter de sa notification.", 58),
        ("# 4 Véhicules\nLe contrat de location en cours court du 1er mai 2022 au 30 avril 2026.", "unknown"),
    ],
)
def test_durations_as_project_managers_write_them(text: str, months: object) -> None:
    """Dates, a word for the renewals, a length told by the one before."""
    assert value(text, "duree_mois", "CCAP") == months


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("# 5 Prix\nLa prime est indexée chaque année sur l'indice FFB.", "prix.revisable", True),
        ("# 5 Prix\nRévision semestrielle.", "prix.revisable", True),
        ("# 5 Prix\nPrix par repas, révisés au 1er septembre selon l'indice des prix.", "prix.revisable", True),
        ("# 5 Prix\nL'avance n'est pas indexée.", "prix.revisable", "absent"),
        ("# 7 Règlement\nMandatement à 30 jours.", "delai_paiement_jours", 30),
        ("# 7 Règlement\nLe comptable règle sous 30 jours.", "delai_paiement_jours", 30),
        ("# 7 Règlement\nPaiement à trente jours.", "delai_paiement_jours", 30),
        ("# 7 Délai de paiement\nConformément à l'article R2192-10, trente (30) jours.", "delai_paiement_jours", 30),
        ("# 7 Règlement\nLe mémoire de réclamation est remis sous 30 jours.", "delai_paiement_jours", "unknown"),
    ],
)
def test_terms_in_few_words(text: str, name: str, expected: object) -> None:
    """What the price becomes, and when it is paid."""
    facts = read_whole(("CCAP", text))
    assert ("absent" if name in absent(facts) else known(facts).get(name, "unknown")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le groupement sera conjoint avec mandataire solidaire.", "conjoint"),
        ("Après attribution, le groupement sera solidaire.", "solidaire"),
        ("La forme du groupement sera conjointe ou solidaire, au choix.", None),
        ("Si le groupement est conjoint, le mandataire est solidaire.", None),
    ],
)
def test_the_form_of_a_group(text: str, expected: object) -> None:
    """Said in one short sentence of the rules."""
    assert known(read_whole(("RC", f"# 3 Candidature\n{text}"))).get("groupement.forme_imposee") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Il justifie chaque semestre auprès de la facilitatrice.",
        "L'exécution fait l'objet d'un reporting trimestriel.",
        "Suivi : chargé de mission du Département, comité annuel.",
    ],
)
def test_how_insertion_is_followed(text: str) -> None:
    """Short words under the article of insertion."""
    clause = "# 9 Insertion\nLe titulaire réserve 600 heures de travail à des demandeurs d'emploi de longue durée.\n"
    assert known(read_whole(("CCAP", clause + text)))["social.controle"] is True
    other = "# 9 Insertion\nLe titulaire réserve 600 heures de travail à des demandeurs d'emploi.\n# 10 Maintenance\n"
    assert "social.controle" not in known(read_whole(("CCAP", other + text)))


def test_words_of_sectors() -> None:
    """Free licences, weighed leftovers."""
    free = "# 4 Livrables\nLes développements sont publiés sous licence libre."
    assert known(read_whole(("CCTP", free)))["numerique.logiciel_libre"] is True
    meals = (
        "Restauration scolaire : repas en liaison froide\n# 4 Gaspillage\n"
        "Le titulaire pèse les restes une semaine par trimestre."
    )
    assert known(read_whole(("CCTP", meals)))["restauration.gaspillage"] is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# D. Variante\nPas de variante.", "interdites"),
        ("# 2.5 Variantes\nLes variantes à l'initiative des candidats sont proscrites.", "interdites"),
        ("# 2.5 Variantes\nIl n'est pas autorisé de variantes.", "interdites"),
    ],
)
def test_variants(text: str, expected: object) -> None:
    """Refusals in other words."""
    assert value(text, "variantes") == expected


def test_days_of_a_notice() -> None:
    """A limit with the day of the week, the hour in short, a label of its own."""
    text = "9) Réponses à envoyer sur la plateforme avant le mardi 20 avril 2027, 18h."
    assert value(text, "date_limite_offres", "RC") == date(2027, 4, 20)
    assert of_lot(read_whole(("RC", text)), "1") == {}


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        (
            "# 5 | CRITÈRES\nPrix 55 % ; qualité du service 30 % (moyens 20 %, continuité 10 %) ; performance "
            "environnementale 15 %.",
            [55, 30, 15],
        ),
        (
            "# ARTICLE 5 : JUGEMENT DES OFFRES\nNote sur 100 = A + B + C :\nA – Prix : 50 points\n"
            "B – Valeur technique : 35 points (méthode 15 ; moyens 10 ; planning 10)\nC – Déchets : 15 points",
            [50, 35, 15],
        ),
        ("7) Le jugement : qualité de l'accompagnement 50 %, valeur technique 30 %, prix 20 %.", [50, 30, 20]),
        (
            "# E. Choix\nQualité des denrées, jugée sur échantillons : 35 points\nPrix : 35 points\n"
            "Gaspillage et circuits courts : 20 points\nInsertion des personnels : 10 points\nTotal : 100 points",
            [35, 35, 20, 10],
        ),
        (
            "# 4 Critères de choix des offres\nN°\tCritère\tPond.\nC1\tPrix\t60\nC2\tQualité de la solution\t40",
            [60, 40],
        ),
        ("# E. Choix\nDes véhicules : 12 points de charge\nCouleur : 3 points", []),
    ],
)
def test_criteria_as_several_hands_write_them(text: str, weights: list[int]) -> None:
    """Details in parentheses, letters, short titles, a column whose title is cut."""
    found = read(piece(text)).get("criteres", MARCHE)
    told = found.value if found is not None and isinstance(found.value, tuple) else ()
    assert [int(item["poids"]) for item in told] == weights  # type: ignore[index, arg-type]
    assert not any(str(item["nom"]).startswith("C1") for item in told)  # type: ignore[index]


def test_a_column_of_weights_for_a_range_of_lots() -> None:
    """Insurers weigh the last lot apart."""
    found = read(
        piece(
            "# 5 Jugement\nCritères\tLots 1 à 3\tLot 4\nÉtendue des garanties\t50 %\t40 %\nTarif\t40 %\t40 %\n"
            "Gestion des sinistres\t10 %\t20 %"
        )
    )
    told = {fact.scope.id: fact.value for fact in found if fact.name == "criteres" and isinstance(fact.value, tuple)}
    assert {lot: [int(item["poids"]) for item in value] for lot, value in told.items()} == {  # type: ignore[index, arg-type]
        "1": [50, 40, 10],
        "2": [50, 40, 10],
        "3": [50, 40, 10],
        "4": [40, 40, 20],
    }


def test_hours_in_a_column_that_does_not_name_them() -> None:
    """The cells do; a lot that is reserved has none."""
    facts = read_whole(
        (
            "RC",
            "# 4 Lots\nLot\tDésignation\tClause d'insertion : volume minimal\n1\tCrèches\t900 heures\n"
            "2\tVitrerie\tLot réservé\n3\tArchives\tnéant",
        )
    )
    assert of_lot(facts, "1")["social.heures_insertion"] == 900
    assert "social.heures_insertion" not in of_lot(facts, "2")


def test_a_sentence_on_this_lot_follows_the_lot_it_names() -> None:
    """A notice runs its lots on in one paragraph."""
    facts = read_whole(
        (
            "AAPC",
            "Lot 1 - Collecte des bacs. Lot 2 - Tri des encombrants. Lot réservé : réservé aux structures "
            "d'insertion (L. 2113-13).",
        )
    )
    assert known(facts).get("reservation.categorie") is None
    assert of_lot(facts, "2")["reservation.categorie"] == "insertion"


def test_a_letter_that_serves_as_rules_and_specification() -> None:
    """Small buyers write one piece, and name it after all it replaces."""
    named = named_by_title("lettre de consultation valant reglement et cahier des charges", naming())
    assert named is not None
    assert (named.role, named.also) == ("CCP", ("RC",))
    technical = named_by_title("reglement de la consultation et cahier des charges techniques", naming())
    assert technical is not None
    assert technical.role == "RC"


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("approvisionnements durables et lutte contre le gaspillage", "environnemental"),
        ("eco-conception et sobriete numerique", "environnemental"),
        ("accompagnement socioprofessionnel", "social"),
        ("alternance et stages proposes", "social"),
        ("solution durablement maintenue", "autre"),
        ("alternance des equipes", "technique"),
    ],
)
def test_the_nature_of_criteria_in_other_words(name: str, nature: str) -> None:
    """What makes a criterion green or social, whatever it is called."""
    assert nature_of(name, terms()["criteres"]["natures"]) == nature


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (
            "# 9 Insertion\nLe titulaire s'oblige à 5 000 heures d'insertion : 3 500 h en phase travaux et 1 500 h en "
            "exploitation.",
            "social.heures_insertion",
            5000,
        ),
        (
            "# 9 Insertion\nLe titulaire réserve 900 heures d'insertion. Les bénéficiaires sont désignés par le "
            "service emploi de l'agglomération.",
            "social.facilitateur",
            True,
        ),
        ("1. Prix : ajustables au tarif du constructeur.", "prix.revisable", True),
        ("# 5 Prix\nLes prix sont fermes un an, révisés ensuite chaque 1er janvier.", "prix.revisable", True),
        ("3. Mandatement : 30 jours.", "delai_paiement_jours", 30),
        ("# 6 Avance\nPas d'avance.", "avance", False),
        ("2. Avance : néant, les livraisons étant faites sous deux mois.", "avance", False),
        ("# 8 Retenue de garantie\n5 %, libérée au bout d'un an.", "retenue_garantie_taux", 5),
    ],
)
def test_terms_of_one_line(text: str, name: str, expected: object) -> None:
    """A label, a colon, and what counts."""
    assert known(read_whole(("CCAP", text))).get(name) == expected


def test_each_stage_has_its_form_of_group() -> None:
    """Free when applying, joint once the contract is won."""
    text = (
        "# 4 Groupement\nAucune forme n'est imposée à la candidature ; l'attributaire prendra la forme d'un "
        "groupement conjoint."
    )
    found = known(read_whole(("RC", text)))
    assert found["groupement.forme_imposee"] == "conjoint"
    free = "# 4 Groupement\nLes candidats choisissent librement la forme de leur groupement."
    assert known(read_whole(("RC", free)))["groupement.forme_imposee"] == "aucune"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# 6 Exigences\nPapier recyclé à 100 %, encres végétales.", "environnement.specification"),
        ("# 6 Numérique responsable\nLes écrans respectent le RGESN.", "environnement.specification"),
        ("# 6 Hébergement\nLe PUE du centre de données est inférieur à 1,4.", "environnement.specification"),
    ],
)
def test_green_requirements_in_few_words(text: str, name: str) -> None:
    """Paper, ink, screens and servers."""
    assert known(read_whole(("CCTP", text))).get(name) is True


def test_a_lot_named_before_its_ceiling() -> None:
    """The name of a lot ends where its amount begins."""
    found = read(piece("Lot 1 : berlines - maximum 900 000 € HT\nLot 2 : fourgons - maximum 300 000 € HT", "AAPC"))
    assert [f.value for f in found if f.name == "objet" and f.scope != MARCHE] == ["berlines", "fourgons"]


def test_a_contest_is_not_what_is_bought() -> None:
    """A sentence on the procedure, right under the title "Objet"."""
    text = "# 1 Objet\nLe concours restreint sur esquisse est organisé en application des articles L2125-1 et R2162-15."
    assert value(text, "objet") == "unknown"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Remise des offres\n3 juin 2027, 11 h 00", "date_limite_offres", date(2027, 6, 3)),
        ("4 Date de remise des offres : le 21/05/2027 - 12 h", "date_limite_offres", date(2027, 5, 21)),
        ("Avis transmis au JOUE et au BOAMP le 02/03/2027", "date_lancement", date(2027, 3, 2)),
        ("Accord-cadre sur 24 mois renouvelable une fois pour 24 mois", "duree_mois", 48),
        ("2.2 Il n'est pas prévu de lots : marché global.", "alloti", False),
        ("5) Il n'y a qu'un lot, les équipes étant indissociables.", "alloti", False),
    ],
)
def test_lines_of_covers_and_notices(text: str, name: str, expected: object) -> None:
    """Dates, durations and lots without a sentence around them."""
    assert value(text, name, "AAPC") == expected


@pytest.mark.parametrize(
    ("name", "nature"),
    [
        ("valeur technique (soin du reconditionnement, essais, garantie)", "technique"),
        ("qualite des repas (menus, cuisson et produits durables)", "technique"),
        ("performance (carbone, dechets)", "environnemental"),
        ("valeur technique (gestion des dechets)", "environnemental"),
        ("performance sociale (tri et collecte des dechets, tutorat)", "social"),
        ("delai (planning, dechets, equipe)", "delai"),
    ],
)
def test_the_head_of_a_name_says_what_its_brackets_detail(name: str, nature: str) -> None:
    """One detail among others makes no green criterion of a technical one."""
    assert nature_of(name, terms()["criteres"]["natures"]) == nature
