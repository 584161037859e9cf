"""What is wrong with a JSON text, where, and what to do, in French."""

from __future__ import annotations

_CUT = "le fichier s'arrête avant la fin ; le compléter ou le redéposer"
_TRAILING = "cette virgule est en trop ; l'ôter"
_TROUBLES = {
    "Expecting ',' delimiter": "une virgule, une accolade ou un crochet fermant manque ; l'ajouter",
    "Expecting ':' delimiter": "le deux-points entre le nom et sa valeur manque ; l'ajouter",
    "Expecting property name": "un nom entre guillemets droits est attendu",
    "Expecting value": "une valeur est attendue ; un texte s'écrit entre guillemets droits",
    "Unterminated string": "le guillemet fermant de ce texte manque ; l'ajouter",
    "Invalid control character": "un texte ne passe pas à la ligne ; refermer le guillemet ou écrire \\n",
    "Invalid \\": "une barre oblique inverse se double (\\\\)",
    "Extra data": "il y a du texte après la fin de la description ; l'ôter",
}
"""French words by the beginning of Python's."""


def json_fault(text: str, position: int, message: str) -> str:
    """Return one French sentence on what Python's JSON reader stumbled on.

    Args:
        text: The whole text.
        position: Where it stopped, from 0.
        message: Its words, whose beginning is told apart.
    """
    position, trouble = _trouble(text, position, message)
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return f"JSON illisible, ligne {line}, colonne {column} : {trouble}"


def _trouble(text: str, position: int, message: str) -> tuple[int, str]:
    if message.startswith("Expecting") and not text[position:].strip():
        return position, _CUT
    # Python 3.13 stops at the comma, those before at what follows it.
    comma = position if text[position] == "," else len(text[:position].rstrip()) - 1
    if comma >= 0 and text[comma] == "," and text[comma + 1 :].lstrip()[:1] in {"}", "]"}:
        return comma, _TRAILING
    french = (words for english, words in _TROUBLES.items() if message.startswith(english))
    return position, next(french, "à réécrire selon la grammaire du JSON")
