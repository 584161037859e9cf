"""What looks like an advance, a price, a retention or a delay of the contract and is told of something else."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, piece, terms, vocabulary

from achats_check.facts.extract import extract
from achats_check.model.fact import ABSENT, KNOWN, MARCHE


def told(text: str, name: str) -> object:
    """The value of a fact, False when its absence is proven, None when it is open."""
    fact = extract((piece(text, "CCAP"),), vocabulary(), naming(), terms(), lexicon())[1].get(name, MARCHE)
    return fact.value if fact is not None and fact.status in (KNOWN, ABSENT) else None


ADVANCES = [
    ("Aucune avance ne sera versée.", False),
    ("Avance : sans objet", False),
    ("Aucune avance n'est due si le montant du bon de commande est inférieur à 50 000 € HT.", None),
    ("Il n'est pas prévu d'avance pour les bons de commande inférieurs à 50 000 € HT.", None),
    ("Aucune avance n'est prévue pour le lot 3.", None),
    ("L'avance ne sera pas versée avant la constitution de la garantie.", None),
    ("L'avance n'est pas versée tant que la garantie n'est pas constituée.", None),
    ("Avance : non renseigné", None),
    ("Avance : Non ☐ Oui ☒", None),
    ("Une avance est accordée au-delà de 50 000 € HT. Dans le cas contraire, aucune avance n'est versée.", True),
]
PRICES = [
    ("Les prix sont fermes.", False),
    ("Les prix sont fermes et non révisables.", False),
    ("Les prix sont fermes pendant toute la durée du marché.", False),
    ("Aucune révision des prix n'est prévue.", False),
    ("Les prix sont fermes pendant la première année puis révisables annuellement.", True),
    ("Les prix sont fermes durant 12 mois, ils sont ensuite révisés.", True),
    ("Les prix forfaitaires sont fermes et les prix unitaires sont révisables.", True),
    ("Les prix sont fermes jusqu'au 31 décembre, date à laquelle ils sont révisés.", None),
    ("Les prix du marché sont fermes la première année. À la reconduction, ils sont révisés.", None),
    ("Les prix sont fermes pour les prestations du lot 2.", None),
    ("Si la durée est inférieure à 3 mois, les prix sont fermes.", None),
    ("Aucune révision de prix n'est admise sans accord écrit de l'acheteur.", None),
    ("Aucune révision des prix ne peut conduire à une hausse supérieure à 3 %.", None),
]


@pytest.mark.parametrize(("text", "value"), ADVANCES)
def test_an_advance_refused_under_a_condition_is_not_excluded(text: str, value: object) -> None:
    """Below a threshold, before a guarantee, for one lot: the contract may have one."""
    assert told(text, "avance") is value


@pytest.mark.parametrize(("text", "value"), PRICES)
def test_prices_firm_for_a_time_are_not_firm(text: str, value: object) -> None:
    """For a period, a lot, some prices: the contract may be revised."""
    assert told(text, "prix.revisable") is value


FIGURES = [
    ("retenue_garantie_taux", "Une retenue de garantie de 5 % est prélevée sur chaque acompte.", 5),
    ("retenue_garantie_taux", "La retenue de garantie et la pénalité de 10 % pour absence se cumulent.", None),
    (
        "retenue_garantie_taux",
        "La retenue de garantie est prélevée même si les avenants dépassent 15 % du montant.",
        None,
    ),
    ("retenue_garantie_taux", "Retenue de garantie : 10 % de la garantie est libérée à la réception.", None),
    ("delai_paiement_jours", "Le délai global de paiement ne pourra excéder 30 jours.", 30),
    (
        "delai_paiement_jours",
        "Les factures sont payées sous 30 jours. Celles non payées sous 90 jours sont relancées.",
        30,
    ),
    (
        "delai_paiement_jours",
        "Passé le délai de paiement, au-delà de 45 jours, des intérêts moratoires sont dus.",
        None,
    ),
    ("delai_paiement_jours", "Le titulaire doit régler ses fournisseurs dans les 60 jours.", None),
    ("delai_paiement_jours", "Le défaut de paiement des cotisations dans un délai de 45 jours est une faute.", None),
    ("delai_paiement_jours", "Les demandes de paiement sont effectuées dans les 60 jours suivant la livraison.", None),
    ("delai_paiement_jours", "Le titulaire peut résilier si une facture n'est pas payée dans les 60 jours.", None),
    ("avance_taux", "L'avance est fixée à 5 % du montant.", 5),
    ("avance_taux", "L'avance porte intérêt au taux de 2 %.", None),
    ("avance_taux", "Le taux de TVA sur l'avance est de 20 %.", None),
    ("avance_taux", "Le montant de l'avance est fixé entre 5 % et 30 %.", None),
]


@pytest.mark.parametrize(("name", "text", "value"), FIGURES)
def test_the_figure_of_something_else_is_not_read(name: str, text: str, value: object) -> None:
    """A penalty, a tax, a debt of the holder, a delay that has passed."""
    assert told(text, name) == value


def test_a_rate_of_nothing_is_a_rate() -> None:
    """A zero that is written is no silence; hours of nothing are no clause."""
    assert told("L'avance est fixée à 0 % du montant initial.", "avance_taux") == 0
    assert told("Une retenue de garantie de 0 % est appliquée.", "retenue_garantie_taux") == 0
    for name in ("social.insertion", "social.condition_execution"):
        assert told("Le titulaire réserve 0 heure d'insertion aux demandeurs d'emploi.", name) in (None, False)
