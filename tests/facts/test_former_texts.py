"""Texts that the code of 2019 or the CCAG of 2021 replaced, cited as if they still ruled the market."""

import pytest
from template_builders import known, read_whole

CODE = "pieces.textes_avant_code"
CCAG = "pieces.ccag_avant_2021"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (CODE, "La consultation est passée en application de l'article 28 du code des marchés publics."),
        (CODE, "Le présent marché est soumis au Code des Marchés Publics."),
        (CODE, "Procédure adaptée : article 27 du décret n° 2016-360 du 25 mars 2016."),
        (CODE, "Marché réservé au titre de l'article 36 de l'ordonnance n°2015-899 du 23 juillet 2015."),
        (CODE, "La concession est régie par l'ordonnance n° 2016-65 et le décret n° 2016-86."),
        (CODE, "Les missions sont celles de la loi n° 85-704 du 12 juillet 1985."),
        (CODE, "Les éléments de mission sont ceux du décret n° 93-1268."),
        (CCAG, "Le CCAG-FCS approuvé par l'arrêté du 19 janvier 2009 s'applique au marché."),
        (CCAG, "- Cahier des clauses administratives générales travaux (arrêté du 8 septembre 2009 modifié)"),
    ],
)
def test_a_replaced_text_is_seen(name: str, text: str) -> None:
    """By its name, its number or its day."""
    assert known(read_whole(("CCAP", text)))[name] is True


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (CODE, "La procédure adaptée (ancien article 28 du code des marchés publics) est celle de R. 2123-1."),
        (CODE, "Le décret n° 2016-360 a été abrogé par le code de la commande publique."),
        (CODE, "Le marché précédent avait été passé en application du décret n° 2016-360."),
        (CODE, "Mission de base, dite loi MOP, du livre IV du code de la commande publique."),
        (CODE, "Le code de la commande publique est le seul applicable."),
        (CODE, "Le profil d'acheteur recense les marchés publics de la ville."),
        (CCAG, "Le CCAG-FCS approuvé par l'arrêté du 30 mars 2021 remplace celui de l'arrêté du 19 janvier 2009."),
        (CCAG, "Le CCAG applicable est le CCAG-Travaux de 2021."),
    ],
)
def test_a_text_recalled_for_the_past_is_no_fault(name: str, text: str) -> None:
    """What was in force, was replaced, or ruled another market."""
    assert name not in known(read_whole(("CCAP", text)))
