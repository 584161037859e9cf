"""The rows of an audit, for type checkers: the columns of ``schemas``, key by key; None is unknown."""

from typing import TypedDict


class PassageRow(TypedDict):
    """A passage that proves something."""

    document: str
    role: str
    page: int | None
    article: str
    heading: str
    pointer: str
    quote: str


class InputRow(TypedDict):
    """A piece of a dossier: its role, and whether it could be read ("read", "partly_read", "unread")."""

    path: str
    format: str
    role: str
    status: str
    reason: str


class DossierRow(TypedDict):
    """What became of a dossier: its subject, the day of its law, its pieces, how many findings of each verdict."""

    path: str
    kind: str | None
    status: str
    reason: str
    law_day: str | None
    law_day_origin: str | None
    object: str | None
    type: str | None
    procedure: str | None
    estimated_value: float | None
    buyer: str | None
    buyer_siret: str | None
    buyer_category: str | None
    pieces_read: int
    pieces_unread: int
    non_conforme: int
    opportunite: int
    a_verifier: int
    conforme: int
    sans_objet: int
    mineure: int
    majeure: int
    bloquante: int
    inputs: list[InputRow]
    notes: list[str]
    same_as: str | None


class FindingRow(TypedDict):
    """The verdict of a rule on a dossier, on one of its lots or on its buyer; those without object are left out."""

    dossier: str
    rule: str
    title: str
    theme: str
    nature: str
    verdict: str
    doubt: str
    severity: str
    scope: str
    scope_id: str
    message: str
    remedy: str
    reserve: str
    missing_facts: list[str]
    missing_pieces: list[str]
    law: list[str]
    kit: list[str]
    evidence: list[PassageRow]
    searched: list[str]
    fingerprint: str
    rank: int


class FactRow(TypedDict):
    """A fact of a dossier; its value is JSON text, whatever its type."""

    dossier: str
    name: str
    scope: str
    scope_id: str
    value: str | None
    unit: str
    status: str
    origin: str
    confidence: float
    evidence: list[PassageRow]
    rivals: list[PassageRow]
    searched: list[str]
    missing_pieces: list[str]


class AsideRow(TypedDict):
    """What was found and is not audited, and why."""

    path: str
    reason: str


class ContractFindingRow(TypedDict):
    """The verdict of a rule on a contract of a table, where it is not respected, missed or to be justified."""

    uid: str
    regle: str
    verdict: str
    doute: str
