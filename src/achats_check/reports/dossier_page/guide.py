"""How to read the page, for a jurist or a prescriber who never saw the tool."""

from __future__ import annotations

from achats_check.reports.page.markup import Markup, tag

_LINES = (
    (
        "Ce qu'est ce rapport",
        "Un programme, achats-check, a lu les pièces nommées ci-dessus et leur a appliqué des règles tirées des textes "
        "cités. Il ne remplace pas un juriste : il lui prépare le travail, texte par texte.",
    ),
    (
        "Droit",
        "L'article, dans sa version en vigueur au jour du droit appliqué. « Vérifié le » est le jour où cette version "
        "a été relue pour la dernière fois. « CCP, art. » y désigne le code de la commande publique.",
    ),
    (
        "Documents sources",
        "Le Kit RégionalESS et les études qui l'accompagnent, avec la page. Quand leur chiffre n'est plus celui du "
        "droit appliqué, les deux sont donnés.",
    ),
    (
        "Cherché dans, au plus près",
        "La preuve d'une absence : les pièces et les articles parcourus, les mots cherchés, et le passage le plus "
        "proche, avec la raison pour laquelle il ne convient pas.",
    ),
    (
        "Il manque",
        "L'information qui permettrait de conclure, et la pièce qui la contient d'ordinaire. Ce qui suit deux tirets "
        "(--set, --acheteur, --date) s'adresse à la personne qui a lancé la vérification : il suffit de lui donner la "
        "réponse.",
    ),
    (
        "Bloquante, majeure, mineure",
        "La gravité d'un manquement, de la plus lourde à la plus légère. Un levier a, lui, un intérêt : fort, moyen ou "
        "faible.",
    ),
    (
        "Le nom en petits caractères",
        "L'identifiant de la règle, par exemple « delai-paiement » : à citer pour en demander l'historique complet.",
    ),
)


def reading_guide(anchor: str) -> Markup:
    """Draw the words that the page uses, each with what it means."""
    rows = [tag("div", tag("dt", term), tag("dd", meaning)) for term, meaning in _LINES]
    heading = tag("h2", "Comment lire ce rapport", id=f"{anchor}-titre")
    words = tag("dl", *rows, class_="identity")
    return tag("section", heading, words, id=anchor, aria_labelledby=f"{anchor}-titre", class_="part")
