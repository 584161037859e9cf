"""What a template leaves behind, and the blanks that are meant."""

from __future__ import annotations

import pytest
from coherence_builders import dossier, said, verdict
from facts_builders import piece

RESTES = "pieces.restes_de_modele"


@pytest.mark.parametrize(
    "sentence",
    [
        "Le marché est conclu pour une durée de XX mois.",
        "Les pénalités prévues à l'article XX s'appliquent.",
        "Le montant maximum est de XXX € HT.",
        "Voir l'article Erreur ! Source du renvoi introuvable.",
        "2.5 Variantes Erreur ! Signet non défini.",
        "The price is given in Error! Reference source not found.",
        "Le service gestionnaire est [nom du service].",
        "Le délai est de [à compléter] jours.",
        "La durée est fixée à […] mois.",
        "Adresse du site : à compléter",
        "Note au rédacteur : adapter la durée à l'objet.",
        "Supprimer cette mention si le marché n'est pas alloti.",
        "Clause à supprimer si le marché n'est pas alloti.",
        "Conserver l'une des options ci-dessous.",
    ],
)
def test_a_leftover_is_quoted(sentence: str) -> None:
    """Each leftover is found, quoted and placed."""
    facts = dossier(CCAP=f"# 3 Durée\n{sentence}")
    assert verdict(facts, RESTES) is True, sentence
    assert "au CCAP (art. 3" in said(facts, "restes").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("AE", "Le signataire s'engage pour un montant de XX € HT."),
        ("AE", "Montant de l'offre : à compléter"),
        ("AE", "Rayer la mention inutile."),
        ("PRIX", "Prix unitaire : à compléter"),
        ("RC", "Le cadre de mémoire technique est à compléter par le candidat."),
        ("RC", "L'acte d'engagement (à compléter) et ses annexes."),
        ("RC", "Le candidat remet le DC1 : à compléter"),
        ("CCAP", "Le titulaire indique son numéro [numéro de compte]."),
        ("CCTP", "Les bâtiments du XXe siècle et la tribune XX du stade."),
        ("CCTP", "Les décors du XX siècle sont protégés."),
        ("CCAP", "Article XIX - Litiges\nVoir l'article XX."),
        ("CCTP", "Peinture Renaulac XXL, réf. BXX-120."),
        ("CCAP", "Le code dispose que « le pouvoir adjudicateur […] définit ses besoins »."),
        ("CCAP", "Compte à créditer : ……………………"),
        ("CCAP", "Le titulaire complète le registre de sécurité."),
        ("CCAP", "Les prestations à compléter font l'objet d'un bon de commande."),
    ],
)
def test_meant_blanks_are_no_leftovers(role: str, sentence: str) -> None:
    """Forms for the bidder, roman numerals, references, cut quotations, dots."""
    assert verdict(dossier(**{role: f"# 3 Article\n{sentence}"}), RESTES) is not True, sentence


def test_a_broken_link_counts_in_a_form_too() -> None:
    """No bidder is expected to mend the links of a word processor."""
    assert verdict(dossier(AE="# 2 Durée\nVoir article Erreur ! Signet non défini."), RESTES) is True


def test_pending_changes_are_told_by_file() -> None:
    """Tracked changes still pending in a piece."""
    facts = dossier(piece("# 1 Objet\nServices.", "RC", "RC v3.docx", pending_changes=4))
    assert verdict(facts, RESTES) is True
    assert said(facts, "restes") == "4 modifications suivies en attente dans RC v3.docx"


def test_many_leftovers_are_counted() -> None:
    """The first few are quoted, the others counted."""
    facts = dossier(CCAP="\n".join(f"Le délai du lot {n} est de XX jours." for n in range(1, 10)))
    assert "et 4 de plus" in said(facts, "restes")
