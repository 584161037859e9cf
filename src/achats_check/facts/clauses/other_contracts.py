"""Clauses of a former or distinct contract: "le précédent marché comportait 600 heures d'insertion" asks nothing.

Buyers tell what their last contract held, in the imperfect; a tender asks in the present or in the future.
"""

from __future__ import annotations

from achats_check.patterns import compiled

OF_ANOTHER = "clause d'un contrat antérieur ou distinct, non de celui-ci"
FACTS = ("social.", "reservation.", "environnement.")
"""Facts that such sentences seem to tell."""
_CONTRACT = r"(?:marches?|contrats?|accords?[- ]cadres?|conventions?|lots?|consultations?|procedures?|titulaires?)"
_FORMER = (
    rf"(?:precedent|ancien|anterieur|dernier|defunt)e?s? (?:\w+ ){{0,2}}?{_CONTRACT}\b"
    rf"|{_CONTRACT} (?:\w+ ){{0,3}}?(?:precedent|anterieur|sortant|echu|expire|distinct|acheve|termine)e?s?\b"
    rf"|{_CONTRACT} (?:\w+ ){{0,2}}?(?:en cours|actuel(?:le)?s?) (?:\w+ ){{0,3}}?(?:arriv|s'acheve|pren|expir|echo)"
    rf"|{_CONTRACT} (?:\w+ ){{0,2}}?(?:passe|conclu|signe|notifie|attribue|lance|execute)e?s? en (?:19|20)\d\d"
)
_HELD = (
    r"(?:prevoy|comport|impos|exige|conten|inclu|reserv|demand|fix|compren|reten|stipul|port|consacr|integr|realis"
    r"|employ|confi|assortiss)ai(?:t|ent)\b"
    r"|(?:avai|etai)(?:t|ent) (?:\w+ ){0,2}?(?:ete |fait l'objet d'|donne lieu a )?(?:\w+ )?"
    r"(?:prevu|reserve|impose|exige|demande|inscrit|assorti|inclus|comporte|compris|passe|conclu|soumis|attribue)e?s?\b"
)
"""What a contract asked, in the imperfect or the pluperfect."""
_DONE = (
    r"(?:a|ont) (?:\w+ )?(?:permis|genere|donne lieu|comporte|prevu|impose|produit|mobilise|beneficie|compte|porte)\b"
)
_IF = r"\b(?:si|s'il|s'ils|lorsqu\w*|quand|au cas ou|dans l'hypothese ou|quand bien meme|comme si)\b"
_NOW = (
    r"\b(?:desormais|dorenavant|present(?:e)? (?:marche|contrat|accord|consultation)|le titulaire (?:doit|devra|realise"
    r"|s'engage|reserve|consacre)|celui-ci|tandis que|alors que|est (?:porte|maintenu|reconduit|repris|fixe)"
    r"|(?:sont|est|reste\w*|demeure\w*) (?:du|applicable|exige|maintenu|reconduit)\w*)"
)
"""What turns back to the contract of the tender."""
_TOLD_BEFORE = compiled(rf"(?:{_HELD})(?:(?!{_NOW})[^;\n]){{0,200}}$")
_DONE_BEFORE = compiled(rf"(?:{_FORMER})[^.;\n]{{0,80}}\b{_DONE}(?:(?!{_NOW})[^;\n]){{0,200}}$")
_ELSEWHERE = compiled(
    r"\b(?:est|sont|a ete|ont ete|demeure|reste) (?:\w+ )?(?:confie|attribue|devolu|assure|execute|exploite)e?s? "
    r"(?:a|par) (?:un |une |d')?autres? (?:titulaires?|prestataires?|attributaires?|marches?|contrats?)\b"
    rf"(?:(?!{_NOW})[^;\n]){{0,240}}$"
)
"""What another contract covers today, told with what that one is: "confiée à un autre titulaire, par un marché …"."""
_TOLD_AFTER = compiled(
    r"^[^.;\n]{0,20}?\b(?:qu'(?:il|elle|ils|elles)|que (?:(?:le|la|les|ce|cet|son) |l')(?:\w+ ){0,2}\w+) "
    rf"(?:{_HELD})|"
    r"^(?:(?!\b(?:celui|celle|ceux|celles|comme|identique|egal)\b)[^.;\n]){0,80}?"
    rf"\b(?:{_HELD}|(?:a|ont) ete (?:realise|effectue|prevu|impose|demande)\w*)[^.;\n]{{0,60}}(?:{_FORMER})"
    r"|^[^.;\n]{0,80}?\b(?:aujourd'hui|depuis) (?:supprime|abandonne|caduque?|eteint|revolu|clos)\w*"
    r"|^[^.;\n]{0,80}?\bn(?:'a|'ont|'est|e sont) pas (?:ete )?(?:reconduit|repris|renouvele)\w*"
)
_SUPPOSED = compiled(_IF)
_OFFERED = compiled(
    r"\b(?:offres?|candidatures?|propositions?|memoires? (?:technique|justificatif|methodologique)s?)\b"
)
"""What an offer held is told of an offer."""


def of_another_contract(text: str, left: int, right: int, start: int, end: int) -> bool:
    """Tell whether a passage is what a former or distinct contract held.

    Args:
        text: Folded text of a block.
        left: First character of the sentence of the passage.
        right: One past the last of the sentence.
        start: First character of the passage.
        end: One past its last character.
    """
    # The words that were matched may hold the verb of the sentence: "comportait une clause d'insertion".
    before = text[left:end]
    held = _TOLD_BEFORE.search(before)
    told = held is not None and not _SUPPOSED.search(before) and not _OFFERED.search(before)
    elsewhere = _DONE_BEFORE.search(before) is not None or _ELSEWHERE.search(before) is not None
    return told or elsewhere or _TOLD_AFTER.search(text[end:right]) is not None
