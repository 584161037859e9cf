"""Articles whose title announces a clause and whose short body sets it aside, in whatever words.

"Clause sociale. Il n'est pas fait application de l'article 16.1 du CCAG": the title says what is refused.
"""

from __future__ import annotations

from achats_check.patterns import compiled

_LONGEST = 320
"""Characters of a body beyond which a refusal is one sentence among demands."""
_CHOSEN = (
    r"applicables?|appliquee?s?|activee?s?|retenue?s?|prevue?s?|requise?s?|exigee?s?|imposee?s?|demandee?s?|inseree?s?"
    r"|introduite?s?|concernee?s?|soumise?s?|assujettie?s?|assortie?s?|visee?s?|tenue?s?|fait (?:application|usage)"
    r"|mise?s? en (?:oe?uvre|place)|recouru|envisagee?s?|souhaitee?s?|opportune?s?|pertinente?s?|necessaires?"
    r"|possibles?|compatibles?|juge\w*|estime\w*|mobilisee?s?|d'application"
)
_ASKED = (
    r"comport\w+|prevo\w+|contien\w+|inclu\w+|impos\w+|exig\w+|demand\w+|enten\w+|souhait\w+|envisag\w+|s'appliqu\w+"
    r"|introdui\w+|integr\w+|recour\w+|retien\w+|requier\w+|assorti\w+|fix\w+|concern\w+|se pret\w+|figur\w+"
)
_DEROGATED = r"\bil (?:est|sera|a ete) deroge\b"
_NOT = r"(?:pas|point|aucune?s?|nullement|aucunement)"
_REFUSED = compiled(
    rf"\b(?:ne |n')(?:est|sont|sera|seront|a|ont|y a) {_NOT} (?:ete |(?:\w+ment|donc|ici) ){{0,2}}(?:{_CHOSEN})\b"
    rf"|\b(?:ne |n')(?:{_ASKED}) (?:\w+ment |donc ){{0,1}}{_NOT}\b"
    rf"|\baucune?s? [^.;]{{0,60}}(?:ne |n')(?:est|sont|sera|seront|a|ont) (?:ete )?(?:{_CHOSEN})\b"
    rf"|\baucune?s? [^.;]{{0,60}}(?:ne |n')(?:{_ASKED})\b"
    r"|^\W{0,3}(?:aucune?s?|pas d[e'u]|sans|neant|sans objet|article supprime|clause supprimee)\b"
    rf"|\bnon (?:{_CHOSEN})\b"
    r"|\b(?:renonc|dispens|exoner|exempt|depourv|inapplicab)\w*"
    r"|\b(?:est|sont|a ete|ont ete) (?:ecarte|supprime|deroge)\w*"
    rf"|{_DEROGATED}|\bfait usage de (?:l'une? des |l')exceptions?\b"
    rf"|\bfacultati\w+|\b(?:ne |n')engag\w+ {_NOT}\b|\bdecid\w* de ne pas\b|\bchoi\w+ de ne pas\b"
)
_QUALIFIED = compiled(
    r"\b(?:si|s'il|lorsqu\w*|en cas|sauf|hors|hormis|excepte|toutefois|cependant|neanmoins|mais|au-dela"
    r"|supplementaires?|complementaires?|seuls?|uniquement|non-respect|a defaut|sous reserve|tant que|avant"
    r"|apres accord|quand|quel\w* que|autres lots|lots restants"
    r"|ne (?:dispens|exoner|exempt)\w*|n'(?:exoner|exempt|est (?:pas|en rien) (?:dispens|exoner))\w*)\b"
    r"|\d ?(?:heures?\b|h\b|%|€|euros?\b)"
    r"|\b(?:titulaires?|entreprises?|prestataires?|attributaires?) (?:\w+ )?"
    r"(?:s'engag|doi[tv]|devr|realis|reserv|consacr|affect|confi|emploi|recrut|embauch)\w*"
    r"|\b(?:titulaires?|entreprises?|prestataires?|attributaires?|candidats?|fournisseurs?)\b[^.;]{0,40}\brenonc\w*"
)
"""What leaves something asked, or a refusal that holds for a case only."""


_REASON = compiled(
    r"\b(?:compte tenu|faute de|en raison|eu egard|au regard|motifs?|motivee?|justifi\w+|nature|objet|duree"
    r"|lien suffisant|2112-2-1)\b"
)
"""Why a clause is set aside, told in another sentence."""
_REMINDED = compiled(
    r"\b(?:demeur|rest)\w* (?:\w+ )?(?:tenu|soumis|assujetti|applicable|redevable)\w*"
    r"|\b(?:ordre public|obligations? legales?|droit (?:commun|du travail)|code du travail"
    r"|(?:legislation|reglementation|lois?) (?:sociale|du travail|en vigueur))\b"
)
"""A law that binds anyway, recalled beside the refusal: "Le titulaire reste soumis au droit du travail"."""
_STOP = compiled(r"[.;](?=\s|$)")


def refuses(body: str, title: str = "") -> bool:
    """Tell whether the body of an article sets aside what its title announces.

    Args:
        body: Folded text of the article, without its title, on one line.
        title: Folded title: what is derogated from is the very subject of an article of derogations.
    """
    if "derogation" in title:
        body = compiled(_DEROGATED).sub(" ", body)
    if len(body) > _LONGEST or _REFUSED.search(body) is None or _QUALIFIED.search(body) is not None:
        return False
    told = [part for part in _STOP.split(body) if part.strip()]
    return all(_REFUSED.search(part) or _REASON.search(part) or _REMINDED.search(part) for part in told)
