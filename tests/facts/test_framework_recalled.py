"""A call under a framework recalls the framework: its length and its ceiling are not those of the call."""

from __future__ import annotations

from template_builders import known, read_whole

CALL = "Le présent marché subséquent porte sur l'évaluation d'un dispositif."
FRAMEWORK = "L'accord-cadre est conclu pour une durée de 48 mois à compter de sa notification."


def test_the_length_of_the_framework_is_not_that_of_the_call() -> None:
    """The call lasts what its own piece says, and the pieces do not contradict one another."""
    found = read_whole(
        ("CCAP", f"{CALL}\n{FRAMEWORK}"),
        ("AE", "La durée d'exécution du marché subséquent est de 9 mois à compter de sa notification."),
    )
    assert known(found)["duree_mois"] == 9
    assert "pieces.duree_concordante" not in known(found)


def test_a_framework_that_announces_its_calls_keeps_its_length() -> None:
    """Calls to come do not make the dossier one of them."""
    found = read_whole(("CCAP", f"{FRAMEWORK}\nLes marchés subséquents sont conclus au fil des besoins."))
    assert known(found)["duree_mois"] == 48
