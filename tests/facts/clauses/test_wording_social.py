"""Social clauses and reservations: what each wording says, denies, or only seems to say."""

from __future__ import annotations

import pytest
from clauses_builders import Finder, values

NOTHING: dict[str, object] = {}
YES = {"": True}
NO = {"": False}
INSERTION, SOCIAL = "social.insertion", "social.condition_execution"

CLAUSES = [
    ("Le marché comporte une clause sociale d'insertion obligatoire.", INSERTION, YES),
    ("Le marché comporte une clause sociale d’insertion obligatoire.", SOCIAL, YES),
    ("LE TITULAIRE EST SOUMIS À UNE CLAUSE D'INSERTION", INSERTION, YES),
    (
        "L'entreprise confie 10 % du temps de travail à des personnes rencontrant des difficultés d'accès à l'emploi.",
        INSERTION,
        YES,
    ),
    ("Deux postes sont occupés par des bénéficiaires du RSA pendant l'exécution du marché.", INSERTION, YES),
    ("Le tarif réduit est accordé aux bénéficiaires du RSA.", INSERTION, NOTHING),
    ("Le titulaire recrute au moins un apprenti pour la durée du marché.", SOCIAL, YES),
    ("20 % des effectifs affectés au chantier sont des demandeurs d'emploi.", SOCIAL, YES),
    ("Le titulaire sous-traite une part des prestations à une entreprise d'insertion.", SOCIAL, YES),
    ("Des habitants des quartiers prioritaires sont embauchés pour l'exécution du marché.", SOCIAL, YES),
    ("Le titulaire accueille chaque année deux stagiaires de la mission locale.", SOCIAL, YES),
    ("Le nettoyage est confié pour partie à un ESAT.", SOCIAL, YES),
    ("La salle accueille les demandeurs d'emploi le lundi.", SOCIAL, NOTHING),
    ("Le titulaire n'est pas dispensé de la clause d'insertion.", INSERTION, YES),
    ("En cas de non-respect de la clause d'insertion, le marché est résilié.", INSERTION, YES),
    ("Le titulaire réalise une action d'insertion pendant l'exécution.", INSERTION, YES),
    ("Le titulaire s'engage à réserver 200 heures à des publics en insertion.", INSERTION, YES),
    ("Le titulaire devra confier une part des travaux à des personnes éloignées de l'emploi.", INSERTION, YES),
    ("Conditions d'exécution : insertion par l'activité économique des personnes sans emploi.", INSERTION, YES),
    ("Cette démarche vise à promouvoir l'emploi de personnes rencontrant des difficultés.", INSERTION, YES),
    ("Un minimum de 350 heures d'insertion est exigé.", INSERTION, YES),
    ("Heures réservées à l'insertion : 120 heures.", INSERTION, YES),
    ("Le présent accord-cadre est assorti d'une clause sociale de formation.", SOCIAL, YES),
    ("Conditions d'exécution à caractère social : voir l'article 9.", SOCIAL, YES),
    ("Clauses sociales : Avec", SOCIAL, YES),
    ("Clauses sociales\tAvec", SOCIAL, YES),
    ("Clauses sociales : Oui", SOCIAL, YES),
    ("☒ Le marché comporte une clause d'insertion\n☐ Le marché n'en comporte pas", INSERTION, YES),
    (
        "# Clause sociale d'insertion\nL'entreprise retenue emploie pendant le chantier des demandeurs d'emploi.",
        INSERTION,
        YES,
    ),
    (
        "# Égalité professionnelle\nLe titulaire s'engage à garantir l'égalité entre les femmes et les hommes.",
        SOCIAL,
        YES,
    ),
    ("Le titulaire met en œuvre l'égalité femmes-hommes dans ses équipes.", "social.egalite", YES),
    ("Le titulaire accueille au moins un apprenti pendant le chantier.", "social.apprentissage", YES),
]
DENIALS = [
    ("Les pièces ne prévoient pas que le titulaire réalise une action d'insertion.", INSERTION, NO),
    ("Les pièces ne prévoient pas que le titulaire réalise une action d'insertion.", SOCIAL, NO),
    ("Le marché ne comporte aucune clause sociale d'insertion.", INSERTION, NO),
    ("Le marché ne comporte pas de clause d'insertion.", INSERTION, NO),
    ("Le présent marché n'est pas soumis à une clause d'insertion.", INSERTION, NO),
    ("Aucune clause sociale n'est imposée au titulaire.", SOCIAL, NO),
    ("Clause d'insertion : sans objet", INSERTION, NO),
    ("Clause d'insertion : néant", INSERTION, NO),
    ("Il n'est prévu aucune clause d'insertion pour ce lot.", INSERTION, NO),
    ("Clauses sociales : Sans", SOCIAL, NO),
    ("Le marché est exécuté sans clause sociale.", SOCIAL, NO),
    ("Pas d'obligation d'insertion sur ce marché.", INSERTION, NO),
    ("Clauses sociales\tSans", SOCIAL, NO),
    ("Clauses sociales\nSans", SOCIAL, NO),
    ("Variantes Sans\nClauses sociales Sans\nDurée 12 mois", SOCIAL, NO),
    ("# Clause sociale d'insertion\nSans objet.", INSERTION, NO),
    ("# Clauses sociales\nNéant", SOCIAL, NO),
    ("# Clauses sociales\nSans objet", SOCIAL, NO),
]
DECOYS = [
    ("Clauses sociales : Préconisations", SOCIAL, NOTHING),
    ("Nombre d'heures d'insertion : 20 points", "social.heures_insertion", NOTHING),
    ("Nombre d'heures d'insertion : 20 points", INSERTION, NOTHING),
    ("Clauses sociales\nPréconisations", SOCIAL, NOTHING),
    ("☐ Le marché comporte une clause d'insertion\n☐ Le marché n'en comporte pas", INSERTION, NOTHING),
    ("□ Clause d'insertion sociale □ Clause de formation", INSERTION, NOTHING),
    ("L'insertion paysagère du bâtiment sera soignée.", INSERTION, NOTHING),
    ("Une insertion urbaine et architecturale de qualité est attendue.", INSERTION, NOTHING),
    ("L'insertion d'un aménagement cyclable est comprise.", INSERTION, NOTHING),
    ("Le marché a pour objet des prestations d'insertion professionnelle de jeunes.", INSERTION, NOTHING),
    ("Le marché a pour objet la réalisation d'actions d'insertion pour les allocataires.", INSERTION, NOTHING),
    ("L'agence contribue à l'insertion professionnelle des demandeurs d'emploi.", INSERTION, NOTHING),
    ("Critère 3 : performance en matière d'insertion professionnelle, 10 points.", INSERTION, NOTHING),
    ("Le candidat indique s'il respecte l'obligation d'emploi de l'article L. 5212-1.", INSERTION, NOTHING),
    ("Le titulaire met en œuvre, le cas échéant, une action d'insertion.", INSERTION, NOTHING),
    ("Le candidat est invité à proposer une action d'insertion.", INSERTION, NOTHING),
    ("Le dialogue social est de la responsabilité de l'employeur.", SOCIAL, NOTHING),
    ("La construction de douze logements sociaux est prévue.", SOCIAL, NOTHING),
    ("L'objet social de la société figure au registre.", SOCIAL, NOTHING),
    ("La reprise du personnel est due selon la convention collective.", SOCIAL, NOTHING),
    ("Le titulaire produit une attestation de vigilance tous les six mois.", SOCIAL, NOTHING),
    ("Les obligations fiscales et sociales doivent être satisfaites.", SOCIAL, NOTHING),
    ("L'entreprise joint sa charte RSE.", SOCIAL, NOTHING),
    ("Le turn-over des agents est limité.", SOCIAL, NOTHING),
    ("Les candidats respectent l'égalité de traitement des candidats.", "social.egalite", NOTHING),
    ("Déclaration sur l'honneur relative à l'égalité professionnelle (L. 1142-1).", "social.egalite", NOTHING),
    ("L'apprentissage automatique entraîne le modèle de reconnaissance.", "social.apprentissage", NOTHING),
]
DETAILS = [
    ("Le titulaire réserve 350 heures à l'insertion.", "social.heures_insertion", {"": 350}),
    ("La clause d'insertion porte sur un minimum de 1 200 heures.", "social.heures_insertion", {"": 1200}),
    ("La région prévoit d'y inscrire 900 heures d'insertion.", "social.heures_insertion", NOTHING),
    ("Les futurs marchés de travaux porteront 900 heures d'insertion.", "social.heures_insertion", NOTHING),
    ("Le titulaire prévoit 900 heures d'insertion.", "social.heures_insertion", {"": 900}),
    (
        "# Clause d'insertion\nLe programme 2021-2023 a permis la réalisation de 3 100 heures d'insertion.",
        "social.heures_insertion",
        NOTHING,
    ),
    ("Le titulaire réserve 1.200 heures à l'insertion.", "social.heures_insertion", {"": 1200}),
    ("Heures d'insertion : 80", "social.heures_insertion", {"": 80}),
    ("Pour le lot 2, 150 heures d'insertion sont exigées.", "social.heures_insertion", {"2": 150}),
    (
        "300 heures d'insertion pour le lot 1, 90 heures d'insertion pour le lot 4.",
        "social.heures_insertion",
        {"1": 300, "4": 90},
    ),
    ("Une pénalité de 50 € par heure d'insertion non réalisée est appliquée.", "social.heures_insertion", NOTHING),
    ("Le titulaire réserve 350 heures à l'insertion.", "social.volume", YES),
    ("5 % des heures travaillées sont confiées à des personnes éloignées de l'emploi.", "social.volume", YES),
    (
        "# Clause sociale\nLe titulaire réalise une action d'insertion.\nAu moins 30 % de denrées sont biologiques.",
        "social.volume",
        NOTHING,
    ),
    ("Le facilitateur de la clause accompagne le titulaire.", "social.facilitateur", YES),
    ("La maison de l'emploi accompagne les entreprises.", "social.facilitateur", YES),
    ("Un facilitateur graphique anime l'atelier.", "social.facilitateur", NOTHING),
    ("Une pénalité de 60 € est due en cas de non-respect de la clause d'insertion.", "social.penalites", YES),
    ("Le contrôle de l'action d'insertion est assuré par l'acheteur.", "social.controle", YES),
    ("Une pénalité de 100 € est due par jour de retard.", "social.penalites", NOTHING),
    ("Le candidat présente la politique RSE de l'entreprise.", "social.politique_generale", YES),
]
RESERVED = [
    ("Le lot 6 est réservé aux EA, ESAT.", {"6": "handicap"}),
    ("Les lots 2 et 3 sont réservés aux entreprises adaptées.", {"2": "handicap", "3": "handicap"}),
    (
        "Les lots n° 1 à 3 sont réservés aux structures d'insertion par l'activité économique.",
        dict.fromkeys("123", "insertion"),
    ),
    ("Marché réservé aux entreprises adaptées et aux ESAT (L. 2113-12).", {"": "handicap"}),
    ("Marché réservé en application de l'article L. 2113-13.", {"": "insertion"}),
    ("Marché réservé en vertu des articles L. 2113-12 et L. 2113-13.", {"": "handicap_et_insertion"}),
    (
        "En vertu des articles L.2113-12 et L.2113-13, le lot 4 est réservé à ces structures.",
        {"4": "handicap_et_insertion"},
    ),
    ("Marché réservé aux entreprises de l'économie sociale et solidaire (L. 2113-15).", {"": "ess"}),
    ("Le marché est réservé aux établissements pénitentiaires (L. 2113-13-1).", {"": "penitentiaire"}),
    (
        "Le lot 1 est réservé aux ESAT et le lot 2 est réservé aux entreprises d'insertion.",
        {"1": "handicap", "2": "insertion"},
    ),
    ("☐ Le marché n'est pas réservé\n☒ Le marché est réservé aux entreprises adaptées", {"": "handicap"}),
    ("☒ Le marché n'est pas réservé\n☐ Le marché est réservé aux entreprises adaptées", {"": "aucune"}),
    ("Le marché n'est pas réservé.", {"": "aucune"}),
    ("Marché réservé : Non", {"": "aucune"}),
    ("Marché non réservé", {"": "aucune"}),
    ("Réservé aux ateliers protégés : non", {"": "aucune"}),
    ("La consultation ne fait pas l'objet d'une réservation.", {"": "aucune"}),
    ("☐ Le marché n'est pas réservé\n☐ Le marché est réservé aux entreprises adaptées", NOTHING),
    ("Le marché n'est pas réservé\nLe marché est réservé : L.2113-12 / L.2113-13 / L.2113-15", NOTHING),
    ("La prestation est réservée à une profession déterminée.", NOTHING),
    ("L'acheteur se réserve le droit de négocier avec les structures d'insertion.", NOTHING),
    ("80 heures sont réservées aux personnes en insertion.", NOTHING),
    ("Une zone réservée aux travailleurs handicapés est aménagée.", NOTHING),
    ("La levée des réserves suit la réception.", NOTHING),
    ("Cadre réservé à l'administration", NOTHING),
    ("Des places de stationnement sont réservées aux personnes handicapées.", NOTHING),
]


