"""Articles whose title announces a fact: a real body, "Sans objet", or a mere "Voir CCTP"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cached_property

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.boxes import EMPTY, IS_TICKED, NO_BOX, TICKED, box_state
from achats_check.facts.clauses.lots import scopes
from achats_check.facts.clauses.matching import IGNORED_KINDS, Search
from achats_check.facts.clauses.refusals import refuses
from achats_check.facts.clauses.sentences import denied
from achats_check.facts.lexicon_records import Entry
from achats_check.facts.text import Reading, fold
from achats_check.model.document import Block
from achats_check.model.fact import MARCHE, Scope
from achats_check.patterns import compiled

_VOID = compiled(
    r"\W*(?:(?:sans objet|non applicable|non concernee?|neant)(?: (?:pour|dans le cadre d[eu]|au titre d[eu]|aux?|a) "
    r"?(?:le |la |l'|ce |cet |cette )?(?:presente? )?(?:marche|contrat|consultation|accord-cadre))?"
    r"|(?:(?:le|la|ce|cet|cette) )?(?:presente? )?(?:marche|contrat|consultation|accord-cadre|article|clause)"
    r" (?:n'est pas (?:concernee?|soumise?|visee?|assujettie?)|ne s'applique pas)[^.;]{0,60}"
    r"|aucune?(?: clause| condition| disposition)?"
    r"|(?:(?:article|clause|numero) )?(?:reserve|non utilise|supprime|laisse libre|sans emploi)e?|s\.?o\.?|sans)\W*"
)
_REFERRAL = compiled(
    r"\W*(?:(?:voir|cf\.?|se (?:reporter|referer)|conformement|se conformer|elles? (?:est"
    r"|sont) (?:definies?|decrites?|precisees?)|sont (?:definies?|decrites?|precisees?))"
    r"\s[^.;]{0,80}\b(?:cctp|ccap|ccp|ccag|cahier|acte d'engagement|annexe|rc)\b[^.;]{0,60})\W*"
)
_LEFT_TO_THE_CCAG = compiled(
    r"(?!.*\b(?:titulaires?|entreprises?|entrepreneurs?|prestataires?|fournisseurs?|attributaires?|doi(?:t|vent)"
    r"|devr(?:a|ont)|minimum|au moins|interdi\w+)\b|.*\d ?%)"
    r"\W*(?:(?:[^.;:]|\d\.\d){3,100}?\b(?:regie?s?|soumise?s?|traitee?s?|definie?s?|precisee?s?|prevue?s?|fixee?s?"
    r"|decrite?s?|conformes?|conformement|selon|en application|dans les conditions|releve(?:nt)?)\b"
    r"(?:[^.;:]|\d\.\d){0,60}\bccag\b(?:[^.;:]|\d\.\d){0,30}"
    r"|(?:[^.;:]|\d\.\d){0,60}\barticles? (?:[^.;:]|\d\.\d){1,20}\bccag\b[^.;:]{0,30}"
    r"\b(?:s'appliqu\w+|(?:est|sont) applicables?)[^.;:]{0,30})\W*"
)
"""A body that only leaves its subject to the general clauses, which bind anyway: nothing of its own is asked."""
_NUMBERING = compiled(r"\s*(?:article\s+)?[\divxa-h]{0,4}(?:[.\-]\d{1,2}){0,4}\s?[.):\-]{0,2}\s*")
_SPEAKS = {
    "environnement.": compiled(
        r"environnement|dechet|recycl|reemplo|reutilis|valoris|emballage|carbone|energ|ecolog|eco-|durable|pollu"
        r"|phytosanitaire|emission|consommation|nuisance|biolog|biodivers|plastique|vehicule|papier|eau\b"
    ),
    "social.": compiled(
        r"insertion|socia|emploi|handicap|egalite|discrimin|apprenti|formation|public|salari|travail|embauch|personn|jeune"
    ),
}
"""Words one of which a paragraph must hold to prove that its article asks something of the family."""
_SHARED_TITLE = compiled(
    r"social[^.]{0,60}environnement|environnement[^.]{0,60}social|developpement durable"
    r"|^\W{0,3}(?:article )?[\divx.]{0,8}\s?[-.):]{0,2}\s?environnement\W{0,3}$"
)
"""Titles of articles that may hold one family of clauses, another, or both."""
OWNERS = compiled(
    r"\W{0,3}(?:[a-z]?[\d.]{1,6}\s?[-–.):]{0,2}\s?)?(?:objet\s?[.:]\s?)?(?:pour |dans )?(?:les? |l')?"
    r"(?:titulaires?|entreprises?|attributaires?|marches?)?(?: titulaires?)? ?(?:des? |du |d'un )?lots?\b[^.;:]{1,40}?"
    r"(?=,| [a-z]{2,12}(?:ent|ont|ra)\b"
    r"| (?:font|fait|reserv|s'engag|realis|doi|devr|consacr|affect|compren|comport|sont|est|prevoi)|$)"
)
"""How a sentence opens that gives a clause to the holders of some lots: "Les titulaires des lots 1 et 2 …"."""
_BOXES = frozenset(EMPTY + TICKED)
_REFUSED = compiled(
    r"\W{0,4}(?:sans objet|non\b|neant|aucune?\b|pas de|oui\b|[^.;]{0,80}\bn(?:e\b|')[^.;]{0,30}\b(?:pas|aucune?)\b)"
)
"""Options that answer the title, and ask nothing by themselves."""
_INTENT = compiled(
    r"\b(?:attach\w+|soucieu\w+|sensible a|sensibilise\w*|engagee? (?:dans|en faveur)|politique|demarche|valeurs"
    r"|souhait\w+|invit\w+|encourag\w+|compte sur|rappel\w+"
    r"|(?:a|ont) (?:\w+ )?(?:adopte|vote|signe|approuve|obtenu|rejoint)|(?:pour|a titre d')\s?information"
    r"|a titre indicatif|portee?s? a (?:la|leur) connaissance)\b"
)
_INTENT_ONLY = "dit une intention de l'acheteur sans rien demander : à lire"
_BINDS = compiled(
    r"\b(?:titulaires?|prestataires?|entreprises?|entrepreneurs?|fournisseurs?|attributaires?|cocontractants?"
    r"|exploitants?|delegataires?|concessionnaires?|mandataires?|intervenants?|doi(?:t|vent)|devr(?:a|ont)|sera|seront"
    r"|tenue?s? (?:de|a)|interdi\w+|proscri\w+|obligat\w+|impos\w+|exig\w+|penalites?|minimum|au moins)\b|\d ?(?:%|€)"
)
"""What a body that tells an intent must also say to ask anything."""
_GREEN = "environnement."
_SHORTEST_BODY = 36
_LONGEST_QUOTE = 300
ANNOUNCED = 0.5


class Article:
    """A title and the blocks under it, up to the next title."""

    def __init__(self, title: Block, body: list[Block], texts: list[str]) -> None:
        self.title = title
        self.body = body
        self._texts = texts

    @cached_property
    def text(self) -> str:
        """Folded text of the body, on one line."""
        return " ".join(self._texts[b.index].strip() for b in self.body).strip()


def find_articles(
    reading: Reading, texts: list[str], entries: tuple[Entry, ...], articles: Sequence[Article], search: Search
) -> Iterator[Candidate | NearMiss]:
    """Yield what articles say whose title the lexicon knows.

    Args:
        reading: The document.
        texts: Folded text by block.
        entries: Facts looked for in this piece.
        articles: Its articles.
        search: Its matches, for the negations and decoys inside the bodies.
    """
    titled = [(entry, blocks) for entry in entries if (blocks := search.holding(entry.title_words))]
    for article in articles:
        title = texts[article.title.index]
        for entry, blocks in titled:
            if blocks >> article.title.index & 1 and _titled(entry, title):
                yield from _article(reading, texts, entry, article, search.spoilt(entry.fact))


def articles_of(reading: Reading, texts: list[str]) -> list[Article]:
    """Cut a document at its titles; a title without any text of its own takes its sub-articles."""
    blocks = [b for b in reading.document.blocks if b.kind not in IGNORED_KINDS]
    ranks = [rank for rank, block in enumerate(blocks) if block.kind == "title"]
    found = []
    for position, rank in enumerate(ranks):
        end = ranks[position + 1] if position + 1 < len(ranks) else len(blocks)
        body = blocks[rank + 1 : end]
        if not body:
            body = _sub_articles(blocks, rank)
        found.append(Article(blocks[rank], body, texts))
    return found


def _sub_articles(blocks: list[Block], rank: int) -> list[Block]:
    title = blocks[rank]
    body = []
    for block in blocks[rank + 1 : rank + 60]:
        if block.kind == "title" and (not title.level or block.level <= title.level):
            break
        if block.kind != "title":
            body.append(block)
    return body


def _titled(entry: Entry, title: str) -> bool:
    match = compiled(entry.titles).search(title)
    if match is None or len(title) > 160:
        return False
    lead = _NUMBERING.match(title)
    return match.start() <= (lead.end() if lead else 0) + 40


def _article(
    reading: Reading, texts: list[str], entry: Entry, article: Article, spoilt: Set[int]
) -> Iterator[Candidate | NearMiss]:
    if not article.body or not article.text:
        return
    first = _telling(texts, entry.fact, article.body)
    lots = where(texts[first.index], texts[article.title.index]) if entry.by_lot else (MARCHE,)
    evidence = reading.evidence(first, 0, min(len(first.text), _LONGEST_QUOTE))
    if _is_void(texts, entry.fact, article):
        for scope in lots:
            yield Candidate(entry.fact, False, evidence, 0.9, scope)
    elif entry.contrary and _is_refused(texts, entry, article, first):
        for scope in scopes(article.text, texts[article.title.index]) if entry.by_lot else lots:
            yield Candidate(entry.fact, False, evidence, entry.title_confidence, scope)
    elif entry.fact.startswith(_GREEN) and _LEFT_TO_THE_CCAG.fullmatch(article.text):
        yield NearMiss(entry.fact, evidence, "simple renvoi au CCAG, qui ne demande rien de plus")
    elif _REFERRAL.fullmatch(article.text):
        yield NearMiss(entry.fact, evidence, "annonce : l'article renvoie à une autre pièce sans rien demander")
        for scope in lots:
            yield Candidate(entry.fact, True, evidence, ANNOUNCED, scope)
    elif (option := _ticked(reading, texts, entry, article, spoilt)) is not None:
        for scope in lots:
            yield Candidate(entry.fact, True, reading.evidence(option), entry.title_confidence, scope)
    elif (
        len(article.text) >= _SHORTEST_BODY
        and _asks(entry, article, texts[first.index])
        and not _undone(reading, texts, article, spoilt)
    ):
        if _only_intends(article.text):
            yield NearMiss(entry.fact, evidence, _INTENT_ONLY, undecided=True)
            return
        for scope in lots:
            yield Candidate(entry.fact, True, evidence, entry.title_confidence, scope)


_DEROGATIONS = "ccag.derogations_listees"
_DEROGATES = compiled(r"\bil (?:est|sera) deroge\b|\bderogent?\b(?! (?:pas|aucunement|en rien)\b)")


def _is_void(texts: list[str], fact: str, article: Article) -> bool:
    """ "Sans objet" is the whole article, or its first paragraph when the next ones are about something else."""
    if _VOID.fullmatch(article.text):
        return True
    opening = texts[article.body[0].index].strip()
    if opening[:1] in _BOXES or not _VOID.fullmatch(opening):
        return False
    return not any(speaks(fact, texts[block.index]) for block in article.body[1:])


def _is_refused(texts: list[str], entry: Entry, article: Article, first: Block) -> bool:
    """A body with boxes is a choice that the boxes tell; derogations set the CCAG aside, and are what is listed."""
    boxed = any(mark in article.text for mark in _BOXES)
    listed = entry.fact == _DEROGATIONS and _DEROGATES.search(article.text) is not None
    refused = not listed and refuses(article.text, texts[article.title.index])
    return refused and not boxed and _asks(entry, article, texts[first.index])


def _ticked(reading: Reading, texts: list[str], entry: Entry, article: Article, spoilt: Set[int]) -> Block | None:
    """Return the first option of a list of boxes that is ticked and asks something of the family of the fact."""
    blocks = reading.document.blocks
    options = [b for b in article.body if texts[b.index].lstrip()[:1] in _BOXES]
    ticked = [b for b in options if box_state(blocks, texts, b.index, len(b.text), len(b.text)) == IS_TICKED]
    asked = [b for b in ticked if b.index not in spoilt and _REFUSED.match(texts[b.index]) is None]
    if len(options) < 2 or len(asked) < len(ticked):
        return None
    return next((block for block in asked if _asks(entry, article, texts[block.index])), None)


def where(text: str, title: str) -> tuple[Scope, ...]:
    """Return the lots a title names, else the market, and the lots whose holders the first sentence is about."""
    owners = OWNERS.match(text)
    return tuple(dict.fromkeys([*scopes(title, ""), *(scopes(owners[0], "") if owners else ())]))


def asks_of_someone(text: str) -> bool:
    """Tell whether a folded text names who must do, or what is due."""
    return _BINDS.search(text) is not None


def _only_intends(text: str) -> bool:
    """Tell whether a body says what a buyer wishes or believes in, and asks nothing of anyone."""
    return _INTENT.search(text) is not None and not asks_of_someone(text)


def _telling(texts: list[str], fact: str, body: list[Block]) -> Block:
    """Return the first paragraph that speaks of the family of the fact, else the first one."""
    return next((block for block in body if speaks(fact, texts[block.index])), body[0])


def _asks(entry: Entry, article: Article, text: str) -> bool:
    return speaks(entry.fact, text) or not _SHARED_TITLE.search(fold(article.title.text))


def speaks(fact: str, text: str) -> bool:
    """Tell whether a folded text holds a word of the family of a fact."""
    return all(words.search(text) for family, words in _SPEAKS.items() if fact.startswith(family))


def _undone(reading: Reading, texts: list[str], article: Article, spoilt: Set[int]) -> bool:
    """A body with a negation, a decoy, boxes or a denial is left to the patterns."""
    own = {article.title.index, *(b.index for b in article.body)}
    if own & spoilt:
        return True
    head = article.body[0]
    text = texts[head.index]
    blocks = reading.document.blocks
    if any(box_state(blocks, texts, b.index, len(b.text), len(b.text)) != NO_BOX for b in article.body):
        return True
    return (
        denied(text, 0, min(len(text), 40)) or re.match(r"\W*(?:sans objet|neant|il n'est pas prevu)", text) is not None
    )
