"""What the page of a web site lists below a notice: the notices of other purchases, which say nothing of this one."""

from __future__ import annotations

from collections.abc import Sequence

from achats_check.patterns import compiled

NOTICES = ("AAPC", "AVIS")
"""Roles of the pieces that are printed from such pages."""
_NOTICES = r"(?:annonces?(?: legales?)?|avis|consultations|appels? d'offres|publications)"
_LIKE_THIS_ONE = (
    r"(?:similaires?|semblables|comparables|voisine?s?|recentes?|a proximite|suggere\w*|recommande\w*"
    r"|(?:de|dans) (?:la|le) meme (?:rubrique|categorie|departement|secteur|domaine|region)"
    r"|du meme (?:acheteur|organisme|pouvoir adjudicateur|departement|secteur|domaine|jour)"
    r"|de (?:cet acheteur|cet organisme|la rubrique|la journee)"
    r"|(?:qui )?(?:pourraient|peuvent|susceptibles de) (?:aussi |egalement )?vous interesser)"
)
_LAST = r"(?:(?:derniere?s|nouvelles|nouveaux) (?:annonces|avis|consultations|appels d'offres|publications))"
_ANNOUNCED = compiled(
    rf"(?<!['\w])(?:(?:les |nos |ces |d'|toutes les )?(?:autres )?{_NOTICES}"
    rf"(?: (?:publi\w+|de marches?(?: publics)?))? {_LIKE_THIS_ONE}"
    rf"|(?:les )?autres marches(?: publics)? {_LIKE_THIS_ONE}"
    rf"|(?:les |d'|nos )?autres (?:annonces|consultations|appels d'offres)"
    rf"(?: (?:en cours|en ligne|publiees|de la rubrique|du departement|de l'(?:acheteur|organisme)))?"
    rf"|(?:les |nos )?{_LAST}(?: (?:en ligne|publiee?s|parue?s|de la rubrique|du departement))?"
    r"|(?:a (?:lire|voir|consulter) )?(?:dans|sous) (?:la|cette) meme (?:rubrique|categorie)"
    r"|a (?:lire|voir|consulter) (?:aussi|egalement)|vous aimerez aussi"
    r"|(?:ceci|ces (?:annonces|avis|consultations)) (?:pourr\w+|peuvent) (?:aussi |egalement )?vous interesser"
    r"|(?:les )?(?:internautes|utilisateurs|entreprises) ont (?:aussi|egalement) consulte)(?!\w)"
)
"""The title of such a list."""
_LONGEST_TITLE = 80
_LONGEST_BEFORE = 160
"""What a line that a page reader joined to those above the list may hold before its title."""
_OF_THE_NOTICE = compiled(
    r"\W*section (?:[ivx]+|\d)\b"
    r"|\W*(?:\d{1,2}|[ivx]{1,5})(?:\.\d{1,2}){0,3}\s?[-–.):]{1,2}\s?(?:objet|identification|procedure|conditions|criteres"
    r"|renseignements|delais?|duree|lots?|modalites|recours|lieu|caracteristiques|communication|informations?"
    r"|organisme|retrait|justifications)\b|.{0,60}(?:instance chargee des procedures|date d'envoi (?:du present|de l)"
    r"|criteres? d'attribution|fin de l'avis)"
)
"""Lines of the notice itself, which goes on below the list."""
_LATEST = 2
"""A list stands in the last half of its page: higher up, the notice is what follows."""


def without_other_notices(kinds: Sequence[str], texts: Sequence[str], folded: Sequence[str]) -> list[str]:
    """Return the texts of the blocks of a notice with blanks in the place of other notices, so that spans stay valid.

    Args:
        kinds: The kind of each block.
        texts: Its text.
        folded: The same, folded.
    """
    found = list(texts)
    listed = False
    for index in range(len(texts) // _LATEST, len(texts)):
        start = 0 if listed and _may_be_listed(kinds[index], folded[index]) else _announced(texts[index], folded[index])
        listed = start is not None
        if start is not None:
            found[index] = texts[index][:start] + " " * (len(texts[index]) - start)
    return found


def _announced(text: str, folded: str) -> int | None:
    """Return where a block begins to list other notices: after a title of its own, or one that opens with a capital."""
    for match in _ANNOUNCED.finditer(folded, 0, _LONGEST_BEFORE + _LONGEST_TITLE):
        goes_on = text[match.end() :].lstrip(" \n:•–-")[:1]
        if text[match.start()].isupper() and (not goes_on or goes_on.isupper() or goes_on.isdigit()):
            return match.start()
    return None


def _may_be_listed(kind: str, line: str) -> bool:
    return kind != "title" and _OF_THE_NOTICE.match(line) is None
