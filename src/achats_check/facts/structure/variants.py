"""Whether variants are forbidden, allowed or required."""

from __future__ import annotations

from collections.abc import Iterator

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.structure.choices import TICKED
from achats_check.facts.structure.scan import Text, labelled, missed, said, sentence, text_of
from achats_check.facts.text import Reading
from achats_check.patterns import compiled

_NONE = r"sans\b|non\b|aucune|neant|interdit|pas de|ne sont pas|ne seront pas|n'est pas|refuse"
_FORBIDDEN = (
    r"variantes?[^.\n?]{0,70}(?:autorise|admis|accepte|permis|considera|consideration|compte)\w*\s*\?*\s*[:\t?]\s*"
    r"(?:☒ ?|☑ ?)?(?:non|sans|interdit)"
    r"|ne (?:peuvent|pourront|peut|pourra) pas[^.\n]{0,40} variantes?"
    r"|n'ont pas (?:la possibilite|le droit|la faculte)[^.\n]{0,20}(?:presenter|proposer|remettre|deposer)"
    r"(?:(?!plus d')[^.\n]){0,30}"
    r"variantes?|variantes? seront prises en consideration\s*:\s*non"
    r"|aucune variante|variantes?"
    r" (?:a l'initiative|proposees|libres|des candidats)[^.\n]{0,40} (?:est|sont|seront) proscrit"
    r"|variantes?(?:[^.\n]|\.(?= ?\d)){0,150}?(?:ne sont pas|ne seront pas|n'est pas|ne sera pas|sont"
    r"|non) ?(?:autorise|admis|accepte|permis|interdit|propos)"
    r"|(?:pas|sans|ni) (?:de |autoris[a-z]* de |possibilite de )?variantes?"
    r"|(?:presentation|proposition|depot|remise) de variantes? (?:\w+ ){0,3}?(?:est|sera) (?:interdit|exclu|proscrit)"
    r"|(?:presentation|proposition|depot|remise) de variantes? (?:n'est|ne sera) pas (?:autorise|admis|accepte|permis)"
    r"|interdi[a-z]* (?:de )?(?:presenter )?(?:les |des )?variantes?"
    r"|^\W{0,3}(?:[a-z]?[\d.]{1,6}\s?[-).:/]*\s?)?variantes?(?: libres| facultatives)? (?:interdit|exclu"
    r"|proscrit)e?s?\b"
    r"|[.;] variantes?(?: libres)? ?: ?(?:non\b|sans\b|aucune|interdit|exclu|refuse)"
)
_ALLOWED = (
    r"variantes?[^.\n?]{0,70}(?:autorise|admis|accepte|permis|consideration"
    r"|compte)\w*\s*\?*\s*[:\t?]\s*(?:☒ ?|☑ ?)?oui"
    r"|(?<!lesquels les )(?<!lesquelles les )(?<!lesquels des )(?<!ou les )(?<!si les )(?<!si des )"
    r"(?<!lorsque les )"
    r"variantes?[^.\n]{0,80}?(?:sont|est|seront) (?:autorise|admis|accepte|permis)"
    r"|(?:presentation|proposition|depot|remise) de variantes? (?:est|sera) (?:autorise|admis|accepte|permis|possible)"
    r"|[.;] variantes?(?: libres)? ?: ?(?:oui|autorise|admis|accepte)e?s?(?=\s*(?:[.;]|$))"
    r"|autorises?[^.\n]{0,30} (?:a )?(?:presenter|proposer)[^.\n]{0,20} variantes?"
    r"|(?:peuvent|peut|pourront) (?:\w+,? ){0,3}?(?:presenter|proposer)[^.\n]{0,40} variantes?"
    r"|^\W{0,3}(?:[\d.]{1,6}\s?[-).:/]*\s?)?variantes?(?: libres| facultatives)?"
    r" (?:autorise|admis|accepte)e?s?"
    r"(?:[^\w:?]*$|,? (?:sur (?!les? lots?\b)|a condition|sous reserve|dans (?:les conditions|le respect)))"
)
_REQUIRED = r"variantes?(?:\(s\))? (?:exigee|imposee|obligatoire)s?(?:\(s\))?|variante[^.\n]{0,60} devra etre proposee"
_VOID = (
    r"sans objet|pas de variante|aucune|ne (?:comporte|presente|prevoit)[^.\n]{0,20} (?:pas|aucune)|\bsans\b"
    r"|\bnon\b|neant"
)
_TO_A_PAGE = r"\.{2,}\s*\d{1,3}\s*$"
"""The end of an entry of contents, however few its dots: it announces an article and requires nothing."""
_SOME_LOTS = (
    r"\b(?:pour|sur|dans|du|au|aux) (?:les? |seuls? ){0,2}lots? (?:n ?° ?)?\d"
    r"|^\W{0,3}lots? (?:n ?°s? ?)?\d[^:.\n]{0,40}:"
)
_OF_SOME_LOTS = "variantes de certains lots seulement"
_OF_SOME_KIND = (
    r"variantes?[^.\n]{0,12} (?:ne (?:respect|repond|satisf|compren|comport|port)\w+|non[- ]conformes?|irregulieres?"
    r"|seules?\b|sans (?:offre|reponse|proposition|solution)|portant sur|autres? que|de prix|relatives? a"
    r"|deposees? (?:hors|apres)|qui\b)|plus d(?:e |')[^.\n]{0,12}variantes?"
)
_NOT_ASKED = r"aucune variante[^.\n]{0,12} (?:n'est|ne sera|ne sont) (?:impose|exige|obligatoire|demande|attendu)"
_MARKS = f" :{TICKED}"
_DECIDING = {"AAPC", "RC", "CCP", "AE", "CCAP", "AUTRE"}


