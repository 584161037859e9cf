"""Recognising the pieces of a dossier."""

from __future__ import annotations

import pytest
from facts_builders import piece

from achats_check.facts.roles import recognise


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("RÈGLEMENT DE LA CONSULTATION", "RC"),
        ("Règlement de consultation (R.C.)", "RC"),
        ("Cahier des clauses administratives particulières", "CCAP"),
        ("C.C.A.P.", "CCAP"),
        ("CAHIER DES CLAUSES TECHNIQUES PARTICULIERES LOT N°03 : PEINTURE", "CCTP"),
        ("CCTP lot 03", "CCTP"),
        ("Acte d’engagement", "AE"),
        ("ATTRI1 – Acte d'engagement", "AE"),
        ("Acte d'engagement valant cahier des clauses particulières", "CCP"),
        ("AE-CCP", "CCP"),
        ("Cahier des clauses particulières", "CCP"),
        ("Bordereau des prix unitaires", "PRIX"),
        ("Rapport de présentation", "RAPPORT"),
        ("Avis d'appel public à la concurrence", "AAPC"),
    ],
)
def test_the_title_tells_the_role(title: str, role: str) -> None:
    """The title tells the role."""
    found, ground = recognise(piece(f"Ville d'Exemple\n{title}\nEntretien des parcs", "AUTRE", "piece1.pdf"))
    assert found == role
    assert title[:20] in ground


def test_a_ccap_that_cites_the_rc_stays_a_ccap() -> None:
    """A CCAP that cites the RC stays a CCAP."""
    text = """
    Conformément au règlement de la consultation, les pièces sont les suivantes :
    - Règlement de la consultation (RC)
    CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
    """
    assert recognise(piece(text, "AUTRE", "RC.pdf"))[0] == "CCAP"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("01_RC_v2.pdf", "RC"),
        ("CCAP-2026.docx", "CCAP"),
        ("2.AE.docx", "AE"),
        ("DPGF lot 2.pdf", "PRIX"),
        ("2025-04-01-dce-aeccp.docx", "CCP"),
        ("planning.pdf", "AUTRE"),
    ],
)
def test_the_file_name_tells_when_the_title_does_not(name: str, role: str) -> None:
    """The file name tells when the title does not."""
    assert recognise(piece("Ville d'Exemple\nEntretien des parcs", "AUTRE", name))[0] == role


def test_the_subjects_tell_when_nothing_else_does() -> None:
    """The subjects tell when nothing else does."""
    text = (
        "Pénalités. Résiliation. Délai global de paiement. Retenue de garantie. Intérêts moratoires. Révision des prix."
    )
    assert recognise(piece(text, "AUTRE", "document.pdf"))[0] == "CCAP"


def test_a_role_already_set_is_kept() -> None:
    """A role already set is kept."""
    assert recognise(piece("Règlement de la consultation", "CCTP"))[0] == "CCTP"
