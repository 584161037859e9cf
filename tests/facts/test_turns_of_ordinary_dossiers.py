"""Turns that ordinary dossiers write: lots apart, rates beside a guarantee, brands, labels, and annexes at hand."""

from __future__ import annotations

import pytest
from template_builders import absent, disputed, known, of_lot, read_whole

from achats_check.model.fact import FactSet

_LOTS = """
RÈGLEMENT DE LA CONSULTATION
# Article 1 - Allotissement
Les prestations sont réparties en 3 lots :
Lot 1 : Plomberie
Lot 2 : Vitrerie
Lot 3 : Serrurerie
"""
_SOCIAL = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n# 8 - Clauses sociales\n"
_BRAND = "specifications.marque_sans_equivalent"
_ORIGIN = "specifications.provenance_imposee"
_GROUP = "groupement.forme_imposee"


def _contract(text: str) -> FactSet:
    return read_whole(("CCAP", text))


@pytest.mark.parametrize(
    "denial",
    [
        "Les autres lots ne prévoient aucune clause d'insertion.",
        "Les autres lots n'en comportent pas.",
        "Les lots restants ne sont soumis à aucune clause d'insertion.",
        "En revanche, les autres lots ne sont pas concernés.",
    ],
)
def test_other_lots_deny_nothing_of_the_market(denial: str) -> None:
    """A clause that the sentence before gives to lots is denied of the others, and of them only."""
    clause = f"{_SOCIAL}Les titulaires des lots 1 et 3 réalisent une action d'insertion. {denial}\n"
    facts = read_whole(("RC", _LOTS), ("CCAP", clause))
    assert "social.insertion" not in disputed(facts)
    assert known(facts).get("social.insertion") is not False
    assert of_lot(facts, "1")["social.insertion"] is True
    assert of_lot(facts, "2")["social.insertion"] is False


def test_other_lots_than_lots_unknown() -> None:
    """Without the lots that have the clause, what the others lack is known of nobody."""
    facts = read_whole(("RC", _LOTS), ("CCAP", f"{_SOCIAL}Les autres lots ne prévoient aucune clause d'insertion.\n"))
    assert known(facts).get("social.insertion") is None
    assert all("social.insertion" not in of_lot(facts, lot) for lot in "123")


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("Lot\tHeures d'insertion (4 ans)", True),
        ("Lot\tHeures d'insertion sur 36 mois", True),
        ("Lot\tVolume d'heures d'insertion (1)", True),
        ("Lot\tHeures d'insertion par an (4 ans)", False),
        ("Lot\tHeures d'insertion par an", False),
    ],
)
def test_hours_under_a_header_that_tells_their_span(header: str, read: bool) -> None:
    """A span is no figure, and the hours of a year are not those of the contract."""
    table = f"{_SOCIAL}Le titulaire réserve des heures d'insertion.\n{header}\n1\t640\n3\t1 150\n"
    facts = read_whole(("RC", _LOTS), ("CCAP", table))
    hours = [of_lot(facts, lot).get("social.heures_insertion") for lot in "13"]
    assert hours == ([640, 1150] if read else [None, None])


def test_hours_of_the_contract_beside_those_of_a_year() -> None:
    """Of two columns, that of the whole contract is read."""
    table = f"{_SOCIAL}Heures d'insertion :\nLot\tHeures par an\tHeures sur 4 ans\n1\t100\t400\n3\t50\t200\n"
    facts = read_whole(("RC", _LOTS), ("CCAP", table))
    assert [of_lot(facts, lot)["social.heures_insertion"] for lot in "13"] == [400, 200]


