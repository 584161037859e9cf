"""The codes of a notice or of a contract record, held against what the pieces say in words."""

from __future__ import annotations

from coherence_builders import WHOLE
from facts_builders import naming, piece, terms, vocabulary

from achats_check.facts.candidate import Candidate
from achats_check.facts.coherence.checks import Check
from achats_check.facts.coherence.declared import contradicted
from achats_check.facts.coherence.pieces import Pieces
from achats_check.facts.coherence.points import procedures_agree
from achats_check.facts.roles import with_role
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE, Evidence, Location, Scope, Value

LOT_2 = Scope("lot", "2")


def said(name: str, value: Value, role: str, scope: Scope = MARCHE, confidence: float = 0.9) -> Candidate:
    """Return what one passage of the piece of a role says."""
    quote = f"passage de la pièce {role} qui dit la valeur en toutes lettres"
    return Candidate(name, value, Evidence(f"{role}.docx", role, quote, Location(block=0)), confidence, scope)


def dossier(*found: Candidate, roles: tuple[str, ...] = ("AAPC", "RC", "CCAP", "CCTP", "AE")) -> Pieces:
    """Return the pieces of some roles, with what was read in them."""
    texts = {**WHOLE, "AAPC": "Avis"}
    readings = [Reading(with_role(piece(texts[role], role), naming())) for role in roles]
    return Pieces({reading.document.path: reading for reading in readings}, found, vocabulary(), terms()["coherence"])


def agrees(check: Check) -> bool:
    """Return whether something was compared and nothing failed."""
    return bool(check.compared) and not check.failures


def test_a_reservation_coded_and_not_written() -> None:
    """The notice says reserved without saying to whom, the rules say not reserved: both are quoted."""
    found = contradicted(
        dossier(said("reservation.mention_avis", True, "AAPC"), said("reservation.categorie", "aucune", "RC"))
    ).failures
    assert [e.role for e in found[0].evidence] == ["AAPC", "RC"]
    assert found[0].said.startswith("réservé (sans dire à qui) à l'avis")
    assert "aucune réservation au RC" in found[0].said


def test_a_reservation_written_and_coded_none() -> None:
    """The other way round, for one lot."""
    found = contradicted(
        dossier(
            said("reservation.categorie", "aucune", "AAPC", LOT_2),
            said("reservation.categorie", "handicap", "RC", LOT_2),
        )
    ).failures
    assert found[0].said.startswith("lot 2 : aucune réservation à l'avis")


def test_reservations_that_agree() -> None:
    """Both reserved, or both not; and a lot is not the market."""
    same = dossier(said("reservation.mention_avis", True, "AAPC"), said("reservation.categorie", "ess", "RC"))
    assert agrees(contradicted(same))
    apart = dossier(
        said("reservation.categorie", "aucune", "AAPC"), said("reservation.categorie", "handicap", "RC", LOT_2)
    )
    assert contradicted(apart) == Check(())


def test_an_objective_that_no_piece_answers() -> None:
    """Coded in the notice, nowhere in the pieces: told only when the whole dossier was given."""
    code = said("avis.objectif_social", True, "AAPC")
    assert (
        contradicted(dossier(code)).said == "un objectif social est déclaré à l'avis (§\xa01), qu'aucune pièce n'écrit"
    )
    assert contradicted(dossier(code, roles=("AAPC", "RC"))) == Check(())


def test_an_objective_that_is_answered() -> None:
    """A clause, a criterion or a reserved lot each answers a social objective."""
    code = said("avis.objectif_social", True, "AAPC")
    for answer in (
        said("social.insertion", True, "CCAP"),
        said("social.critere", True, "RC"),
        said("reservation.categorie", "insertion", "RC", LOT_2),
    ):
        assert agrees(contradicted(dossier(code, answer)))


def test_a_clause_that_is_declared_away() -> None:
    """The record says that there is no environmental consideration, the CCTP has a clause."""
    none = said("avis.objectif_environnemental", False, "AAPC")
    clause = said("environnement.condition_execution", True, "CCTP")
    assert contradicted(dossier(none, clause)).said.startswith("aucun objectif environnemental n'est déclaré à l'avis")
    weak = said("environnement.condition_execution", True, "CCTP", confidence=0.65)
    assert agrees(contradicted(dossier(none, weak)))


def test_a_contract_record_never_accuses() -> None:
    """The procedure of a record is compared; its slips only raise a doubt."""
    rules = said("procedure.type", "procedure_adaptee", "RC", confidence=0.95)
    record = said("procedure.type", "appel_offres_ouvert", "DECP", confidence=0.97)
    outcome = procedures_agree(dossier(rules, record))
    assert outcome is not None
    assert not outcome.agrees
    assert outcome.confidence < 0.6
    assert "aux données essentielles" in outcome.said