@pytest.mark.parametrize(("text", "fact", "expected"), [*CLAUSES, *DENIALS, *DECOYS, *DETAILS])
def test_social_wording(clauses: Finder, text: str, fact: str, expected: dict[str, object]) -> None:
    """A social wording gives the value a reader gives it."""
    assert values(clauses(text), fact) == expected


@pytest.mark.parametrize(("text", "expected"), RESERVED)
def test_reservation_wording(clauses: Finder, text: str, expected: dict[str, object]) -> None:
    """A reservation is told with its category and its lot, and only when it was chosen."""
    assert values(clauses(text, "RC"), "reservation.categorie") == expected


def test_the_articles_of_a_reservation_are_read_together(clauses: Finder) -> None:
    """The list of the piece, not one element by passage."""
    text = "Marché réservé en vertu des articles L. 2113-12 et L. 2113-14 du code, voir aussi R. 2161-2."
    assert values(clauses(text, "AAPC"), "reservation.fondement") == {"": ("L2113-12", "L2113-14")}
    assert values(clauses(text, "AAPC"), "reservation.articles_avis") == {"": ("L2113-12", "L2113-14")}


def test_the_notice_alone_mentions_a_reservation(clauses: Finder) -> None:
    """The fact about the notice is not read in the rules of the consultation."""
    text = "Le lot 1 est réservé aux entreprises adaptées."
    assert values(clauses(text, "AAPC"), "reservation.mention_avis") == {"1": True}
    assert values(clauses(text, "RC"), "reservation.mention_avis") == {}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Marché réservé : au moins 50 % de travailleurs handicapés.", "0.5"),
        ("Marché réservé ; la proportion minimale est de 75 % de travailleurs handicapés.", "0.75"),
    ],
)
def test_minimal_share(clauses: Finder, text: str, part: str) -> None:
    """The minimal share is a part of one."""
    assert str(values(clauses(text, "RC"), "reservation.part_minimale")[""]) == part


