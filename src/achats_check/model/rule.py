"""Rules, dated parameters and the citations they rest on."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from achats_check.model.fact import Scalar

NATURES = ("obligation", "interdiction", "levier", "bonne_pratique", "coherence")
LEVERS = ("levier", "bonne_pratique")
"""Natures of what may be done and never is a fault."""
DUTIES = tuple(nature for nature in NATURES if nature not in LEVERS)
SCOPES = ("marche", "lot", "acheteur", "portefeuille", "conventionnement")
SEVERITIES = ("mineure", "majeure", "bloquante")
INTERESTS = ("faible", "moyen", "fort")
CONFIDENCES = ("certaine", "connue", "incertaine")
ACCUSES = ("pieces", "declaration", "jamais")


class Operand(NamedTuple):
    """What a fact is compared with: values written in the rule, a parameter or another fact."""

    values: tuple[Scalar, ...] = ()
    """Values written in the rule; one for most verbs."""
    parameter: str = ""
    """Name of a dated parameter, or ""."""
    fact: str = ""
    """Name of another fact, or ""."""
    factor: Decimal | None = None
    """Multiplies the parameter or the other fact; None for none."""


class Condition(NamedTuple):
    """A node of the closed condition tree."""

    verb: str
    """"egal", "parmi", "au_moins" … on a fact; "tous", "un_des", "aucun", "pour_chaque_lot", "un_lot" on children."""
    fact: str = ""
    operand: Operand = Operand()
    children: tuple["Condition", ...] = ()


class LegalReference(NamedTuple):
    """A text of law, in the version a rule rests on."""

    text: str
    """As cited to people: "CCP, art. L2112-2-1"."""
    article: str
    """"L2113-10", "R2122-8" for the code; the text's own name otherwise."""
    checked_on: date
    """Last day on which someone read it."""


class KitCitation(NamedTuple):
    """A passage of one of the five source documents."""

    document: str
    """Key of ``documents`` in references.yaml: "kit-regionaless", "territoires-urbains" …"""
    fiche: str
    """"11", or "Champ d'action #6"."""
    heading: str
    page: str
    """Printed page: "22", "28-29"."""
    entry: str
    """Identifier of the inventory's entry."""


class ParameterRow(NamedTuple):
    """One dated value of a parameter."""

    since: date
    until: date | None
    """Last day, included; None when no end is known."""
    value: Decimal | None
    """None when the law sets a value that is not known to us."""
    buyers: tuple[str, ...]
    """Buyer codes of the law ("collectivite", "autorite_centrale" …); ("tous",) for all."""
    natures: tuple[str, ...]
    """"travaux", "fournitures", "services", "services_sociaux", "concession", "defense"; () for all."""
    basis: str
    """The text that sets the value."""
    confidence: str
    """One of CONFIDENCES."""
    check: str
    """What to read before trusting the value, when the confidence is not "certaine"."""
    checked_on: date | None = None
    """Last day on which someone read the text, when known."""
    condition: Condition | None = None
    """A condition the row has beyond buyer and nature, or None."""

    def in_force(self, day: date) -> bool:
        """Say whether the value is in force on a day."""
        return _covers(self.since, self.until, day)


class Parameter(NamedTuple):
    """A figure of the law, by date, buyer category and contract type."""

    name: str
    """Dotted: "seuil_ue.formalise"."""
    label: str
    unit: str
    """A unit of the vocabulary: "EUR_HT", "mois", "pourcent", "ratio" …"""
    comparator: str
    """How the law compares: "inferieur_a", "au_plus", "au_moins" or "superieur_a"."""
    rows: tuple[ParameterRow, ...]
    kit: tuple[tuple[KitCitation, Decimal | None], ...]
    """What the source documents said, with their figure."""
    law: tuple[str, ...]
    """Identifiers of the entries of the legal file the rows come from."""
    notes: tuple[str, ...] = ()


class RuleVersion(NamedTuple):
    """What a rule says from one date to the next."""

    since: date
    until: date | None
    """Last day in force, included; None when the next version or nothing ends it."""
    confidence: str
    """One of CONFIDENCES; "incertaine" never gives conforme nor non_conforme."""
    check: str
    """What to read before trusting an uncertain version."""
    basis: tuple[LegalReference, ...]
    when: tuple[Condition, ...]
    """All must hold for the rule to apply."""
    requires: tuple[Condition, ...]
    """All must hold for the rule to be respected, or the lever used."""
    message: str
    """Said for non_conforme and opportunite; ``{fact}`` and ``{parameter}`` are filled in."""
    ok_message: str
    """Said for conforme, or ""."""
    doubt_message: str
    """Said for a_verifier, or "" for the general sentence."""

    def in_force(self, day: date) -> bool:
        """Say whether the version is in force on a day."""
        return _covers(self.since, self.until, day)


class Rule(NamedTuple):
    """A duty, a prohibition, a lever or a good practice, with its dated versions."""

    id: str
    title: str
    theme: str
    nature: str
    scope: str
    severity: str
    """One of SEVERITIES for duties, of INTERESTS for levers and good practices."""
    accuses: str
    """Who can accuse: "pieces" (what the documents say), "declaration" (only a declared fact), "jamais"."""
    why: str
    remedy: str
    kit: tuple[KitCitation, ...]
    law: tuple[str, ...]
    """Identifiers of the entries of the legal file."""
    date_fact: str
    """Fact that gives the day of the law for this rule, "" for the launch."""
    sectors: tuple[str, ...]
    """CPV prefixes for which a lever is the most relevant."""
    versions: tuple[RuleVersion, ...]
    pack: str = ""
    """Path of the local pack the rule comes from, or ""."""

    def version_on(self, day: date) -> RuleVersion | None:
        """Return the version in force on a day, or None."""
        return next((version for version in self.versions if version.in_force(day)), None)


def _covers(since: date, until: date | None, day: date) -> bool:
    """Say whether a day lies in a period: the first and the last day do, and no last day means no end."""
    return since <= day and (until is None or day <= until)
