"""Matches → candidates: a decoy silences a form, a negation outranks it, an empty box undoes it."""

from collections.abc import Iterator, Set
from itertools import islice
from typing import NamedTuple

from achats_check.facts.candidate import Candidate, NearMiss
from achats_check.facts.clauses.boxes import ANSWERED_NO, IS_EMPTY, IS_TICKED, UNDECIDED, box_state
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.lots import (
    figure_scopes,
    heads_lots,
    is_of_the_others,
    lot_before,
    lot_numbers,
    lot_of_notice,
    opening_lots,
    own_part,
    row_lot,
    scopes,
)
from achats_check.facts.clauses.matching import Match, Search
from achats_check.facts.clauses.other_contracts import FACTS, OF_ANOTHER, of_another_contract
from achats_check.facts.clauses.reach import CLAUSES, Reach
from achats_check.facts.clauses.sentences import denied, near, sentence
from achats_check.facts.clauses.values import read
from achats_check.facts.lexicon import Lexicon
from achats_check.facts.lexicon_records import BLOCK, DECOY, FORM, NEGATION, SENTENCE, SIGN, Entry, Form
from achats_check.facts.structure.printed_notice import lot_at
from achats_check.facts.structure.scan import text_of
from achats_check.facts.text import Reading, fold
from achats_check.model.fact import MARCHE, Evidence, Scope, Value
from achats_check.patterns import compiled

_SECTION_BONUS = 0.05
_HIGHEST = 0.97
_MOST_BY_FACT = 400
_TELLING = 5
_MOST_DECOYS = 3
_EXPRESS = 0.85
_VAGUE = 0.76
"""Words that several families share ("le titulaire transmet les justificatifs"): their title tells whose they are."""
_OFFERED = frozenset({"social.modalites"})
"""Facts that a list of blank boxes tells, but in the form of the bidder, who ticks what is its own choice."""
_OF_LOTS = ("social.", "reservation.", "avis.")
"""Facts that a paragraph opening with a lot tells of it alone; what it demands of products may hold for others."""
_ASKED_OF_EACH_LOT = ("reservation.", "avis.execution_reservee", "social.heures_insertion")
"""Facts of which each lot tells its own, in its section of a European notice."""
_CONSIDERATIONS = ("social.", "environnement.", "specifications.developpement_durable")
_LABEL_ALONE = 90
OF_CONTEXT = "préambule ou contexte : rien n'est demandé au titulaire"
_CONTEXT = compiled(
    r"\b(?:preambule|contexte|histo(?:ire|rique)\b|presentation (?:generale )?"
    r"(?:de l'|du |de la )(?!marche|clause|offre|candidat|prestation|mission))"
    r"|\((?:pour |a titre d')?information\)|\b(?:pour|a titre d')\s?information\b|\bannexe informative\b"
)


def is_context(heading: str) -> bool:
    """Tell whether folded titles announce what a buyer says of itself, and not what it asks."""
    return _CONTEXT.search(heading) is not None


OF_THE_OTHERS = "dit des autres lots seulement"
OF_A_TEMPLATE = "passage de modèle, laissé à garder ou à supprimer"
_TEMPLATE = compiled(
    r"\b(?:modele|clause type|redaction type|option|exemple)\b[^.;\n]{0,40}"
    r"\ba (?:supprimer|adapter|conserver|retirer|effacer)\b"
    r"|\ba (?:supprimer|conserver|retirer|effacer|rayer) (?:si|le cas echeant|en l'absence|selon|lorsque|quand)\b"
    r"|\b(?:rayer|supprimer|barrer|biffer) (?:la|les|cette|ces) (?:mentions?|clauses?|lignes?|phrases?|paragraphes?)\b"
    r"[^.;\n]{0,30}(?:inutiles?|si|sans objet)"
)
"""What a buyer who fills a template in was to keep or to take away: nothing says which it did."""


