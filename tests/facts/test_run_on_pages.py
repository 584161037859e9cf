"""First pages read as one paragraph, whose title stands in its middle."""

from __future__ import annotations

import pytest
from facts_builders import naming, piece

from achats_check.facts.roles import recognise

_REST = (
    "Marché passé selon une procédure adaptée Pouvoir adjudicateur : Ville de Sauveterre-les-Prés 4 place du Marché "
    "Personne habilitée à donner les renseignements : Monsieur le Maire Ordonnateur : Monsieur le Maire Comptable "
    "assignataire : Madame la Trésorière Le présent document comporte douze pages numérotées de 1 à 12"
)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("CAHIER DES CLAUSES TECHNIQUES PARTICULIERES (C.C.T.P.)", "CCTP"),
        ("Cahier des Clauses Techniques Particulières", "CCTP"),
        ("CAHIER DES CLAUSES PARTICULIERES (CCP)", "CCP"),
        ("Règlement de Consultation Version 3", "RC"),
        ("ACTE D'ENGAGEMENT (AE)", "AE"),
        ("CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES", "CCAP"),
    ],
)
@pytest.mark.parametrize("before", ["", "VILLE DE SAUVETERRE-LES-PRÉS Service des parcs ENTRETIEN DES ESPACES VERTS "])
def test_the_title_of_a_run_on_page_tells_the_role(before: str, title: str, role: str) -> None:
    """Capitals make a title of what a sentence would only cite."""
    assert recognise(piece(f"{before}{title} {_REST}", "AUTRE", "document.pdf"), naming())[0] == role


@pytest.mark.parametrize(
    "text",
    [
        f"Madame, Monsieur, vous trouverez ci-joint le Règlement de la Consultation. {_REST}",
        f"Le titulaire se conforme au Cahier des Clauses Techniques Particulières remis avec le dossier. {_REST}",
        f"Conformément à l'Acte d'engagement signé le 3 mars, il est décidé ce qui suit. {_REST}",
        f"Les travaux décrits par le cahier des clauses techniques particulières sont reçus ce jour. {_REST}",
        f"Mémoire de l'entreprise, Cahier des Clauses Techniques Particulières à l'appui. {_REST}",
    ],
)
def test_a_letter_that_cites_pieces_is_none_of_them(text: str) -> None:
    """A piece cited by a sentence names nothing, capitals or not."""
    assert recognise(piece(text, "AUTRE", "document.pdf"), naming())[0] == "AUTRE"


def test_the_file_name_comes_before_a_run_on_title() -> None:
    """What a person called the file is surer than words found in the middle of a paragraph."""
    text = f"ENTRETIEN DES PARCS Cahier des Clauses Techniques Particulières {_REST}"
    assert recognise(piece(text, "AUTRE", "RC_v2.pdf"), naming())[0] == "RC"


@pytest.mark.parametrize(
    "line",
    ["Annexe de la mairie", "Annexe de l'Hôtel de Ville", "Annexe du collège", "Annexe de la Mairie de quartier"],
)
def test_the_annex_of_a_town_hall_is_a_place(line: str) -> None:
    """An address on the cover makes no annex of the piece."""
    text = f"Commune d'Exemple\nHôtel de ville, 1 place du Puits\n{line}\n12 rue Basse\nRÈGLEMENT DE LA CONSULTATION"
    assert recognise(piece(text, "AUTRE", "document.pdf"), naming())[0] == "RC"


@pytest.mark.parametrize("line", ["Annexe de l'acte d'engagement", "Annexe 2", "Annexe du CCAP : insertion"])
def test_an_annex_is_still_one(line: str) -> None:
    """The annex of a piece, or by its number."""
    assert recognise(piece(f"Commune d'Exemple\n{line}", "AUTRE", "document.pdf"), naming())[0] == "ANNEXE"


def test_a_notice_printed_from_the_european_form_is_one() -> None:
    """Its headings tell it, no title does."""
    text = """
    Tonte des terrains de sport
    1. Acheteur
    1.1 Acheteur
    Nom officiel : Ville de Sauveterre
    Forme juridique de l'acheteur : Autorité locale
    Activité du pouvoir adjudicateur : Services d'administration générale
    2.1 Procédure
    Identifiant de la procédure : 0f0e
    Type de procédure : Ouverte
    """
    assert recognise(piece(text, "AUTRE", "document.pdf"), naming())[0] == "AAPC"
