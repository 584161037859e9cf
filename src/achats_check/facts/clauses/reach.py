"""How far a clause goes: its volume, publics, proofs and penalties stand in the lines after the sentence that asks.

Many pieces have no title "insertion" above them: the clause is one paragraph among others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.matching import IGNORED_KINDS
from achats_check.facts.lexicon_records import SIGN, Form
from achats_check.facts.text import Reading
from achats_check.model.document import Block
from achats_check.patterns import compiled

CLAUSES = frozenset({"social.insertion", "social.condition_execution", "environnement.condition_execution"})
_GREEN = "environnement."
_ASKING = CLAUSES | {"environnement.specification"}
"""Facts whose passages have organs near them: what is asked of a product is proven and checked as a clause is."""
_OF_AWARD = (".critere", ".critere_poids")
"""What judges offers is no part of the clause beside it."""
_LINES = {"social.": 8, "environnement.": 2}
"""Lines after the sentence that still are about it; environmental demands stand side by side with others."""
_BEFORE = {"social.": 3, "environnement.": 0}
"""Lines before it, in the same numbered article."""
_DEMANDS, _LONGEST_ARTICLE = 2, 15
"""Lines of a family in one article from which the article is about it, and lines of the longest such article."""
_LONGEST_PLACE = 40
"""Lines of the longest outermost article whose every line may be about the demand that stands in it."""
_FEW_LINES = 5
"""Lines of an article, title included, that one demand makes about it."""
_LONGEST = 900
"""Characters of a line beyond which it is a page glued together, and holds more than one subject."""
_SURE = 0.7
_NUMBER = compiled(
    r"\W{0,3}(?:article |art\. ?|chapitre )?(\d{1,2}|[ivx]{1,5})(?:\.\d{1,2}){0,3}\s?[-.):/]{0,2}\s+[a-z]"
)
_SHORT = 80
_SHORT_ARTICLE = 4
"""Lines, title included, of a sub-article about one organ."""
_ORGAN = compiled(
    r"\b(?:principes?|modalites?|mise en oeuvre|suivi|controle|sanctions?|penalites?|publics?|volume|accompagnement"
    r"|justificat\w+"
    r"|bilans?|engagements?|facilitateur|obligations?|objectifs?|dispositif|evaluation|preuves?|beneficiaires"
    r"|traces?|tracabilite|surveillance|retenues?(?! de garantie)|refactions?)\b"
)
"""Titles of sub-articles that name an organ of a clause, and not another subject."""
_OTHER_SUBJECTS = {
    "social.": compiled(
        r"environnement(?! social)|developpement durable|dechet|carbone|ecolog|climat|pollu|reemplo|emballage"
        r"|phytosanitaire"
    ),
    "environnement.": compiled(
        r"insertion(?! (?:paysagere|urbaine|architecturale))|\bsocia(?:l|le|les|ux)\b|handicap|egalite|apprenti"
        r"|(?:acces|retour|promotion de|clauses? d[e']|publics|eloignees? de) ?l?'?emploi"
    ),
}
"""Titles that name the subject of another family than the one of a fact."""
_SUBJECTS = {
    "social.": compiled(r"insertion|socia|emploi|inclusi|handicap|solidair|egalite|apprenti"),
    "environnement.": compiled(
        r"environnement|durable|dechet|carbone|ecolog|climat|energ|biodiversite|rebuts|riviere|cours d'eau"
        r"|milieux? (?:naturel|aquatique)"
    ),
}


class Reach:
    """The blocks of one document that a clause of each family goes over."""

    def __init__(self, reading: Reading, texts: list[str], headings: Headings) -> None:
        self._blocks = reading.document.blocks
        self._texts = texts
        self._headings = headings
        self._held: dict[str, set[int]] = {family: set() for family in _LINES}
        self._parents: dict[str, set[str]] = {family: set() for family in _LINES}
        self._asked: dict[tuple[str, int], set[int]] = {}
        """Lines that ask, by family and by the line that opens their article."""
        self._asking: dict[str, set[str]] = {}
        """Sub-articles where something is asked for the environment, by the article that holds them."""
        self._green: set[str] = set()
        """Numbers of the outermost articles where something is asked for the environment."""
        self._articles = _lengths(self._blocks)

    def noted(self, results: Iterable[Candidate | NearMiss]) -> Iterator[Candidate | NearMiss]:
        """Yield results as they are, and take note of the clauses among them."""
        for result in results:
            if isinstance(result, Candidate) and result.name in _ASKING and result.value is True:
                self._note(result)
            yield result

    def holds(self, fact: str, block: int) -> bool:
        """Tell whether a block is in the reach of a clause of the family of a fact."""
        family = fact[: fact.find(".") + 1]
        return (
            family in self._held
            and not fact.endswith(_OF_AWARD)
            and (block in self._held[family] or self._is_organ(family, block))
        )

    def in_place(self, form: Form, block: int) -> bool:
        """Tell whether a block stands under a title that a form looks for, if any, or in the reach of its clause.

        A sign only keeps from saying "absent": the whole article where the clause stands is its place.
        """
        if not form.sections or self._headings.say(block, form.sections) or self.holds(form.fact, block):
            return True
        return form.kind == SIGN and form.fact.startswith(_GREEN) and _outermost(self._blocks[block]) in self._green

    def is_elsewhere(self, fact: str, block: int) -> bool:
        """Tell whether the nearest title that names a subject names another one than that of the family of a fact."""
        family = fact[: fact.find(".") + 1]
        if family not in _SUBJECTS:
            return False
        for title in self._headings.above(block).split("\n"):
            if _SUBJECTS[family].search(title):
                return False
            if _OTHER_SUBJECTS[family].search(title):
                return True
        return False

    def _note(self, clause: Candidate) -> None:
        start = clause.evidence.location.block
        if start is None or clause.confidence < _SURE:
            return
        family = clause.name[: clause.name.find(".") + 1]
        self._extend(family, start, range(start, min(len(self._blocks), start + 1 + _LINES[family])))
        if _NUMBER.match(self._texts[start]):
            self._extend(family, start, range(start, max(-1, start - 1 - _BEFORE[family]), -1))
        self._hold_article(family, start)
        article = self._blocks[start].article.rstrip(".")
        self._parents[family].add(article)
        if family == _GREEN:
            self._note_green(start, article)
        if "." in article:
            self._parents[family].add(article.rpartition(".")[0])
            self._extend_to_next(family, start, article)

    def _note_green(self, start: int, article: str) -> None:
        """Note that an article asks something for the environment, and so does the one that holds it."""
        self._asking.setdefault(article.rpartition(".")[0], set()).add(article)
        whole = _outermost(self._blocks[start])
        if whole and self._articles[whole] <= _LONGEST_PLACE:
            self._green.add(whole)

    def _hold_article(self, family: str, start: int) -> None:
        """Hold every line of an article of the environment: a short one where a line asks, another where several do."""
        if family != _GREEN:
            return
        first = self._opens(start)
        asked = self._asked.setdefault((family, first), set())
        asked.add(start)
        if len(asked) > _DEMANDS:
            return
        longest = _FEW_LINES if len(asked) < _DEMANDS else _LONGEST_ARTICLE
        lines = range(first, min(first + longest + 1, len(self._blocks)))
        end = next((index for index in lines if index != first and self._ends(first, index)), lines.stop)
        if end - first <= longest:
            self._extend(family, first, range(first, end))

    def _opens(self, start: int) -> int:
        """Return the title of the article of a line, or the line itself when none is near."""
        for index in range(start, max(-1, start - _LONGEST_ARTICLE), -1):
            if self._blocks[index].kind == "title":
                return index
        return start

    def _extend(self, family: str, start: int, blocks: Iterable[int]) -> None:
        for index in blocks:
            if index != start and self._ends(start, index):
                return
            if len(self._texts[index]) <= _LONGEST:
                self._held[family].add(index)

    def _extend_to_next(self, family: str, start: int, article: str) -> None:
        """Hold the short sub-articles that come next while their titles name organs ("7.3 Publics", "7.4 Suivi")."""
        parent = article.rpartition(".")[0]
        title, lines = "", 0
        for block in self._blocks[start + 1 :]:
            if block.article.rstrip(".") == article or block.kind in IGNORED_KINDS:
                continue
            if block.article.rpartition(".")[0] != parent:
                return
            if block.kind == "title":
                title, lines = self._texts[block.index], 0
                if _ORGAN.search(title) is None:
                    return
            lines += 1
            if title and lines <= _SHORT_ARTICLE:
                self._held[family].add(block.index)

    def _is_organ(self, family: str, block: int) -> bool:
        """Tell whether a block is in a sub-article "Suivi" or "Sanctions" beside that of the clause."""
        article = self._blocks[block].article.rstrip(".")
        if article.rpartition(".")[0] not in self._parents[family] or not article.rpartition(".")[0]:
            return False
        own, _, above = self._headings.above(block).partition("\n")
        if _ORGAN.search(own) is None:
            return False
        return _SUBJECTS[family].search(above) is not None or (family == _GREEN and self._mostly_asks(article))

    def _mostly_asks(self, article: str) -> bool:
        """Tell whether most of the sub-articles beside one, but those that name an organ, ask for the environment."""
        parent = article.rpartition(".")[0]
        asking = self._asking.get(parent, set())
        if len(asking) < _DEMANDS:
            return False
        titles = {b.article.rstrip("."): self._texts[b.index] for b in self._blocks if b.kind == "title"}
        others = [own for own, title in titles.items() if own.rpartition(".")[0] == parent and not _ORGAN.search(title)]
        return 2 * len(asking) > len(others)

    def _ends(self, start: int, index: int) -> bool:
        """Tell whether a block opens another subject than the one of the clause."""
        block = self._blocks[index]
        if block.kind == "title" or block.kind in IGNORED_KINDS or block.heading != self._blocks[start].heading:
            return True
        number = _NUMBER.match(self._texts[index])
        if number is None:
            return False
        own = _NUMBER.match(self._texts[start])
        is_title = len(self._texts[index]) <= _SHORT and not self._texts[index].rstrip().endswith((".", ";", ":"))
        return is_title or own is None or own[1] != number[1]


def _outermost(block: Block) -> str:
    """Return the number of the outermost article that holds a block, "" outside of any."""
    return block.article.partition(".")[0]


def _lengths(blocks: Iterable[Block]) -> Counter[str]:
    """Return how many lines each outermost article has."""
    return Counter(_outermost(block) for block in blocks if block.article)