def find(reading: Reading) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield ``variantes``; the technical specification does not decide it."""
    yield Sought("variantes", ("variante", "variantes non autorisées", "variantes exigées"))
    text = text_of(reading)
    if "variante" not in text.joined:
        return
    for index, start, end in labelled(text, "variante", r"variantes?(?: autorisees?)?"):
        folded = text.folded[index][start:end]
        if text.blocks[index].kind == "title" and ":" not in text.folded[index][:start]:
            continue
        if compiled(_NONE).match(folded.strip(_MARKS)):
            yield said(reading, "variantes", "interdites", text.blocks[index], (0, end), 0.93)
        elif compiled(_SOME_LOTS).search(folded):
            yield missed(reading, "variantes", text.blocks[index], (0, end), _OF_SOME_LOTS)
        elif compiled(r"avec\b|oui\b|(?:sont )?(?:autorise|admise|acceptee|permise|possible)s?\b|autorisees?\b").match(
            folded.strip(_MARKS)
        ):
            yield said(reading, "variantes", "autorisees", text.blocks[index], (0, end), 0.9)
    for index in text.having("variante"):
        yield from _in_sentence(reading, text, index)


def _in_sentence(reading: Reading, text: Text, index: int) -> Iterator[Candidate | NearMiss]:
    folded = text.folded[index]
    entry = compiled(_TO_A_PAGE).search(folded, max(0, len(folded) - 40))
    required = None if entry else compiled(_REQUIRED).search(folded)
    if required is not None:
        span = sentence(folded, *required.span())
        below = " ".join(text.folded[later] for later in text.following(index, 1)) if len(folded) < 80 else ""
        if compiled(_VOID).search(folded[span[0] : span[1] + 40] + " " + below) is None:
            yield said(reading, "variantes", "exigees", text.blocks[index], span, 0.75 if len(folded) < 60 else 0.88)
        return
    if text.blocks[index].kind == "title" and any("variante" in text.folded[i] for i in text.following(index, 1)):
        return
    for value, pattern in (("interdites", _FORBIDDEN), ("autorisees", _ALLOWED)):
        match = compiled(pattern).search(folded)
        if match is None:
            continue
        if value == "interdites" and compiled(r"sont (?:autorise|admis|accepte|permis)").search(match.group()):
            continue
        span = sentence(folded, *match.span())
        reason = "" if reading.role in _DECIDING else "le règlement de la consultation en décide, pas cette pièce"
        if compiled(_SOME_LOTS).search(folded, *span):
            reason = _OF_SOME_LOTS
        kind = compiled(_OF_SOME_KIND).search(match.group()) or compiled(_NOT_ASKED).match(folded, match.start())
        if value == "interdites" and kind is not None:
            reason = "variantes d'une sorte, ou que rien n'oblige à présenter"
        if reason:
            yield missed(reading, "variantes", text.blocks[index], span, reason)
        else:
            yield said(reading, "variantes", value, text.blocks[index], span, 0.92)
        return