def test_ratio_of_the_lots_of_the_article_above() -> None:
    """The title that names the lots may be that of the article which holds the ratio's own."""
    facts = read_whole(
        ("RC", _LOTS),
        (
            "CCAP",
            f"{_SOCIAL}# 8.1 - Action d'insertion (lots 1 et 3)\nUne action d'insertion est imposée.\n"
            "# 8.1.1 - Volume\nLe titulaire réserve 8 heures d'insertion par tranche de 4 000 € HT facturés.\n",
        ),
    )
    assert "social.ratio_heures" not in known(facts)
    assert [of_lot(facts, lot).get("social.ratio_heures") for lot in "123"] == [8, None, 8]


@pytest.mark.parametrize(
    "guarantee",
    [
        "Le titulaire ne fournit aucune garantie en dessous d'un taux de 30 %.",
        "La garantie n'est exigée que pour une avance de 25 %.",
        "Aucune garantie n'est exigée pour une avance inférieure à 30 %.",
    ],
)
def test_rate_of_a_guarantee_is_no_rate_of_the_advance(guarantee: str) -> None:
    """The rate from which a guarantee is asked says nothing of the advance paid."""
    found = known(
        _contract(
            "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n# 5 Avance\nUne avance est versée. Son taux est de 5 %."
            f" Il est porté à 20 % lorsque le titulaire est une petite ou moyenne entreprise. {guarantee}"
        )
    )
    assert (found["avance_taux"], found["avance_taux_pme"]) == (5, 20)


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("Les variantes sont autorisées pour le lot 2 exclusivement.", ["interdites", "autorisees", "interdites"]),
        ("Les variantes sont admises uniquement pour les lots 1 et 2.", ["autorisees", "autorisees", "interdites"]),
        ("Les variantes sont exclues pour les lots 1 et 2.", ["interdites", "interdites", None]),
        ("Variantes\t☒ Autorisées pour le lot 2 ☒ Interdites pour les lots 1 et 3", ["interdites", "autorisees"]),
        ("Variantes\t☐ Autorisées pour le lot 2 ☒ Interdites pour les lots 1 et 3", ["interdites", None]),
        ("Variantes\tAutorisées pour le lot 2, interdites pour les lots 1 et 3", ["interdites", "autorisees"]),
    ],
)
def test_variants_that_some_lots_alone_admit(sentence: str, read: list[str | None]) -> None:
    """ "Exclusivement" excludes the others, and boxes answer lot by lot."""
    facts = read_whole(("RC", f"{_LOTS}# Article 2 - Variantes\n{sentence}\n"))
    assert [of_lot(facts, str(lot)).get("variantes") for lot in range(1, len(read) + 1)] == read


@pytest.mark.parametrize(
    ("told", "value"),
    [
        ("Les prix sont fermes les douze premiers mois. Ils sont révisables ensuite par trimestre.", True),
        ("Les prix sont fermes six mois. Ils sont ensuite révisés par application de la formule ci-dessous.", True),
        ("Les prix sont fermes pendant toute la durée du marché.", False),
    ],
)
def test_prices_firm_for_a_first_time(told: str, value: bool) -> None:
    """Prices firm at first are no firm prices."""
    facts = _contract(f"CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n# 7 Prix\n# 7.2 Variation des prix\n{told}")
    assert known(facts)["prix.revisable"] is value