class Passage(NamedTuple):
    """A span of a block."""

    block: int
    start: int
    end: int

    def covers(self, other: "Passage") -> bool:
        """Tell whether two passages of the same block touch."""
        return self.block == other.block and self.start < other.end and other.start < self.end


class Resolver:
    """Turns the matches of one document into candidates and near misses."""

    def __init__(self, reading: Reading, texts: list[str], headings: Headings, lexicon: Lexicon, reach: Reach) -> None:
        self.reading = reading
        self.blocks = reading.document.blocks
        self.texts = texts
        self.lexicon = lexicon
        self.headings = headings
        self.reach = reach
        self._sentences: dict[Passage, Passage] = {}
        self._elsewhere = set(lexicon.entries).difference(e.fact for e in lexicon.searched(*reading.roles))
        """Facts that this piece is no place for."""

    def resolve(self, matches: list[Match]) -> Iterator[Candidate | NearMiss]:
        """Yield what the matches say, fact by fact, the best passage of a sentence only."""
        by_fact: dict[str, list[Match]] = {}
        for match in matches:
            if match.form.kind != SIGN:
                by_fact.setdefault(match.form.fact, []).append(match)
        for name, found in by_fact.items():
            yield from self._fact(self.lexicon.entries[name], found[:_MOST_BY_FACT])

    def _fact(self, entry: Entry, matches: list[Match]) -> Iterator[Candidate | NearMiss]:
        decoys = [(self._extent(m), m.form) for m in matches if m.form.kind == DECOY]
        negations = [m for m in matches if m.form.kind == NEGATION]
        denials = [self._part(m) for m in negations if self._silenced(m, decoys) is None]
        seen: set[tuple[Passage, Value | None]] = set()
        for match in sorted(matches, key=lambda m: (-m.form.confidence, m.block, m.start)):
            if match.form.kind == DECOY or (match.form.kind == FORM and self._in(match, denials)):
                continue
            if match.form.kind == FORM and self._announces(entry, match):
                continue
            for result in self._match(entry, match, self._silenced(match, decoys)):
                key = self._key(entry, match, result)
                if key not in seen:
                    seen.add(key)
                    yield from self._spread(result, match)

    def _announces(self, entry: Entry, match: Match) -> bool:
        """A title known to the lexicon only announces: its article is judged on its body (see ``articles``)."""
        if not entry.titles:
            return False
        if self.blocks[match.block].kind != "title":
            return (
                self._is_bare_label(match.block) and compiled(entry.titles).search(self.texts[match.block]) is not None
            )
        return compiled(entry.titles).search(self.texts[match.block]) is not None

    def _is_bare_label(self, block: int) -> bool:
        """ "Clause d'insertion sociale :" alone on its line announces what the next lines say or deny."""
        text = self.texts[block].rstrip()
        return text.endswith(":") and len(text) <= _LABEL_ALONE and self.blocks[block].kind != "row"

    def _key(self, entry: Entry, match: Match, result: Candidate | NearMiss) -> tuple[Passage, Value | None]:
        """What a sentence may say once: a value, or anything at all for an enumeration."""
        passage = self._extent(match, SENTENCE)
        if not isinstance(result, Candidate):
            return passage, None
        return passage, (
            result.scope.id or "*"
        ) if entry.single else result.value if not result.scope.id else f"{result.scope.id}={result.value}"

    def lone_decoys(self, search: Search, told: Set[str]) -> Iterator[NearMiss]:
        """Decoys that no form met still are the nearest passages of an absence, when they share its words.

        Args:
            search: The matches of the document.
            told: The facts that a form or a negation tells.
        """
        for fact in search.decoyed():
            if fact in told:
                continue
            named = self.lexicon.entries[fact].words
            words = {word for said in named for word in fold(said).split() if len(word) >= _TELLING}
            for match in islice(search.shown_decoys(fact, words), _MOST_DECOYS):
                yield NearMiss(fact, self._evidence(match), match.form.reason)

    def _match(self, entry: Entry, match: Match, decoy: Form | None) -> Iterator[Candidate | NearMiss]:
        if decoy is not None:
            qualified = decoy.open and match.form.kind == NEGATION
            yield NearMiss(entry.fact, self._evidence(match), decoy.reason, undecided=qualified)
            return
        if match.form.fact in CLAUSES and heads_lots(self.blocks[match.block]):
            return
        if self._is_context(match):
            yield NearMiss(entry.fact, self._evidence(match), OF_CONTEXT)
            return
        if match.form.fact.startswith(FACTS) and _TEMPLATE.search(self.texts[match.block]):
            yield NearMiss(entry.fact, self._evidence(match), OF_A_TEMPLATE, undecided=True)
            return
        if match.form.fact.startswith(FACTS) and self._is_of_another_contract(match):
            yield NearMiss(entry.fact, self._evidence(match), OF_ANOTHER)
            return
        state = box_state(self.blocks, self.texts, match.block, match.start, match.end)
        offered = entry.fact in _OFFERED and self.reading.role != "AE"
        if state == IS_EMPTY or (state == UNDECIDED and not offered):
            reason = "case non cochée" if state == IS_EMPTY else state
            yield NearMiss(entry.fact, self._evidence(match), reason, undecided=state == UNDECIDED)
            return
        strength = self._strength(match)
        value = self._value(match)
        if value is None or not strength:
            return
        if match.form.kind == FORM and (state == ANSWERED_NO or (state != IS_TICKED and self._denied(match))):
            yield from self._denial(entry, match, value)
            return
        if value is False and self._is_of_the_others(entry, match):
            yield NearMiss(entry.fact, self._evidence(match), OF_THE_OTHERS)
            return
        for scope in self._scopes(entry.by_lot, match):
            yield Candidate(entry.fact, value, self._evidence(match), strength, scope)

    def _is_of_the_others(self, entry: Entry, match: Match) -> bool:
        return entry.by_lot and is_of_the_others(self.texts[match.block], self._part(match).start, match.end)

    def _is_of_another_contract(self, match: Match) -> bool:
        _, left, right = self._extent(match, SENTENCE)
        return of_another_contract(self.texts[match.block], left, right, match.start, match.value_end or match.end)

    def _is_context(self, match: Match) -> bool:
        """A buyer tells its own commitments in a preamble; only an express clause counts there."""
        considered = match.form.fact.startswith(_CONSIDERATIONS) and match.form.confidence < _EXPRESS
        return considered and match.form.kind == FORM and is_context(self.headings.own(match.block))

    def _denial(self, entry: Entry, match: Match, value: Value) -> Iterator[Candidate | NearMiss]:
        if not (entry.contrary and value is True):
            yield NearMiss(entry.fact, self._evidence(match), "la phrase le nie")
            return
        if self._is_of_the_others(entry, match):
            yield NearMiss(entry.fact, self._evidence(match), OF_THE_OTHERS)
            return
        for scope in self._scopes(entry.by_lot, match):
            yield Candidate(entry.fact, False, self._evidence(match), match.form.confidence - 0.05, scope)

    def _spread(self, result: Candidate | NearMiss, match: Match) -> Iterator[Candidate | NearMiss]:
        """Give the facts that share the passage the same value, where they are looked for."""
        yield result
        for other in match.form.also:
            if isinstance(result, Candidate) and result.value is False and match.form.kind == FORM:
                continue
            if other in self._elsewhere:
                continue
            yield result._replace(name=other)

    def _value(self, match: Match) -> Value | None:
        form = match.form
        if not form.reading:
            return form.value
        text = self.texts[match.block]
        _, right = sentence(text, match.start, match.end)
        value = read(form.reading, match.groups.get("valeur") or "", text[match.start : right])
        if isinstance(value, tuple):  # the sentence may cite articles about something else
            return tuple(a for a in value if compiled(form.pattern).fullmatch(str(a).lower())) or None
        # « Avance : 0 % » is a rate; « 0 heure d'insertion » is no clause, which the same form would tell.
        return None if value == 0 and form.also else value

    def _strength(self, match: Match) -> float:
        """Return the confidence of a match under its heading, 0 when it is neither there nor near its clause."""
        form = match.form
        if form.confidence < _VAGUE and self.reach.is_elsewhere(form.fact, match.block):
            return 0.0
        if not form.sections:
            return form.confidence
        if self.headings.say(match.block, form.sections):
            return min(_HIGHEST, form.confidence + _SECTION_BONUS)
        if self.reach.holds(form.fact, match.block):
            return form.confidence
        return 0.0 if form.sections_required else form.confidence

    def _scopes(self, by_lot: bool, match: Match) -> tuple[Scope, ...]:
        if not by_lot:
            return (MARCHE,)
        own = row_lot(self.blocks, self.blocks[match.block])
        if own is None and self.reading.role == "AAPC":
            own = self._lot_of_notice(match)
        if own is not None:
            return (own,)
        text = self.texts[match.block]
        heading = self.headings.above(match.block)
        if match.form.reading and match.form.reading != "articles":
            passage = self._extent(match, SENTENCE)
            return figure_scopes(text, match.start, match.end, (passage.start, passage.end), heading, match.value_end)
        part = self._part(match)
        this_lot = lot_before(text, part.start)
        if this_lot is not None:
            return (this_lot,)
        own_lots = lot_numbers(text[part.start : part.end])
        if match.form.fact.startswith(_OF_LOTS) and not own_lots and (opening := opening_lots(text, part.start)):
            return opening
        return scopes(text[part.start : part.end], heading)

    def _lot_of_notice(self, match: Match) -> Scope | None:
        """Return the lot whose section of a notice holds a match, for what the form asks of each lot in turn."""
        of_form = match.form.fact.startswith(_ASKED_OF_EACH_LOT)
        lot = lot_at(text_of(self.reading), match.block) if of_form else None
        return Scope("lot", lot) if lot is not None else lot_of_notice(self.texts, match.block)

    def _denied(self, match: Match) -> bool:
        return denied(self.texts[match.block], match.start, match.end)

    def _silenced(self, match: Match, decoys: list[tuple[Passage, Form]]) -> Form | None:
        own = Passage(match.block, match.start, match.end)
        denies = match.form.kind == NEGATION
        silencing = (form for passage, form in decoys if passage.covers(own) and not (denies and form.forms_only))
        return next(silencing, None)

    def _in(self, match: Match, passages: list[Passage]) -> bool:
        own = Passage(match.block, match.start, match.end)
        return any(passage.covers(own) for passage in passages)

    def _extent(self, match: Match, extent: str = "") -> Passage:
        extent = extent or match.form.extent
        text = self.texts[match.block]
        if extent == BLOCK:
            return Passage(match.block, 0, len(text))
        if extent == SENTENCE:
            own = Passage(match.block, match.start, match.end)
            if own not in self._sentences:
                self._sentences[own] = Passage(match.block, *sentence(text, match.start, match.end))
            return self._sentences[own]
        return Passage(match.block, match.start, match.end)

    def _part(self, match: Match) -> Passage:
        """Return its sentence, without what that says of other lots."""
        whole = self._extent(match, SENTENCE)
        span = own_part(self.texts[match.block], (whole.start, whole.end), match.start, match.end)
        return Passage(match.block, *span)

    def _evidence(self, match: Match) -> Evidence:
        block = self.blocks[match.block]
        if not match.form.whole_sentence:
            return self.reading.evidence(block, match.start, match.end)
        passage = self._extent(match, SENTENCE)
        start = near(block.text, passage.start, match.start, match.end)
        return self.reading.evidence(block, start, passage.end)