def test_publics_need_a_social_heading(clauses: Finder) -> None:
    """The same words outside an insertion article are not the publics of a clause."""
    text = "Sont éligibles les bénéficiaires du RSA et les travailleurs handicapés."
    found = values(clauses(text, "CCAP", "Clause d'insertion"), "social.publics")
    assert set(found[""]) == {"bénéficiaires du RSA", "travailleurs handicapés"}  # type: ignore[call-overload]
    assert values(clauses(text, "CCAP", "Public accueilli"), "social.modalites") == {}


def test_details_of_a_denied_clause_are_dropped(clauses: Finder) -> None:
    """No clause, no publics: the sentence names them only to set the clause aside."""
    text = "Le marché ne comporte pas de clause d'insertion en faveur des personnes éloignées de l'emploi."
    assert values(clauses(text), INSERTION) == {"": False}
    assert values(clauses(text), "social.publics") == NOTHING


def test_an_article_by_lot(clauses: Finder) -> None:
    """The lot of the title is the lot of the clause."""
    text = "# Lot 3 - Clause sociale d'insertion\nL'entreprise retenue emploie des personnes sans emploi au chantier."
    assert values(clauses(text), INSERTION) == {"3": True}


def test_an_answer_beside_the_label(clauses: Finder) -> None:
    """ "oui" and "non" boxes after the label decide."""
    assert values(clauses("Clause d'insertion : ☐ oui ☒ non"), INSERTION) == {"": False}
    assert values(clauses("Clause d'insertion : ☒ oui ☐ non"), INSERTION) == {"": True}
    assert values(clauses("Clause d'insertion : ☐ oui ☐ non"), INSERTION) == NOTHING


