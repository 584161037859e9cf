"""Where a notice was published, as pieces say it."""

from __future__ import annotations

import pytest
from facts_builders import fact, value


@pytest.mark.parametrize(
    ("text", "supports"),
    [
        ("# Organes de publication\nBOAMP", ("boamp_jal",)),
        ("# Organes de publication\n- BOAMP\n- JOUE", ("boamp_jal", "joue")),
        ("Organes de publication : BOAMP et JOUE", ("boamp_jal", "joue")),
        ("Organe de publication\tBOAMP", ("boamp_jal",)),
        ("# 2.4 Supports de publicité\nJOUE, BOAMP, profil d'acheteur", ("boamp_jal", "joue", "profil_acheteur")),
        ("Avis publié le 12.03.2026 au BOAMP", ("boamp_jal",)),
        ("Avis d'appel public à la concurrence paru au JOUE du 4 mai 2026", ("joue",)),
        ("Date d'envoi à la publication : 12/03/2026 (BOAMP, JOUE)", ("boamp_jal", "joue")),
        ("Supports : JOUE, BOAMP et profil d'acheteur", ("boamp_jal", "joue", "profil_acheteur")),
        ("Publicité\tBOAMP", ("boamp_jal",)),
        ("L'avis part le 2 mai. Publication : Journal officiel de l'Union européenne et BOAMP", ("boamp_jal", "joue")),
    ],
)
def test_supports_of_publicity(text: str, supports: tuple[str, ...]) -> None:
    """Under a title, in a row, in a sentence."""
    found = fact(text, "procedure.publicite", "AAPC").value
    assert isinstance(found, tuple)
    assert set(found) == set(supports)


@pytest.mark.parametrize(
    "text",
    [
        "# Voies de recours\nBOAMP",
        "En cas de publication au JOUE, le délai est porté à 35 jours.",
        "L'avis d'attribution sera publié au BOAMP.",
        "Publication des résultats : BOAMP",
        "Supports : en cas de dépassement des seuils, JOUE",
        "# Organes de publication\nÀ compléter",
    ],
)
def test_a_support_named_elsewhere_is_no_publicity(text: str) -> None:
    """Another title, a case that may come, the result."""
    assert value(text, "procedure.publicite", "AAPC") == "unknown"


@pytest.mark.parametrize(
    ("text", "supports"),
    [
        ("Procédure adaptée ouverte. Avis au BOAMP du 4 mars 2026 et profil d'acheteur.", True),
        ("L'avis a paru au BOAMP ; il est également consultable sur le profil d'acheteur.", True),
        ("L'avis est adressé au BOAMP et mis en ligne le même jour sur la plateforme de l'acheteur.", True),
        ("L'avis est publié au BOAMP. Il est mis en ligne, avec le dossier, sur le profil d'acheteur.", True),
        ("Avis publié au BOAMP. Le dossier est mis à disposition sur le profil d'acheteur.", False),
        ("Avis publié au BOAMP. Profil d'acheteur : https://marches.example", False),
        ("Avis publié au BOAMP. Les plis sont remis sur le profil d'acheteur.", False),
        ("Avis publié au BOAMP. Les modifications du dossier sont mises en ligne sur la plateforme.", False),
        ("Avis publié au BOAMP. L'adresse du profil d'acheteur est https://marches.example", False),
    ],
)
def test_the_profile_is_a_support_where_the_notice_is_on_it(text: str, supports: bool) -> None:
    """Its address, the documents or the offers are on it for every purchase."""
    found = fact(text, "procedure.publicite").value
    assert isinstance(found, tuple)
    assert set(found) == ({"boamp_jal", "profil_acheteur"} if supports else {"boamp_jal"})


@pytest.mark.parametrize(
    "refusal",
    [
        ". Il n'est pas publié au Journal officiel de l'Union européenne.",
        ", mais il ne paraîtra pas au JOUE, le seuil n'étant pas atteint.",
        ".\nLe présent avis ne donne lieu à aucune publication au JOUE.",
    ],
)
def test_a_support_that_is_refused_is_no_publicity(refusal: str) -> None:
    """What the notice does not appear in is silent, the other supports are read."""
    text = f"# 1.6 Publicité\nL'avis a été envoyé le 9 mai 2025 au BOAMP{refusal}"
    assert value(text, "procedure.publicite", "RC") == ("boamp_jal",)


def test_more_than_one_support_is_no_refusal() -> None:
    """« pas seulement » refuses nothing."""
    text = "# 1.6 Publicité\nL'avis n'est pas seulement publié au BOAMP, il est envoyé au JOUE."
    assert value(text, "procedure.publicite", "RC") == ("boamp_jal", "joue")
