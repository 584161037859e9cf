"""What would settle the doubts: the facts to state and the pieces to supply, most useful first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from achats_check.model.document import stands_for
from achats_check.model.finding import A_VERIFIER, DROIT, Finding
from achats_check.model.report import Resolution
from achats_check.vocabulary import FactSpec, Vocabulary

PROFILE = "profil"
_PIECES = {
    "AAPC": "l'avis d'appel à la concurrence",
    "RC": "le RC",
    "CCAP": "le CCAP",
    "CCTP": "le CCTP",
    "CCP": "le CCP",
    "AE": "l'acte d'engagement",
    "PRIX": "la pièce financière (BPU, DPGF, DQE)",
    "RAPPORT": "le rapport de présentation",
}


def resolutions(
    findings: Iterable[Finding],
    vocabulary: Vocabulary,
    read_roles: frozenset[str],
    partly_read: Mapping[str, str] = MappingProxyType({}),
    *,
    profile_given: bool = False,
) -> tuple[Resolution, ...]:
    """Gather the doubts under what would settle them.

    A fact that a missing piece would carry is gathered under that piece, when pieces were supplied;
    otherwise under the fact itself.

    Args:
        findings: What was found.
        vocabulary: Labels of the facts, and the pieces that carry them.
        read_roles: Roles of which every piece was read whole.
        partly_read: Roles supplied and not read whole, with what would complete them, in French.
        profile_given: Whether the buyer's organisation was described.

    Returns:
        Resolutions, those that settle the most rules first; a rule that waits for two things counts in both.
    """
    supplied = bool((read_roles | partly_read.keys()) - {"DESCRIPTION"})
    facts: dict[str, dict[str, bool]] = {}
    pieces: dict[str, dict[str, bool]] = {}
    for finding in findings:
        if finding.verdict != A_VERIFIER or finding.doubt == DROIT:
            continue
        found = [_where(vocabulary[name], read_roles if supplied else None) for name in finding.missing_facts]
        for role, key in dict.fromkeys(found):
            (pieces if role else facts).setdefault(key, {})[finding.rule] = len(set(found)) == 1
    profile = facts.pop(PROFILE, None)
    brought = [] if profile is None else [(_order(profile, PROFILE), _profile_resolution(profile, given=profile_given))]
    brought += [_piece_resolution(role, rules, partly_read) for role, rules in pieces.items()]
    brought += [_fact_resolution(vocabulary[name], rules) for name, rules in facts.items()]
    return tuple(resolution for _, resolution in sorted(brought, key=lambda pair: pair[0]))


def _where(spec: FactSpec, read_roles: frozenset[str] | None) -> tuple[str, str]:
    """Return what would tell a fact: the role of a missing piece, "" for none, then what it is gathered under."""
    role = _piece_of(spec, read_roles) if read_roles is not None else ""
    return role, role or _group(spec)


def _group(spec: FactSpec) -> str:
    """Facts on the buyer's organisation are provided together, in its profile."""
    return PROFILE if "acheteur" in spec.scopes and spec.outside_pieces else spec.name


def _profile_resolution(rules: dict[str, bool], *, given: bool) -> Resolution:
    verb = "Compléter" if given else "Fournir"
    return Resolution("profile", PROFILE, f"{verb} le profil de l'acheteur (--acheteur profil.yaml)", *_brought(rules))


def _piece_of(spec: FactSpec, read_roles: frozenset[str]) -> str:
    """Return the missing piece where a fact would be read; "" when it is to be stated."""
    if spec.outside_pieces or "acheteur" in spec.scopes:
        return ""
    return next((role for role in spec.pieces if not stands_for(role, read_roles)), "")


def _piece_resolution(
    role: str, rules: dict[str, bool], partly_read: Mapping[str, str]
) -> tuple[tuple[int, int, str], Resolution]:
    advice = f"Fournir {_PIECES[role]} {partly_read.get(role, '')}".rstrip()
    return _order(rules, role), Resolution("piece", role, advice, *_brought(rules))


def _fact_resolution(spec: FactSpec, rules: dict[str, bool]) -> tuple[tuple[int, int, str], Resolution]:
    advice = f"Préciser : {spec.label} (--set {spec.name}={spec.example})"
    return _order(rules, spec.name), Resolution("fact", spec.name, advice, *_brought(rules))


def _brought(rules: dict[str, bool]) -> tuple[tuple[str, ...], int]:
    """Return the rules that something brings forward, and how many it settles alone."""
    return tuple(rules), sum(rules.values())


def _order(rules: dict[str, bool], name: str) -> tuple[int, int, str]:
    return -sum(rules.values()), -len(rules), name