@pytest.mark.parametrize(
    ("role", "text", "name", "value"),
    [
        (
            "RC",
            "Le candidat produit au moins deux références de fournitures comparables ; à défaut, sa candidature sera "
            "écartée.",
            "candidature.references_eliminatoires",
            True,
        ),
        (
            "RC",
            "Le candidat indique les références des articles ; à défaut, son offre sera écartée.",
            "candidature.references_eliminatoires",
            None,
        ),
        (
            "CCTP",
            "La serrure est de marque DORVAL. Les clés d'une autre marque ne sont pas admises.",
            _BRAND,
            True,
        ),
        ("CCTP", "Vasque avec mitigeur GROHE, série Essence, bec fixe.", _BRAND, True),
        ("CCTP", "Vasque avec mitigeur GROHE, série Essence, ou équivalent.", _BRAND, None),
        (
            "CCTP",
            "Candélabre de marque LUXOR. Aucun autre modèle ne sera accepté. Norme NF EN 40 ou équivalente.",
            _BRAND,
            True,
        ),
        ("CCTP", "Candélabre de marque LUXOR.\tou équivalent", _BRAND, None),
        ("CCTP", "Les bovins sont nés, élevés et abattus en France.", _ORIGIN, True),
        ("CCTP", "Les bovins sont nés, élevés et abattus en France ou dans l'Union européenne.", _ORIGIN, None),
        ("CCTP", "L'étiquette indique le pays où l'animal est né, élevé et abattu.", _ORIGIN, None),
        (
            "CCAP",
            "# 6 Livraison\nLe titulaire ajuste les portions afin de limiter le gaspillage alimentaire.",
            "restauration.gaspillage",
            True,
        ),
        (
            "CCAP",
            "# 9 Conditions d'exécution environnementales\nLes véhicules sont classés Crit'Air 1.\n# 9.2 Suivi\n"
            "Le titulaire remet chaque année la liste de ses véhicules et les attestations de formation.",
            "environnement.preuves",
            True,
        ),
        (
            "CCAP",
            "# 3 Groupement\nTout groupement retenu prendra la forme d'un groupement d'entreprises solidaire "
            "après attribution.",
            _GROUP,
            "solidaire",
        ),
        (
            "CCAP",
            "# 3 Groupement\nSi le groupement titulaire est conjoint, son mandataire est solidaire.",
            _GROUP,
            None,
        ),
    ],
)
def test_turns_of_ordinary_pieces(role: str, text: str, name: str, value: object) -> None:
    """What each turn says, or only seems to say."""
    assert known(read_whole((role, text))).get(name) == value


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("La ramette répond aux critères de l'Écolabel européen ou d'un label équivalent.", ["écolabel européen"]),
        ("Le savon est conforme aux critères du label Ecocert, ou équivalent.", ["Ecocert"]),
        ("Parmi les critères de jugement figure la part de papiers porteurs de l'Écolabel européen.", []),
    ],
)
def test_criteria_of_a_label_are_no_award_criteria(sentence: str, names: list[str]) -> None:
    """A product that meets the criteria of a label is asked to bear it, or its like."""
    labels = known(read_whole(("CCTP", sentence))).get("labels", ())
    assert isinstance(labels, tuple)
    assert [label["nom"] for label in labels] == names


def test_contracts_of_a_direct_hire() -> None:
    """The kinds of contract in brackets are those of the hire, and no way of their own."""
    facts = _contract(
        f"{_SOCIAL}# 8.3 Modalités\nLe titulaire recourt à l'embauche directe (CDD, contrat de professionnalisation)."
    )
    assert known(facts)["social.modalites"] == ("embauche_directe",)


def test_joint_liability_is_no_solidarity() -> None:
    """A representative that is "solidaire" of its group leaves the criteria as they are."""
    rules = """
RÈGLEMENT DE LA CONSULTATION
# Article 3 - Groupements
Après attribution, le groupement sera contraint de revêtir la forme conjointe, avec un mandataire solidaire.
# Article 7 - Jugement des offres
Critère 1 : Prix (60 %)
Critère 2 : Valeur technique (40 %)
Le titulaire prend la forme d'un groupement conjoint avec mandataire solidaire.
"""
    assert {"environnement.critere", "social.critere"} <= absent(read_whole(("RC", rules)))


_ENGAGEMENT = (
    "ACTE D'ENGAGEMENT\n# 4 Clause d'insertion\n"
    "Le titulaire s'engage à réaliser les heures d'insertion fixées à l'annexe 1 du CCAP.\n"
)
_CLAUSE = f"{_SOCIAL}Le titulaire réalise une action d'insertion.\n"


