"""Clauses announced in one piece that no other piece writes, and penalties for a clause that none contains."""

from collections.abc import Iterator
from typing import NamedTuple

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.checks import Check, Failure
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.sides import place
from achats_check.facts.terms import Subject, held
from achats_check.facts.text import fold
from achats_check.model.fact import CONFLICT, KNOWN, UNKNOWN, Evidence, Fact, FactSet, Search
from achats_check.patterns import compiled

_HOMES = ("CCAP", "CCP", "CCTP", "AE")
"""Pieces that bind the winner: a clause is written in one of them."""
_WRITTEN = 0.6
"""Confidence from which a passage writes a clause; a bare referral has less."""
_ANNOUNCED = 0.75
_BOX = 45
"""Letters under which a passage that is no sentence answers a summary box ("Clauses sociales : Avec")."""
_ANNEX = r"\bannexes?\b"
_PENALTY = r"penalit"


class Family(NamedTuple):
    """A kind of clause that may be announced, written and penalised."""

    label: str
    adjective: str
    """Of an objective of the family, in French."""
    objective: str
    """Fact that a code of a notice declares."""
    clauses: tuple[str, ...]
    """Facts that say the clause is there."""
    details: tuple[str, ...]
    """Facts that prove that something is asked, under another name."""
    answers: tuple[str, ...]
    """Facts that answer an objective without being a clause."""
    penalty: str
    named: str
    """Words by which a penalty names the clause, and not only a thing that any contract speaks of (waste, a tree)."""


FAMILIES = (
    Family(
        "clause sociale",
        "social",
        "avis.objectif_social",
        ("social.insertion", "social.condition_execution"),
        ("social.heures_insertion", "social.volume", "social.egalite", "social.apprentissage"),
        ("social.critere", "social.objet_ou_specification", "reservation.categorie"),
        "social.penalites",
        r"\bsocia(?:l|le|les|ux)\b|insertion|apprenti|handicap|egalite|eloignee?s? d",
    ),
    Family(
        "clause environnementale",
        "environnemental",
        "avis.objectif_environnemental",
        ("environnement.condition_execution",),
        ("environnement.specification", "environnement.reemploi"),
        ("environnement.critere",),
        "environnement.penalites",
        r"environnement|ecolog|developpement durable|egalim|\bclauses?\b|\bchartes?\b|carbone",
    ),
)


class Chain(NamedTuple):
    """What announces a clause, and the passage that writes it."""

    family: Family
    announced: tuple[Evidence, ...]
    """The announcements, then the referrals, in the order a reader follows them."""
    written: Evidence | None
    in_an_annex: bool = False
    """An announcement sends to an annex, which may hold the clause without a word of the lexicon."""


def unwritten(pieces: Pieces) -> Check:
    """Follow each clause that is announced, and find those that no piece writes."""
    followed = [chain for chain in _chains(pieces) if not chain.in_an_annex]
    compared = tuple(e for chain in followed for e in (*chain.announced, chain.written) if e is not None)
    return Check(compared, tuple(Failure(c.announced, _told(c)) for c in followed if c.written is None))


def _told(chain: Chain) -> str:
    places = " puis ".join(map(place, chain.announced))
    nowhere = "n'est écrite ni au CCAP, ni au CCTP, ni à l'acte d'engagement"
    return f"la {chain.family.label} annoncée {places} {nowhere}"


def _chains(pieces: Pieces) -> Iterator[Chain]:
    """Yield the chains that can be followed to their end: the piece that may write the clause was supplied."""
    for family in FAMILIES:
        announced = _announced(pieces, family)
        body = next(written(pieces, family), None)
        if announced and (body is not None or pieces.whole("CCAP", "CCTP", "AE")):
            evidence = tuple(candidate.evidence for candidate in announced)
            if body is None:
                yield Chain(family, evidence, None, _sends_to_an_annex(pieces, announced))
            else:
                yield Chain(family, evidence, body.evidence)


def _announced(pieces: Pieces, family: Family) -> list[Candidate]:
    """Return the announcements in the order of the chain: those of the call, then the referrals of the CCAP."""
    held = [c for c in pieces.found if c.name in family.clauses and c.value is True]
    call = [c for c in held if c.evidence.role in ("AAPC", "RC") and c.confidence >= _ANNOUNCED]
    sent = [
        c for c in held if c.evidence.role in _HOMES and not _penal(c, pieces.terms) and not _writes(c, pieces.terms)
    ]
    first: dict[str, Candidate] = {}
    for candidate in sorted(call, key=lambda c: -c.confidence) + sent:
        first.setdefault(candidate.evidence.document, candidate)
    return list(first.values())


