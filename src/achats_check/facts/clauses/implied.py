"""What one fact of a clause says of the others, over a whole dossier.

A piece that names the facilitator and another that gives the hours write one clause: no passage may name it, and
nobody may say that the pieces are silent about it. So do a proof and a measure of an environmental clause; and whether
"les fourgons sont électriques" is asked of what is bought or of how it is delivered is for a person to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.signs import SIGN_READ
from achats_check.model.fact import KNOWN, MARCHE, Fact, FactSet

DETAIL_READ = "un détail de la clause est écrit, la clause elle-même n'est pas nommée : à lire"
_CLAUSE, _INSERTION = "social.condition_execution", "social.insertion"
_HOURS, _VOLUME = "social.heures_insertion", "social.volume"
_FIGURES = frozenset({_HOURS, "social.ratio_heures"})
"""What fixes the volume of a clause."""
_GREEN, _GREEN_DEMAND = "environnement.condition_execution", "environnement.specification"
_REFERRAL, _OWN_CLAUSE = "environnement.renvoi_seul", "environnement.complement_ccag"
_SOCIAL_DETAILS = {
    _HOURS: (_INSERTION, _CLAUSE),
    "social.facilitateur": (_INSERTION, _CLAUSE),
    _INSERTION: (_CLAUSE,),
    "social.egalite": (_CLAUSE,),
    "social.apprentissage": (_CLAUSE,),
}
_DETAILS = {
    **_SOCIAL_DETAILS,
    "environnement.mesure": (_GREEN,),
    "environnement.preuves": (_GREEN,),
    "environnement.controle": (_GREEN,),
    "environnement.penalites": (_GREEN,),
    "environnement.reemploi": (_GREEN, _GREEN_DEMAND),
    _GREEN_DEMAND: (_GREEN, "specifications.developpement_durable"),
    _GREEN: (_GREEN_DEMAND, "specifications.developpement_durable"),
}
"""What a detail, or a clause of one kind, keeps from being absent."""
_BINDING = frozenset({"CCAP", "CCTP", "CCP", "AE"})
"""Pieces that bind who performs: what a criterion or a notice says is no part of a clause."""
_PLACES = {_GREEN: frozenset({"CCTP", "CCP"})}
"""Pieces that describe what is bought: there, what is asked of the performance may be asked of the product."""
_ORGANS = frozenset(
    f"social.{organ}" for organ in ("volume", "publics", "modalites", "contact", "controle", "preuves", "penalites")
)
"""What belongs to a clause and shows none: a contract without clause also has penalties, papers and people."""
NO_CLAUSE = "aucune clause sociale n'est écrite : le passage parle d'autre chose"


def with_implied(found: Sequence[Candidate | NearMiss | Sought]) -> Iterator[Candidate | NearMiss | Sought]:
    """Yield what every piece of a dossier says, and what it implies of a clause that no piece tells.

    Args:
        found: What every piece of a dossier says.
    """
    told = {item.name for item in found if isinstance(item, Candidate)}
    orphans = not any(_keeps_open(item) for item in found)
    yield from _denied_with(_CLAUSE, _INSERTION, found, told)
    yield from _denied_with(_INSERTION, _CLAUSE, found, told)
    for item in found:
        yield _orphan(item) if orphans and item.name in _ORGANS else item
        if not isinstance(item, Sought) and _is_written(item):
            for clause in _DETAILS.get(item.name, ()):
                if clause not in told:
                    yield NearMiss(clause, item.evidence, _reason(item), undecided=True)
        if isinstance(item, Candidate) and item.name in _FIGURES and _VOLUME not in told:
            yield item._replace(name=_VOLUME, value=True)


def _denied_with(
    denied: str, implied: str, found: Sequence[Candidate | NearMiss | Sought], told: Set[str]
) -> Iterator[Candidate]:
    """Yield that a clause is set aside with another one, where no passage tells it and no other place leaves it open.

    No social clause is no clause of insertion, and a buyer who sets insertion aside has no social clause that nobody
    reads: equality or apprenticeship would be read, or would leave it open.

    Args:
        denied: Name of the clause that passages set aside.
        implied: Name of the one that goes with it.
        found: What every piece of a dossier says.
        told: Names of the facts that a passage tells.
    """
    if implied in told:
        return
    clauses = [item for item in found if isinstance(item, Candidate) and item.name == denied]
    denials = [item for item in clauses if item.value is False]
    places = {_place(item) for item in denials}
    open_elsewhere = any(
        isinstance(item, NearMiss) and item.name == implied and item.undecided and _place(item) not in places
        for item in found
    )
    if len(denials) == len(clauses) and not open_elsewhere:
        for item in denials:
            yield item._replace(name=implied)


def own_clause(facts: FactSet) -> Iterator[Fact]:
    """Yield that a contract asks for the environment more than a CCAG does, once its clause is read and stands.

    Args:
        facts: The facts of a dossier. A clause that is only announced, or that only refers to the CCAG, is none.
    """
    referral = facts.get(_REFERRAL)
    if referral is not None and referral.status == KNOWN and referral.value is True:
        return
    clauses = [fact for fact in facts if fact.name == _GREEN and fact.status == KNOWN and fact.value is True]
    written = [fact for fact in clauses if any(evidence.role in _BINDING for evidence in fact.evidence)]
    for fact in written[:1]:
        yield fact._replace(name=_OWN_CLAUSE, scope=MARCHE)


def _place(item: Candidate | NearMiss) -> tuple[str, object]:
    where = item.evidence.location
    return item.evidence.document, where.heading or where.block


def _keeps_open(item: Candidate | NearMiss | Sought) -> bool:
    """Tell whether an item shows a social clause, or forbids to say that there is none."""
    if isinstance(item, Sought) or item.name not in {_CLAUSE, *_SOCIAL_DETAILS}:
        return False
    return item.value is not False if isinstance(item, Candidate) else item.undecided


def _orphan(item: Candidate | NearMiss | Sought) -> Candidate | NearMiss | Sought:
    """Return what an organ without a clause is: a passage about something else, which leaves nothing open."""
    tells = isinstance(item, Candidate) or (isinstance(item, NearMiss) and item.undecided)
    return NearMiss(item.name, item.evidence, NO_CLAUSE) if tells and not isinstance(item, Sought) else item


def _is_written(item: Candidate | NearMiss) -> bool:
    """Tell whether a passage says the fact, or may say it in other words.

    An environmental clause has its own signs: only what binds who performs, and is read, leaves it open.
    """
    if item.evidence.role not in _PLACES.get(item.name, _BINDING) and not item.name.startswith("social."):
        return False
    if isinstance(item, NearMiss):
        return item.reason == SIGN_READ and (item.name.startswith("social.") or item.name == _GREEN)
    return item.value is not False


def _reason(item: Candidate | NearMiss) -> str:
    return item.reason if isinstance(item, NearMiss) else DETAIL_READ