@pytest.mark.parametrize(("ticked", "empty"), ["ý¨", "þ¨", "☑❑"])
def test_boxes_of_a_symbol_font_left_as_letters(clauses: Finder, ticked: str, empty: str) -> None:
    """A PDF without a table of characters gives the boxes of Wingdings as accented letters."""
    assert values(clauses(f"Clause d'insertion : {empty} oui {ticked} non"), INSERTION) == {"": False}
    assert values(clauses(f"Clause d'insertion : {ticked} oui {empty} non"), INSERTION) == {"": True}


def test_hours_in_a_table(clauses: Finder) -> None:
    """A row of lots under an insertion heading gives each lot its hours."""
    text = "# Clause d'insertion\nLot 1\tGros œuvre\t350 h\nLot 2\tPeinture\t90 heures"
    assert values(clauses(text), "social.heures_insertion") == {"1": 350, "2": 90}


def test_thousands_of_hours_in_a_column(clauses: Finder) -> None:
    """A dot before three digits separates thousands, in a cell as in a sentence."""
    text = "# Clause d'insertion\nLot\tObjet\tHeures\n01\tGros œuvre\t1.200\n02\tPeinture\t2 400 h"
    assert values(clauses(text), "social.heures_insertion") == {"1": 1200, "2": 2400}
