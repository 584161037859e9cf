"""Groupings, variants, prices and access, in the wordings of buyers who write their own pieces."""

from __future__ import annotations

import pytest
from template_builders import known, read_whole

from achats_check.model.fact import FactSet, Scope

_GROUP = "Si le marché est attribué à un groupement conjoint, il se transforme en groupement solidaire"


def _read(role: str, text: str) -> FactSet:
    return read_whole((role, text))


@pytest.mark.parametrize(
    ("role", "text", "name", "value"),
    [
        (
            "RC",
            "L'acheteur ne passe pas ce contrat dans le cadre d'un groupement de commandes.",
            "groupement_commandes",
            False,
        ),
        ("RC", "L'acheteur passe ce contrat dans le cadre d'un groupement de commandes.", "groupement_commandes", True),
        (
            "RC",
            "# 4 Variantes\nLes variantes de revêtement sont admises ; elles garantiront au minimum la classe P4.",
            "variantes_exigences_minimales",
            True,
        ),
        ("RC", f"{_GROUP} pour la signature.", "groupement.forme_imposee_stade", "attribution"),
        ("RC", f"{_GROUP}, eu égard à la garantie commune due sur l'ouvrage.", "groupement.forme_justifiee", True),
        (
            "RC",
            "La forme solidaire est demandée au groupement retenu, pour que la ville ait un seul répondant.",
            "groupement.forme_justifiee",
            True,
        ),
        ("CCTP", "La table haute reçoit un fauteuil roulant sans obstacle.", "specifications.accessibilite", True),
        ("CCTP", "La porte du local est posée sans ressaut.", "specifications.accessibilite", True),
        (
            "CCTP",
            "# 6 Accessibilité\nLes logements du rez-de-chaussée sont accessibles, ceux des étages sont évolutifs.",
            "specifications.accessibilite",
            True,
        ),
        (
            "CCAP",
            "H.4 Réexamen : le bordereau peut être complété si le réseau découvert l'impose.",
            "clause_revoyure",
            True,
        ),
        ("CCAP", "C.1 Nature. Révisables chaque année selon l'indice du mois zéro.", "prix.revisable", True),
        (
            "CCAP",
            "# 5 Prix\nÀ la reconduction, ils peuvent être majorés d'après l'indice des meubles.",
            "prix.revisable",
            True,
        ),
    ],
)
def test_told_in_other_words(role: str, text: str, name: str, value: object) -> None:
    """Each of them tells the fact, without the words of the usual templates."""
    assert known(_read(role, text)).get(name) == value


@pytest.mark.parametrize(
    ("role", "text", "name"),
    [
        (
            "RC",
            "# 4 Variantes\nLes variantes sont admises. Le mémoire compte au moins dix pages.",
            "variantes_exigences_minimales",
        ),
        (
            "RC",
            "Les groupements conjoints ou solidaires sont admis, pour la bonne information de tous.",
            "groupement.forme_imposee_stade",
        ),
        (
            "CCTP",
            "# 6 Accessibilité du chantier\nLes camions entrent par la rue du Four, gardée libre.",
            "specifications.accessibilite",
        ),
        ("CCAP", "H.4 Réexamen : sans objet.", "clause_revoyure"),
        ("CCAP", "H.4 Le réexamen des offres est interdit.", "clause_revoyure"),
        ("CCAP", "# 5 Délais\nIls peuvent être majorés si le chantier est arrêté par le gel.", "prix.revisable"),
    ],
)
def test_what_only_looks_like_it(role: str, text: str, name: str) -> None:
    """The same words about something else tell nothing."""
    assert known(_read(role, text)).get(name) is not True
    assert known(_read(role, text)).get(name) != "attribution"


def test_a_turnover_told_after_a_semicolon_for_one_lot() -> None:
    """The level is that of the lot it names, and the other lots have none."""
    text = "Déclaration du chiffre d'affaires des trois derniers exercices ; niveau minimal exigé pour le lot 2 : "
    found = _read("RC", f"Le marché compte 2 lots.\nLot 1 : Pain\nLot 2 : Viande\n{text}640 000 € HT par an.")
    told = found.get("chiffre_affaires_minimal_ht", Scope("lot", "2"))
    assert told is not None
    assert told.value == 640000
    other = found.get("chiffre_affaires_minimal_ht", Scope("lot", "1"))
    assert other is None or other.status != "known"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Les entreprises déposent leur prix, sans rature.", "absent"),
        ("Les candidats admis à présenter une offre déposent leur prix avant midi.", "unknown"),
        ("Ce règlement ne reprend pas les pièces de la candidature.", "unknown"),
        ("Le candidat dépose son prix et son mémoire avant midi.", "absent"),
    ],
)
def test_a_declaration_asked_at_an_earlier_stage(text: str, status: str) -> None:
    """The rules of the offers say nothing of what candidates were asked before them."""
    found = _read("RC", f"# 1 Objet\nAchat de pain.\n# 2 Offres\n{text}\n").get("candidature.declaration_honneur")
    assert found is not None
    assert found.status == status
