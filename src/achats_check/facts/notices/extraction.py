"""One notice or contract record → candidates: its fields, then what its sentences say, lot by lot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.notices import criteria, criteria_fields
from achats_check.facts.notices.buyer import read_buyer
from achats_check.facts.notices.contracts import awarded, believed
from achats_check.facts.notices.duration import Duration, read_durations
from achats_check.facts.notices.fields import Fields
from achats_check.facts.notices.found import Doubt, Found, candidate, near_miss
from achats_check.facts.notices.lots import Lots, shared, totals
from achats_check.facts.notices.mapping import read_rows
from achats_check.facts.notices.national import reservations, unsure_of_procedures
from achats_check.facts.notices.subject import named
from achats_check.facts.notices.tables import Table
from achats_check.facts.stages import IN_STAGES, OF_CANDIDATES
from achats_check.facts.terms import Terms
from achats_check.facts.text import fold
from achats_check.model.document import Document
from achats_check.model.fact import ACHETEUR, MARCHE
from achats_check.patterns import compiled
from achats_check.vocabulary import FactSpec

Item = Candidate | NearMiss | Sought
_OWN_FIELDS = {
    "acheteur.nom",
    "acheteur.siret",
    "acheteur.categorie",
    "objet",
    "type",
    "date_lancement",
    "date_limite_offres",
}
"""Facts a notice has a field for, that its sentences only repeat, or mix with those of others."""
_BETTER_SAID = {("boamp", "date_lancement")}
"""Fields that give less than a sentence may: the BOAMP gives the day of publication, some texts the day of sending."""
_OF_THE_WHOLE = {"nombre_lots", "alloti"}
"""Facts of the whole market: the description of one lot does not say them."""
_OF_OPTIONS = r"OptionsDescription|OPTIONS_DESCR"
"""Fields that describe the options, in each format."""
_OPTION = r"\boptions?\b|\bpse\b|prestations? (?:supplementaires?|similaires?)|nouveaux? (?:marche|accord|contrat)"
"""Words of what is bought beside the contract, under a duration of its own."""
_OF_OTHER_CRITERIA = r"/CRITERIA_[A-Z]|/LIMITATION_CANDIDATS|/SelectionCriteria/"
"""Fields of the criteria that choose candidates or judge the projects of a contest, in each format."""
_CHANGES = {
    "eforms": ("Changes",),
    "boamp": ("GESTION/REFERENCE/TYPE_AVIS/STATUT/RECTIFICATIF", "GESTION/REFERENCE/TYPE_AVIS/STATUT/ANNULATION"),
}
"""Fields that only a notice that corrects another one has."""


def read_notice(
    document: Document, table: Table, vocabulary: Mapping[str, FactSpec], terms: Terms, prose: Iterable[Item]
) -> list[Item]:
    """Return all that one notice says.

    Args:
        document: The notice, with its role and headings (see ``role.prepared``).
        table: The table of its format.
        vocabulary: The specifications of the facts.
        terms: What says the structured facts.
        prose: What its sentences gave.
    """
    fields = Fields(document)
    lots = Lots(fields)
    spells = list(read_durations(fields, lots))
    found = [*_found(fields, lots, table, terms), *(spell.found for spell in spells)]
    if table.format == "decp":
        found = believed([*found, *awarded(fields)])
    found = list(unsure_of_procedures(fields, list(named(fields, found))))
    found = _uncontradicted(_of_candidates(_one_contest(found), document.format))
    misses = [near_miss(fields, item) for item in found if isinstance(item, Doubt)]
    coded = [c for item in found if isinstance(item, Found) for c in _scoped(fields, item, lots, vocabulary)]
    known = {c.name for c in coded}
    read = list(prose)
    spoken = [c for item in read if isinstance(item, Candidate) for c in _placed(item, fields, lots, vocabulary)]
    spoken = [c for c in spoken if not (c.name in known and _repeats(c, fields, spells))]
    spoken = [c for c in spoken if not _ranks_others(c, fields)]
    if "criteres" in known:  # the points of sub-criteria have another total
        spoken = [c for c in spoken if c.name != "criteres.echelle"]
    candidates = list(shared([*coded, *spoken], lots, vocabulary))
    rest = [item for item in read if not isinstance(item, Candidate)]
    return [*candidates, *totals(candidates, lots), *misses, *rest]


def _ranks_others(candidate: Candidate, fields: Fields) -> bool:
    """Whether an order is that of candidates or of the projects of a contest, whose fields hold it, not of offers."""
    block = candidate.evidence.location.block
    if candidate.name != "criteres.hierarchises" or block is None:
        return False
    return compiled(_OF_OTHER_CRITERIA).search(fields.document.blocks[block].pointer) is not None


def _found(fields: Fields, lots: Lots, table: Table, terms: Terms) -> Iterator[Found | Doubt]:
    for item in read_rows(fields, table):
        yield item
        if isinstance(item, Found) and item.name == "avis.date_envoi":
            yield from _launch(fields, item)
    yield from lots.described()
    for lot, listed in criteria_fields.lists(fields, lots):
        natures = terms["criteres"]["natures"]
        yield from criteria.found_in(listed, lot, natures, binding=fields.document.role == "AAPC")
    yield from read_buyer(fields, terms["acheteur"])
    yield from reservations(fields)


def _repeats(candidate: Candidate, fields: Fields, spells: Sequence[Duration]) -> bool:
    """Whether a sentence says again what a field says, or was counted in it (the periods of a duration)."""
    if candidate.name in _OWN_FIELDS:
        return (fields.document.format, candidate.name) not in _BETTER_SAID
    block = candidate.evidence.location.block
    if candidate.name != "duree_mois" or block is None:
        return False
    text, lot = fold(fields.document.blocks[block].text), fields.lot_of(block)
    near = [spell for spell in spells if not lot or spell.found.field.lot in ("", lot)]
    of_options = compiled(_OF_OPTIONS).search(fields.document.blocks[block].pointer)
    if of_options and compiled(_OPTION).search(text) and _shorter(candidate, near):
        return True
    return any(text in spell.sentences or candidate.value == spell.first for spell in near)


def _shorter(candidate: Candidate, spells: Sequence[Duration]) -> bool:
    """Whether a length of time is less than the contract's: that of an option, "levée des réserves : trois mois"."""
    months = [spell.found.value for spell in spells if isinstance(spell.found, Found)]
    return any(
        isinstance(whole, int) and isinstance(candidate.value, int) and candidate.value < whole for whole in months
    )


