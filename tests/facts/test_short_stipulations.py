"""Contracts that say things in few words: a title and a figure, a label and a rate, a line of a list of penalties."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole


def _contract(*lines: str) -> dict[str, object]:
    return known(read_whole(("CCAP", "\n".join(["CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES", *lines]))))


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("5.4 Délai de paiement", "30 jours."),
        ("Article 5 - Paiement", "30 jours à compter de la réception de la facture."),
        ("4 Paiement", "Délai global de trente (30) jours."),
        ("3 Prix", "3.3 Les acomptes sont payés à 30 jours."),
        ("2 Prix", "2.2 Les acomptes mensuels sont réglés dans un délai global de 30 jours."),
        ("3 Règlement", "Délai : 30 jours. Pas de retenue de garantie."),
        ("2 Prix", "Prix révisables mensuellement. Paiement : 30 jours. Avance : 10 %."),
        ("3 Paiement - avance", "30 jours à compter de la réception de la facture."),
        ("Art. III-2 Paiement", "Trente jours, sur facture électronique."),
        ("C.4 Règlement", "Acomptes : 70 % à la remise ; solde à la réception. Délai global : trente jours."),
        ("Finances", "Facture en fin de trimestre. La communauté de communes paie sous 30 jours."),
        ("Finances", "Facture unique à la livraison. L'office paie dans les 30 jours."),
        ("Finances", "Acomptes et paiement. Mensuels, sur situation. Délai : 30 jours."),
    ],
)
def test_payment_in_few_words(title: str, line: str) -> None:
    """The title says what the days are."""
    assert _contract(f"# {title}", line)["delai_paiement_jours"] == 30


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("5.4 Livraison", "30 jours."),
        ("6 Paiement du sous-traitant", "Le sous-traitant est accepté sous 15 jours."),
        ("6 Paiement", "Les factures sont établies à terme échu, tous les 30 jours."),
        ("6 Paiement", "La ville vérifie les factures dans les 30 jours de leur dépôt."),
        ("6 Réception", "Les réserves sont levées. Délai : 30 jours."),
    ],
)
def test_days_that_are_no_payment(title: str, line: str) -> None:
    """Days of a delivery, of an approval or of invoicing are no time of payment."""
    assert "delai_paiement_jours" not in _contract(f"# {title}", line)


def test_rate_of_an_advance_after_its_conditions() -> None:
    """The rate stands in the sentence after a long one, and that of small firms in the next."""
    found = _contract(
        "# Article 6 - Avance",
        "Sauf refus du titulaire, une avance est versée pour toute commande qui dépasse 50 000 € HT et dont le délai "
        "d'exécution est supérieur à deux mois. Son taux est de 10 %. Ce taux est porté à 30 % lorsque le titulaire "
        "ou son sous-traitant admis au paiement direct est une petite ou moyenne entreprise.",
    )
    assert (found["avance_taux"], found["avance_taux_pme"]) == (10, 30)


def test_rate_of_an_advance_after_its_label() -> None:
    """A label and its rate, with that of small firms behind it."""
    found = _contract("# 4 Finances", "Avance : 10 %, portée à 30 % pour les PME.")
    assert (found["avance_taux"], found["avance_taux_pme"]) == (10, 30)
    told = "Une avance de 5 % est versée si le montant dépasse 50 000 € HT ; 20 % pour une PME."
    found = _contract("# 4 Avance", told)
    assert (found["avance_taux"], found["avance_taux_pme"]) == (5, 20)
    assert _contract("# 4 Finances", "Avance : 20 % si le marché dépasse 50 000 € HT.")["avance_taux"] == 20


def test_formula_after_the_word_of_revision() -> None:
    """The formula tells that prices are revised."""
    assert _contract("# 4 Variation des prix", "Révision annuelle : P = Po x (0,15 + 0,85 x I/Io)")["prix.revisable"]
    assert _contract("# 4 Prix", "Prix global et forfaitaire révisable (index BT).")["prix.revisable"]
    assert "prix.revisable" not in _contract("# 4 Prix", "Les prix sont établis selon l'annexe financière.")


def test_penalty_of_insertion_in_a_list_of_penalties() -> None:
    """The line opens with its subject, and does not say the word penalty again."""
    clause = (
        "# 6 Insertion professionnelle",
        "Le titulaire réserve 300 heures d'insertion à des personnes éloignées de l'emploi.",
    )
    found = _contract("# 5 Pénalités", "5.3 Insertion : pour chaque heure non réalisée, 45 €.", *clause)
    assert found["social.penalites"] is True
    other = _contract("# 5 Pénalités", "5.3 Retard : pour chaque jour, 45 €.", *clause)
    assert other.get("social.penalites") is not True


def test_no_hours_of_insertion_is_no_refusal_of_every_social_clause() -> None:
    """A clause on equality stands beside "aucune heure d'insertion n'est exigée": insertion alone is set aside."""
    found = _contract(
        "# 4.1 Clause sociale",
        "Le titulaire s'engage à mettre en œuvre des actions en faveur de l'égalité professionnelle entre les femmes "
        "et les hommes dans l'équipe affectée au marché.",
        "Aucune heure d'insertion n'est exigée dans le cadre du présent marché.",
    )
    assert found.get("social.insertion") is not True
    assert found["social.condition_execution"] is True


def test_ways_with_structures_by_their_initials() -> None:
    """SIAE, AI and ETTI are named by their initials."""
    found = _contract(
        "# 6 Clause d'insertion",
        "Le titulaire réserve 300 heures d'insertion à des personnes éloignées de l'emploi.",
        "Modalités : sous-traitance ou co-traitance avec une SIAE, mise à disposition (AI, ETTI), embauche directe.",
    )
    ways = found["social.modalites"]
    assert isinstance(ways, tuple)
    assert set(ways) == {"sous_traitance", "co_traitance", "mise_a_disposition", "embauche_directe"}


def test_form_of_a_group_that_holds_the_contract() -> None:
    """ "Le groupement attributaire sera conjoint" imposes a form; a choice between two does not."""
    told = known(
        read_whole(("RC", "# 5 Groupement\nLe groupement attributaire sera conjoint, avec mandataire solidaire."))
    )
    assert told["groupement.forme_imposee"] == "conjoint"
    free = known(read_whole(("RC", "# 5 Groupement\nLe groupement attributaire sera conjoint ou solidaire.")))
    assert free.get("groupement.forme_imposee") != "conjoint"


def test_control_that_a_service_carries_out() -> None:
    """The service in charge "assure le contrôle" in the article of the clause."""
    clause = "Le titulaire réserve 300 heures d'insertion à des personnes éloignées de l'emploi."
    found = _contract("# 4 Clause sociale", clause, "Le service insertion assure le contrôle sur état trimestriel.")
    assert found["social.controle"] is True


@pytest.mark.parametrize(
    "line",
    [
        "Chaque candidat peut soumissionner aux deux lots.",
        "Vous pouvez répondre à un lot ou aux deux.",
        "Chaque candidat peut proposer une offre pour un, deux ou trois lots.",
        "Les entreprises sont libres de répondre aux lots de leur choix.",
        "Les entreprises peuvent remettre une offre pour chacun des trois lots.",
        "Un même candidat ne peut se voir attribuer plus de deux lots.",
        "Un candidat ne peut présenter une offre que pour un seul lot.",
    ],
)
def test_how_many_lots_one_may_ask_for(line: str) -> None:
    """Any rule on the lots a candidate may ask for, or be given, is one."""
    assert known(read_whole(("RC", f"# 2 Lots\n{line}")))["lots_candidature_precisee"] is True


@pytest.mark.parametrize(
    "line",
    [
        "Les prestations des deux lots sont décrites au CCTP.",
        "Le titulaire des deux lots désigne un seul interlocuteur.",
    ],
)
def test_lots_without_a_rule_on_candidates(line: str) -> None:
    """A sentence about lots is no rule on what candidates may ask for."""
    assert "lots_candidature_precisee" not in known(read_whole(("RC", f"# 2 Lots\n{line}")))


def test_form_of_a_group_after_its_label() -> None:
    """ "Forme du groupement : solidaire, imposée après attribution" is a short rule."""
    told = known(read_whole(("RC", "# 1 Objet\n1.4 - Forme du groupement : solidaire, imposée après attribution.")))
    assert told["groupement.forme_imposee"] == "solidaire"
    free = known(read_whole(("RC", "# 1 Objet\n1.4 - Forme du groupement : solidaire ou conjoint, au choix.")))
    assert free.get("groupement.forme_imposee") != "solidaire"


def test_ticked_considerations() -> None:
    """Under "Considérations environnementales", a ticked option is asked; "Sans objet" and an empty box are not."""
    found = _contract("# 6 Considérations environnementales", "☒ Déplacements en train", "☐ Produits reconditionnés")
    assert found["environnement.condition_execution"] is True
    for lines in (
        ("☒ Sans objet", "☐ Déplacements en train"),
        ("☐ Sans objet", "☐ Déplacements en train"),
        ("☒ Le marché ne comporte pas d'exigence environnementale", "☐ Le marché comporte les exigences suivantes"),
    ):
        found = _contract("# 6 Considérations environnementales", *lines)
        assert found.get("environnement.condition_execution") is not True


def test_no_retention_in_one_word() -> None:
    """ "Retenue de garantie" then "Aucune." keeps nothing back."""
    assert _contract("# 4.2 Retenue de garantie", "Aucune.")["retenue_garantie_taux"] == 0


@pytest.mark.parametrize(
    "text",
    [
        "Groupement : possible, sans forme imposée.",
        "Tout groupement peut se porter candidat.",
        "Peut candidater un opérateur seul ou un groupement.",
        "Les sociétés peuvent se regrouper. Les entreprises peuvent se grouper ; aucune forme n'est exigée.",
        "En cas de groupement, la forme exigée à l'attribution est celle du groupement conjoint.",
        "Il est exigé du groupement attributaire la forme solidaire.",
    ],
)
def test_joint_bids_admitted_in_few_words(text: str) -> None:
    """Who says what form a group takes admits groups."""
    assert known(read_whole(("RC", text)))["groupement.admis"] is True


@pytest.mark.parametrize(
    "text",
    [
        "Le groupement de commandes attributaire de la subvention est de forme conjointe.",
        "Groupement : non.",
        "Le groupement hospitalier peut se porter candidat au label.",
        "Les parents peuvent se regrouper à l'arrêt.",
    ],
)
def test_other_groups_are_no_joint_bids(text: str) -> None:
    """Groups of buyers, of hospitals or of passengers answer no tender."""
    assert known(read_whole(("RC", text))).get("groupement.admis") is not True


def test_a_supplier_sent_to_the_buyer_is_not_encouraged_to_join_others() -> None:
    """ "Se rapprocher" of the buyer is to ask it something."""
    text = "Sans réponse, le fournisseur est invité à se rapprocher de l'acheteur."
    assert known(read_whole(("RC", text))).get("groupement.encourage") is not True
    text = "Les artisans sont invités à se rapprocher entre eux pour répondre."
    assert known(read_whole(("RC", text)))["groupement.encourage"] is True


@pytest.mark.parametrize("name", ["groupement.forme_imposee_stade", "groupement.forme_imposee_candidature"])
def test_a_lead_firm_that_answers_for_a_joint_group_imposes_no_form(name: str) -> None:
    """Whoever is chosen as a joint group has such a lead firm: the group need not be joint."""
    text = "En cas d'attribution du marché à un groupement conjoint, le mandataire est solidaire pour l'exécution."
    assert name not in known(read_whole(("RC", text)))
    text = "En cas d'attribution, le groupement devra prendre la forme d'un groupement conjoint."
    assert name in known(read_whole(("RC", text)))