def test_annex_at_hand_leaves_nothing_open() -> None:
    """What a clause sends to its annex is looked for there; without the annex nothing is said absent."""
    annex = "ANNEXE 1 AU CCAP\nClause sociale d'insertion\n# 1 Principe\nLe titulaire réserve des heures d'insertion.\n"
    at_hand = read_whole(("CCAP", _CLAUSE), ("AE", _ENGAGEMENT), ("CCAP", annex))
    without = read_whole(("CCAP", _CLAUSE), ("AE", _ENGAGEMENT))
    assert "social.egalite" in absent(at_hand)
    assert "social.egalite" not in absent(without)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("1", "solution_immediatement_disponible"),
        ("2", "lien_insuffisant"),
        ("3", "concurrence_ou_difficulte"),
        ("4", "travaux_moins_six_mois"),
    ],
)
def test_an_exception_told_by_its_number(number: str, reason: str) -> None:
    """A clause set aside on the ground of a numbered exception is none, and the reason is that of the number."""
    text = (
        "# 4.1 Considérations sociales\nLa commune décide de ne pas prévoir de telles conditions, sur le fondement du "
        f"{number}° du II de l'article L. 2112-2-1 du code de la commande publique."
    )
    facts = known(read_whole(("RC", text)))
    assert facts["social.derogation_motif"] == reason
    assert facts["social.condition_execution"] is False


def test_the_exceptions_recalled_are_no_reason() -> None:
    """A reminder of the law names the four."""
    text = "# 4.1 Considérations sociales\nSauf les cas des 1° à 4° du II de l'article L. 2112-2-1, une clause est due."
    assert "social.derogation_motif" not in known(read_whole(("RC", text)))


def test_a_putting_back_in_service_is_no_price() -> None:
    """ "Remise en service" is a delay; price and delay are two criteria."""
    text = "# 6 Jugement\nLes critères sont le prix (60 %) et le délai de remise en service (40 %)."
    facts = read_whole(("RC", text))
    assert [criterion["nature"] for criterion in known(facts)["criteres"]] == ["prix", "delai"]


@pytest.mark.parametrize(
    "start", ["la mise en service du dernier appareil", "la date de mise en service du dernier poste"]
)
def test_a_duration_counted_from_the_last_delivery(start: str) -> None:
    """The last of the things delivered is no last year of something else."""
    text = f"# 2 Durée du marché\nLe marché est conclu pour une durée de 60 mois à compter de {start}."
    assert known(read_whole(("RC", text)))["duree_mois"] == 60


def test_a_consultation_launched_on_a_day() -> None:
    """The day it is launched is that of the law."""
    text = "# 2 Procédure\nLa consultation est lancée le 6 mars 2023, date d'envoi de l'avis."
    assert str(known(read_whole(("RC", text)))["date_lancement"]) == "2023-03-06"


def test_certificates_asked_of_every_candidate_in_a_list() -> None:
    """A long line of the list of papers still asks all candidates."""
    text = (
        "# 4 Pièces\n- attestations fiscales et sociales de moins de six mois, extrait Kbis et attestation "
        "d'assurance, à joindre au pli par tous les candidats ;"
    )
    assert known(read_whole(("RC", text)))["candidature.attestations_de_tous"] is True


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (
            "Les papiers portent un label de gestion durable ou équivalent. Toute preuve est admise qui montre les "
            "caractéristiques suivantes : pâte sans chlore, bois traçable.",
            True,
        ),
        ("Toute preuve est admise qui montre les caractéristiques suivantes : grammage, blancheur.", None),
        ("Les papiers portent un label de gestion durable. Toute preuve d'équivalence est admise.", None),
    ],
)
def test_what_a_label_attests_is_listed_in_the_next_sentence(text: str, listed: bool | None) -> None:
    """The label is named first, and what any proof must show of it next."""
    facts = read_whole(("CCTP", f"CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n# 2 Papiers\n{text}\n"))
    assert known(facts).get("labels.caracteristiques_enumerees") is listed