def written(pieces: Pieces, family: Family) -> Iterator[Candidate]:
    """Yield the passages of the binding pieces that write a clause of a family, in their own words."""
    for candidate in pieces.found:
        asks = candidate.name in (*family.clauses, *family.details) and candidate.value not in (False, None)
        if asks and candidate.evidence.role in _HOMES and _writes(candidate, pieces.terms):
            yield candidate


_SHARE = r"\d ?%"
"""A box says whether there is a clause, and not how much it asks."""
_DONE = (
    r"\b(?:sont|seront|sera|est) (?!\w+ment\b|oui|non\b|la\b|prevu|inclu|integr|retenu|applicab|presen|soumis|concern"
    r"|annex)\w+e?s?\b|\b(?:doi(?:t|vent)|devr(?:a|ont))\b"
)
"""Nor what is done: "les conducteurs sont formés à l'écoconduite ; …" is a sentence, though no full stop ends it."""


def _writes(candidate: Candidate, terms: Subject) -> bool:
    """Return whether a passage asks something itself: neither a box, nor a referral, nor a penalty."""
    quote = fold(candidate.evidence.quote)
    in_a_box = len(quote) < _BOX and not quote.endswith(".") and candidate.name in _OF_CLAUSES
    in_a_box = in_a_box and compiled(f"{_SHARE}|{_DONE}").search(quote) is None
    if candidate.confidence < _WRITTEN or in_a_box or _penal(candidate, terms):
        return False
    return held(terms["renvois"], quote) is None


def _penal(candidate: Candidate, terms: Subject) -> bool:
    """Return whether a passage only sets a penalty: by its own words, or by the article it stands in."""
    heading, quote = fold(candidate.evidence.location.heading), fold(candidate.evidence.quote)
    if compiled(_PENALTY).search(heading) and not held(terms["titres_de_clauses"], heading):
        return True
    penalty = compiled(_PENALTY).search(quote)
    return penalty is not None and held(terms["obligations"], quote, 0, penalty.start()) is None


_OF_CLAUSES = tuple(name for family in FAMILIES for name in family.clauses)


def _penalises(candidate: Candidate, family: Family, terms: Subject) -> bool:
    """A row of a table of penalties says the penalty by its place."""
    return candidate.name == family.penalty or (candidate.name in family.clauses and _penal(candidate, terms))


def _sends_to_an_annex(pieces: Pieces, announced: list[Candidate]) -> bool:
    return any(compiled(_ANNEX).search(pieces.around(candidate)) for candidate in announced)


def only_announced(pieces: Pieces, facts: FactSet) -> Iterator[Fact]:
    """Yield the clauses that an announcement alone had made known: nobody knows whether they exist.

    Args:
        pieces: The pieces, all of which were searched.
        facts: What was concluded from the passages one by one.
    """
    searched = tuple(dict.fromkeys(reading.role for reading in pieces.of("AAPC", "RC", *_HOMES)))
    for chain in _chains(pieces):
        reason = "clause renvoyée à une annexe" if chain.in_an_annex else "clause annoncée, qu'aucune pièce n'écrit"
        for name in chain.family.clauses if chain.written is None else ():
            fact = facts.get(name)
            if fact is not None and fact.status in (KNOWN, CONFLICT) and fact.value is not False:
                search = Search(pieces=searched, nearest=chain.announced[0], nearest_reason=reason)
                yield Fact(name, fact.scope, None, UNKNOWN, search=search)


def loose_penalties(pieces: Pieces) -> Check:
    """Attach each penalty to its clause, and find those whose clause no piece contains."""
    compared: list[Evidence] = []
    failures: list[Failure] = []
    for family in FAMILIES:
        held = [
            c
            for c in pieces.found
            if c.value is True and c.confidence >= _ANNOUNCED and _penalises(c, family, pieces.terms)
        ]
        clause = next(written(pieces, family), None)
        if not held or (clause is None and not pieces.whole("CCAP", "CCTP", "AE")):
            continue
        penalty = held[0].evidence
        compared += [penalty] if clause is None else [penalty, clause.evidence]
        if clause is None and compiled(family.named).search(fold(penalty.quote)):
            said = f"une pénalité est prévue {place(penalty)} pour une {family.label} qu'aucune pièce ne contient"
            failures.append(Failure((penalty,), said))
    return Check(tuple(compared), tuple(failures))
