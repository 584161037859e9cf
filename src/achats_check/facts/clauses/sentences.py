"""Where a sentence starts and ends, and whether it denies what it says."""

from __future__ import annotations

from achats_check.patterns import compiled

_ENDS = compiled(
    r"[.;!?\n\t](?:(?<=[.;!?])(?<!\bart\.)(?<!\b[lrdn]\.)(?<!\bcf\.)(?=\s+\S)|(?<=\n)(?=\s*[-•▪o]\s"
    r"|\s*\n)|(?<=\t))"
)
_LONGEST = 420
_SHOWN = 150
"""Characters of a passage that every report shows."""
_MARGIN = 160
_CLOSE = 110
_FAR = 220
"""Characters before a passage where it may be denied: a decision not to ask may quote an article of the code first."""

_VERBS = (
    r"(?:prevoi\w*|prevu\w*|comport\w+|contien\w+|impos\w+|exig\w+|demand\w+|concern\w+|inclu\w+"
    r"|retien\w*|retenu\w*|donn\w+ lieu|donn\w+(?=\s+(?:pas|aucunement|point)\s+lieu)|stipul\w+|institu\w+|prescri\w+"
    r"|est|sont|sera|seront|etait|soit|fai\w+ l'objet|font l'objet|fera l'objet|s'appliqu\w+"
    r"|applicable\w*|a|ont|aura|requi\w+|reserv\w+)"
)
_HARM = (
    r"section|coup|taill|bless|mutil|abatt|arrach|deterior|endommag|brul|rejet|deverse|melang|enfoui|abandonn|jet[ee]"
    r"|souill|pollu|gaspill|repand|enterr|evacu|laisse"
)
"""What is not to be done: "les racines ne sont pas sectionnées" asks."""
_FORBIDDEN = compiled(
    r"(?:depots?|stockages?|rejets?|brulages?|deversements?|abattages?|elagages?|enfouissements?"
    r"|emballages? plastiques?|plastiques?|vaisselle|gobelets? jetables?|herbicides?|desherb\w+|pesticides?"
    r"|solvants?|glyphosate|produits? (?:phyto\w+|chimiques?|toxiques?|dangereux))\b"
)
"""What nobody asks for: "aucun rejet n'est admis" forbids, and denies no clause."""
_KEPT = (
    r"revis|limit|modifi|negoci|redui|diminu|remis\w* en cause|plafonn|exclusi|cessib|transfer|report|deleg"
    r"|joint|reprodui|subordonn|suspend|liber|interromp|opposab|cumul|fractionn|moindre|facultati|optionnel"
)
"""What leaves a clause as it is: "la clause n'est pas révisable"."""
_FAILED = (
    r"(?:ete )?(?:\w+ment )?(?:effectu|realis|execut|respect|accompl|attein|justifi|fourni|produi|transmi|remis"
    r"|tenue?s?\b|satisf|rempl|honor|observ|suivie?s?\b|comptabilis|valid|mene|remuner|indemnis"
    r"|factur|decompt|dedui)"
)
"""What was not done is due: "les heures d'insertion n'ont pas été effectuées"."""
_UNDONE = r"(?:ete )?(?:\w+ment )?(?:attein|respect|accompl|satisf|rempli\b|rempli[es]|honor|tenus?\b|tenue)"
"""What was not reached is due: "qui n'a pas atteint le volume encourt une pénalité" denies no penalty."""
_CASE = r"\b(?:lorsqu\w*|quand|tant que|des lors que)\b"
"""What opens the case of a denial: "ne s'applique pas lorsque le facilitateur atteste…" denies no facilitator."""
_BEFORE = compiled(
    rf"(?:\bne |\bn'){_VERBS}\s+(?:pas|aucune?|point|nullement)\b(?!\s+{_UNDONE})(?:(?!{_CASE})[^,;:.]){{0,60}}$"
    r"|\b(?:aucune?s?|ni|absence d[e']|pas d[e']|exempte?s? d[e'])\s*(?:[\w']+\s+){0,2}$"
    r"|\baucune?s?\s+\w+\s+(?:\w+\s+)?d'$"
    r"|\bnon\s+(?:soumis|assujetti|concerne|assorti)\w*\s+(?:a|par|d[e'u])\s*(?:[\w']+\s+){0,3}$"
    r"|(?:\bne\s+se\s+pret\w+\s+(?:pas|guere|nullement)|\b(?:n'est|ne\s+sont)\s+(?:pas|guere|nullement)\s+"
    r"(?:propice|compatible|adapte|favorable)\w*)\s+(?:a|avec)\s+[^,;:.]{0,30}$"
    r"|\baucune?s?\s+(?:[\w']+\s+){1,5}(?:n'est|n'a ete|ne (?:sont|sera|seront))\s+$"
    r"|(?<!reserve d')(?<!non )\bsans\s+(?:[\w']+\s+){0,1}$"
)
_ASIDE = r"(?:, (?:[^,;:.]|\b[lr]\.){1,90},)"
"""What is slipped into a sentence: ", en application de l'article L. 2112-2-1 du code,"."""
_RENOUNCED = compiled(
    rf"\b(?:(?:decid\w*|choi\w+|souhait\w*|prefer\w*|opt\w*){_ASIDE}?[^,;:.]{{0,20}} ne pas"
    r"|(?:n'|ne )(?:entend\w*|envisag\w*|souhait\w*|a|ont) pas(?: entendu| souhaite| voulu)?(?: de)?"
    r"|n'(?:a|est|ont) pas (?:ete |apparu |paru )?(?:juge|estime|considere|apparu)?\w* ?"
    r"(?:utile|opportun|pertinent|necessaire|possible|souhaitable)\w* d[e']"
    r"|(?:renonc\w*|derog\w*) a(?: l'obligation)?(?: de| d')?"
    r"|(?:dispens|exoner|exempt)\w* (?:de |d')?(?:l'obligation )?d[e'])"
    r" ?(?:assort|prev|impos|inser|reten|exig|inclu|introdui|integr|recour|soumett|fix|demand)\w*"
    r"(?:, [^,;:.]{1,60},)?[^,;:.]{0,60}$"
)
"""What a buyer chose not to ask: "a décidé de ne pas assortir le marché de…"."""
_PERFORMER = compiled(
    r"\b(?:titulaires?|entreprises?|entrepreneurs?|prestataires?|attributaires?|candidats?|soumissionnaires?"
    r"|fournisseurs?|cotraitants?|sous-traitants?)\b"
)
"""Who performs may choose how to, and not whether."""
_UNANSWERED = (
    r"(?:trait|repond|renseign|conform|satisf|justifi|appreci|recevab|fourni|produi|complet|respect|attein|realis"
    r"|execut|transmi|remis)"
)
"""What lacks in an offer or in what is done: "0 : non traité" is a mark, and no answer."""
_AFTER = compiled(
    rf"^(?:(?! et (?:leurs?|ses?|sa|son|ils?|elles?) | ce (?:qui|que) )[^,;:.]){{0,40}}?(?:\bne |\bn'){_VERBS}"
    rf"\s+(?:pas|aucune?|point)\b"
    rf"(?!\s+(?:dispens|exoner|inferieur|{_FAILED}|{_HARM}|(?:\w+ment )?(?:{_KEPT})))"
    r"|^(?:[^,;:.]|\b[lr]\.){0,30}?(?:[:\t|]|\s-)\s*(?:sans objet|neant|non applicable|non concerne|non prevu\w*"
    rf"|non\b(?!-)(?!\s+{_UNANSWERED})"
    r"|sans\b(?=\s*$|\s*\t|\.|\s(?:clause|obligation|exigence|disposition)s?\s*(?:$|[.;,\t]))"
    r"|aucune?\b(?=\s*$|\.)|s\.?o\.?$)"
    r"|^[^,;:.]{0,25}?\bsans objet\b"
)
_NOT_A_DENIAL = compiled(
    r"(?:dispens|exoner|exempt|liber|sans (?:prejudice|pouvoir|que|toutefois|delai|frais|accord"
    r"|autorisation|mise en demeure|indemnite)"
    r"|absence (?:de |d')(?:realisation|execution|respect|justificati\w+|mise en o|production|transmission|suivi"
    r"|remise|envoi|fourniture|communication)"
    r"|\b(?:mois|trimestres?|semestres?|annees?|semaines?|jours?) sans\b"
    r"|(?:insertion|heures|clauses?|sociales?|environnementales?) (?:supplementaires?|complementaires?)[^.;]{0,20}"
    r"(?:au-dela|en sus|en plus)"
    r"|non seulement|aucune? (?:derogation|exoneration|dispense|exception|indemnite|difficulte"
    r"|discrimination))"
)
_LACKED_BY_AN_OFFER = compiled(
    r"\b(?:offres?|candidatures?|propositions?|candidats?|soumissionnaires?|concurrents?)\s[^,;:.]{0,40}"
    r"(?:\bne |\bn')[^;:.]{0,110}$"
)
"""What an offer lacks is asked of it: "les offres qui ne comportent pas l'engagement d'insertion sont irrégulières"."""
_ONE_MORE = compiled(r"[^,;:.]{0,15}\b(?:supplementaires?|complementaires?|additionnelles?|nouvelles?|au-dela)\b")
"""What is not asked beyond the rest: "n'impose pas d'heures d'insertion supplémentaires"."""
_LACKING = compiled(r"\babsence d[e'][^;:.]{0,60}$")
_PRICED = compiled(r"[^;.]{0,80}\d ?(?:€|euros?\b)")
"""What costs when it lacks is due: "absence de formation à l'éco-conduite : 200 €"."""
_ANSWERED = compiled(r"[:\t]\s{0,3}(?:oui|avec)$")
"""A box that got its answer: the "non" that follows answers the next one."""


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentence around a passage, at most a few lines long.

    Args:
        text: Folded text of a block.
        start: First character of the passage.
        end: One past its last character.
    """
    left, right = 0, len(text)
    for mark in _ENDS.finditer(text, max(0, start - _LONGEST), min(len(text), end + _LONGEST)):
        if mark.end() <= start:
            left = mark.end()
        elif mark.start() >= end:
            right = mark.start() + (text[mark.start()] in ".!?")
            break
    if right - left > _LONGEST:
        left = _word(text, max(left, start - _MARGIN), left)
        right = _word(text, min(right, end + _MARGIN), right)
    return left, right


def _word(text: str, at: int, edge: int) -> int:
    """Move a cut to the next blank, so that no word is cut."""
    if at == edge:
        return at
    step = 1 if edge < at else -1
    while 0 < at < len(text) and not text[at].isspace() and abs(at - edge) > 0:
        at += step
        if at in (0, len(text)):
            break
    return at


def denied(text: str, start: int, end: int) -> bool:
    """Tell whether the sentence denies the passage ("n'est soumis à aucune clause…")."""
    left, right = sentence(text, start, end)
    before = _up_to(text, max(left, start - _CLOSE), start)
    if _BEFORE.search(before) and not _NOT_A_DENIAL.search(before[-60:]) and not _is_due(text, before, start, end):
        return _LACKED_BY_AN_OFFER.search(before) is None
    if _RENOUNCED.search(_up_to(text, max(left, start - _FAR), start)) and not _PERFORMER.search(before):
        return True
    if _ANSWERED.search(text[start:end]):
        return False
    return _AFTER.search(text[end : max(right, min(len(text), end + 60))]) is not None


def _up_to(text: str, first: int, start: int) -> str:
    """Return what stands before a passage, ended by the blank or the apostrophe that parts it from the passage."""
    before = text[first:start]
    return before if before[-1:].isspace() or before.endswith("'") or not before else before + " "


def _is_due(text: str, before: str, start: int, end: int) -> bool:
    """Tell whether what a negation precedes is due: forbidden, asked once already, or what costs when it lacks."""
    told_its_price = _PRICED.match(text, start) or _PRICED.match(text, end)
    priced = _LACKING.search(before) is not None and told_its_price is not None
    return priced or _ONE_MORE.match(text, end) is not None or _FORBIDDEN.match(text, start) is not None


def near(text: str, first: int, start: int, end: int) -> int:
    """Return where to quote a long sentence from, for a reader to see the words that count.

    Args:
        text: The block.
        first: Where the sentence starts.
        start: Where the words that count start.
        end: One past them.
    """
    if end - first <= _SHOWN:
        return first
    low = max(first, min(start, end - _SHOWN))
    breaks = [match.end() for match in compiled(r"[,;:](?=\s)|\s[-–](?=\s)").finditer(text, low, start)]
    words = [match.end() for match in compiled(r"\s+").finditer(text, low, start)]
    return (breaks or words or [start])[0]
