"""What evaluating a rule gives: a verdict, its ground, its citations."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from achats_check.model.fact import Evidence, Scope, Search, Value

CONFORME, NON_CONFORME, OPPORTUNITE = "conforme", "non_conforme", "opportunite"
A_VERIFIER, SANS_OBJET = "a_verifier", "sans_objet"
VERDICTS = (NON_CONFORME, OPPORTUNITE, A_VERIFIER, CONFORME, SANS_OBJET)

APPLICABILITE, RESPECT, JUSTIFICATION = "applicabilite", "respect", "justification"
ALERTE, DROIT, LANCEMENT = "alerte", "droit", "lancement"
"""Why a verdict is a_verifier: is the rule applicable; is it respected; a reason the law keeps outside the
tender documents is awaited; the documents show a sign that only a person can judge; the law is uncertain; the
rule is recent and the launch of the consultation is not known."""
DOUBTS = (APPLICABILITE, RESPECT, JUSTIFICATION, ALERTE, DROIT, LANCEMENT)


class TraceNode(NamedTuple):
    """One branch of a condition, with what it saw and what it concluded."""

    verb: str
    result: bool | None
    """True, False, or None when unknown."""
    fact: str = ""
    actual: Value | None = None
    """Value of the fact when it is known."""
    status: str = ""
    """Status of the fact."""
    expected: tuple[Value, ...] = ()
    """What the fact is compared with: the values written in the rule, or those the figure may have that day."""
    parameter: str = ""
    """Parameter the operand comes from, or ""."""
    scope: Scope | None = None
    children: tuple["TraceNode", ...] = ()
    other_fact: str = ""
    """The fact it is compared with, when the operand is one."""


def one_suffices(trace: tuple[TraceNode, ...]) -> bool:
    """Say whether what is unknown is a single choice: any one of its branches would settle it."""
    return bool(_branches(trace))


def some_go_together(trace: tuple[TraceNode, ...]) -> bool:
    """Say whether a branch of that choice waits for several points, none of which would do alone."""
    return any(
        branch.verb == "tous" and len({node.fact or id(node) for node in _unknown(branch.children)}) > 1
        for branch in _branches(trace)
    )


def _branches(trace: tuple[TraceNode, ...]) -> list[TraceNode]:
    """Return the unknown branches of what is a single choice, [] when it is none."""
    unknown = _unknown(trace)
    while len(unknown) == 1 and unknown[0].children:
        node, unknown = unknown[0], _unknown(unknown[0].children)
        if node.verb == "un_des" and len(unknown) > 1:
            return unknown
    return []


def _unknown(nodes: tuple[TraceNode, ...]) -> list[TraceNode]:
    return [node for node in nodes if node.result is None]


class ParameterUse(NamedTuple):
    """A dated figure that a finding rests on."""

    name: str
    label: str
    value: Decimal | None
    unit: str
    since: date
    until: date | None
    basis: str
    confidence: str
    kit_value: Decimal | None
    """The figure of the source documents when they give one, else None."""
    kit_text: str
    """"le kit cite 40 000 € (…)" when the kit's figure differs from the law of the day, else ""."""


class Reference(NamedTuple):
    """A citation of a finding: a text of law or a passage of a source document."""

    kind: str
    """"droit" or "kit"."""
    text: str
    """As people read it."""
    article: str = ""
    since: date | None = None
    """First day of the version in force."""
    until: date | None = None
    checked_on: date | None = None
    document: str = ""
    fiche: str = ""
    heading: str = ""
    page: str = ""
    entry: str = ""


class Finding(NamedTuple):
    """The verdict of one rule on one scope."""

    rule: str
    title: str
    theme: str
    nature: str
    verdict: str
    severity: str
    scope: Scope
    message: str
    why: str = ""
    remedy: str = ""
    doubt: str = ""
    """APPLICABILITE, RESPECT, JUSTIFICATION, ALERTE, DROIT or LANCEMENT when the verdict is a_verifier, else ""."""
    missing_facts: tuple[str, ...] = ()
    missing_pieces: tuple[str, ...] = ()
    """Roles of the pieces that would tell."""
    references: tuple[Reference, ...] = ()
    parameters: tuple[ParameterUse, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    search: Search | None = None
    trace: tuple["TraceNode", ...] = ()
    reserve: str = ""
    """A reserve on the law of the day that the reader must see, or ""."""
    rank: int = 0
    """Order among the findings of the same verdict, the most useful first."""

    @property
    def fingerprint(self) -> str:
        """Stable identifier: rule, scope and what the verdict rests on, never a line number."""
        from hashlib import sha256  # loads OpenSSL, which a report on a terminal does without

        grounds = sorted(f"{e.role}:{' '.join(e.quote.split()).casefold()}" for e in self.evidence)
        if not grounds and self.search:
            grounds = list(self.search.pieces)
        return sha256("|".join((self.rule, self.scope.kind, self.scope.id, *grounds)).encode()).hexdigest()[:16]