def _one_contest(found: list[Found | Doubt]) -> list[Found | Doubt]:
    """In the notice of a design contest, "open" and "restricted" say who may enter it, not another procedure."""
    contests = [item for item in found if isinstance(item, Found) and item[:2] == ("procedure.type", "concours")]
    if not contests:
        return found
    return [item for item in found if item.name != "procedure.type" or item in contests]


def _of_candidates(found: list[Found | Doubt], format: str) -> list[Found | Doubt]:
    """TED has one deadline, for tenders or, where candidates are chosen first, for their requests."""
    staged = any(
        isinstance(item, Found) and item.name == "procedure.type" and item.value in IN_STAGES for item in found
    )
    if format != "ted" or not staged:
        return found
    return [
        Doubt(item.name, item.field, OF_CANDIDATES, undecided=False) if item.name == "date_limite_offres" else item
        for item in found
    ]


def _uncontradicted(found: list[Found | Doubt]) -> list[Found | Doubt]:
    """Drop "none" where another field of the same lot leaves the question open: neither is to be believed alone."""
    open_ones = {(item.name, item.field.lot) for item in found if isinstance(item, Doubt) and item.undecided}
    return [
        item
        for item in found
        if isinstance(item, Doubt)
        or (item.name, item.lot) not in open_ones
        or not (item.value is False or item.value == "aucune")
    ]


def _launch(fields: Fields, sent: Found) -> Iterator[Found | Doubt]:
    """A call for competition launches the consultation, unless it corrects an earlier one."""
    if fields.document.role != "AAPC":
        return
    if any(next(fields.under(path), None) for path in _CHANGES.get(fields.document.format, ())):
        reason = "avis rectificatif : la consultation a été lancée avant lui"
        yield Doubt("date_lancement", sent.field, reason, undecided=False)
        return
    sure = 0.75 if fields.document.format == "boamp" else 0.95  # the BOAMP gives the day of publication
    yield sent._replace(name="date_lancement", confidence=sure)


def _scoped(fields: Fields, item: Found, lots: Lots, vocabulary: Mapping[str, FactSpec]) -> Iterator[Candidate]:
    scope = lots.scope(item.lot)
    if scope is not None and item.name in vocabulary:
        yield candidate(fields, item, scope, vocabulary[item.name])


def _placed(item: Candidate, fields: Fields, lots: Lots, vocabulary: Mapping[str, FactSpec]) -> Iterator[Candidate]:
    """Give what a lot's own text says to that lot, and drop what only the whole procedure could say."""
    spec = vocabulary.get(item.name)
    block = item.evidence.location.block
    key = fields.lot_of(block) if block is not None else ""
    if spec is None or not key or item.scope == ACHETEUR:
        yield item
        return
    scope = lots.scope(key)
    if scope is None or item.name in _OF_THE_WHOLE:
        return
    if item.scope == MARCHE and "lot" in spec.scopes:
        item = item._replace(scope=scope)
    yield item
