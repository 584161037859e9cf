"""A rule file as jurists write it → a ``Rule`` and its examples, with every fault told."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from achats_check.law.condition_schema import Known, read_conditions
from achats_check.law.context import fact_spec
from achats_check.law.faults import FileFaults, did_you_mean
from achats_check.law.messages import PLACEHOLDER
from achats_check.law.parameter_schema import check_keys, read_date, read_kit
from achats_check.model.finding import VERDICTS
from achats_check.model.rule import (
    ACCUSES,
    CONFIDENCES,
    DUTIES,
    INTERESTS,
    NATURES,
    SCOPES,
    SEVERITIES,
    LegalReference,
    Rule,
    RuleVersion,
)

THEMES = (
    "procedures",
    "allotissement",
    "reservation",
    "clauses-sociales",
    "clauses-environnementales",
    "criteres",
    "labels",
    "innovation",
    "acces-ess",
    "spaser",
    "coherence",
    "secteurs",
    "acheteur",
    "portefeuille",
    "conventionnement",
)
_REQUIRED = {"id", "titre", "nature", "portee", "loi", "pourquoi", "remede", "kit", "versions", "exemples"}
_KEYS = _REQUIRED | {"theme", "gravite", "interet", "accuse", "date", "secteurs"}
_VERSION_REQUIRED = {"du", "fondement", "quand", "exige", "message"}
_VERSION_KEYS = _VERSION_REQUIRED | {"au", "confiance", "verifier", "conforme", "doute"}
_EXAMPLE_KEYS = {"nom", "le", "faits", "lus", "absents", "attendu", "doute", "lot"}


class Example(NamedTuple):
    """A situation and the verdict it must have."""

    name: str
    day: date
    declared: Mapping[str, Any]
    """Declared facts, nested or dotted, with ``lots``."""
    read: Mapping[str, Any]
    """Facts read in the documents."""
    absent: tuple[str, ...]
    """Facts proven absent from the documents."""
    expected: str
    doubt: str
    lot: str


def read_rule(
    node: Any, theme: str, known: Known, documents: Mapping[str, str], faults: FileFaults
) -> tuple[Rule, tuple[Example, ...]] | None:
    """Read one rule; None when it has a fault (reported)."""
    before = faults.count
    if not isinstance(node, dict):
        faults.add(node, None, "une règle est attendue (id, titre, nature, …)")
        return None
    if not check_keys(node, _KEYS, _REQUIRED, faults, f"règle « {node.get('id', '?')} »"):
        return None
    rule = Rule(
        id=str(node["id"]),
        title=str(node["titre"]),
        theme=str(node.get("theme", theme)),
        nature=_choice(node, "nature", NATURES, faults),
        scope=_choice(node, "portee", SCOPES, faults),
        severity=_severity(node, faults),
        accuses=_accuses(node, faults),
        why=str(node["pourquoi"]),
        remedy=str(node["remede"]),
        kit=tuple(c for entry in node["kit"] or () if (c := read_kit(entry, documents, faults))),
        law=tuple(node["loi"]),
        date_fact=str(node.get("date", "")),
        sectors=tuple(str(code) for code in node.get("secteurs", ())),
        versions=_versions(node["versions"], known, faults),
    )
    _check_rule(rule, node, known, faults)
    examples = tuple(_example(entry, faults) for entry in node["exemples"])
    return None if faults.count > before else (rule, tuple(e for e in examples if e is not None))


def _choice(node: Any, key: str, allowed: tuple[str, ...], faults: FileFaults) -> str:
    value = str(node[key])
    if value not in allowed:
        faults.add(
            node,
            key,
            f"« {key} » : « {value} » n'est pas admis ({', '.join(allowed)}).{did_you_mean(value, allowed)}",
        )
    return value


def _severity(node: Any, faults: FileFaults) -> str:
    key, allowed = ("gravite", SEVERITIES) if node["nature"] in DUTIES else ("interet", INTERESTS)
    if key not in node:
        faults.add(node, None, f"il manque « {key} » ({', '.join(allowed)})")
        return allowed[0]
    return _choice(node, key, allowed, faults)


def _accuses(node: Any, faults: FileFaults) -> str:
    if node["nature"] not in DUTIES:
        return "jamais"
    if "accuse" not in node:
        faults.add(node, None, f"il manque « accuse » ({', '.join(ACCUSES)}) : que vaut le silence des pièces ?")
        return "jamais"
    return _choice(node, "accuse", ACCUSES, faults)


def _versions(nodes: Any, known: Known, faults: FileFaults) -> tuple[RuleVersion, ...]:
    if not isinstance(nodes, list) or not nodes:
        faults.add(nodes, None, "une règle a au moins une version")
        return ()
    found = [v for node in nodes if (v := _version(node, known, faults))]
    for earlier, later in pairwise(found):
        if later.since <= earlier.since:
            faults.add(nodes, None, f"les versions se suivent dans le temps ({earlier.since} puis {later.since})")
    ended = [
        v if v.until or rank + 1 == len(found) else v._replace(until=found[rank + 1].since - timedelta(days=1))
        for rank, v in enumerate(found)
    ]
    return tuple(ended)


def _version(node: Any, known: Known, faults: FileFaults) -> RuleVersion | None:
    if not check_keys(node, _VERSION_KEYS, _VERSION_REQUIRED, faults, "version"):
        return None
    confidence = str(node.get("confiance", "certaine"))
    if confidence not in CONFIDENCES:
        faults.add(node, "confiance", f"confiance inconnue « {confidence} » ({', '.join(CONFIDENCES)})")
    if confidence == "incertaine" and not node.get("verifier"):
        faults.add(node, None, "une version incertaine dit quoi vérifier (« verifier »)")
    requires = read_conditions(node["exige"], known, faults)
    if not requires and node["exige"] == []:
        faults.add(node, "exige", "« exige » demande au moins une condition")
    return RuleVersion(
        read_date(node, "du", faults) or date.min,
        read_date(node, "au", faults),
        confidence,
        str(node.get("verifier", "")),
        _grounds(node, faults),
        read_conditions(node["quand"], known, faults),
        requires,
        str(node["message"]),
        str(node.get("conforme", "")),
        str(node.get("doute", "")),
    )


def _grounds(node: dict[str, Any], faults: FileFaults) -> tuple[LegalReference, ...]:
    if not isinstance(node["fondement"], list):
        faults.add(node, "fondement", "« fondement » : une liste de textes est attendue")
        return ()
    return tuple(b for entry in node["fondement"] if (b := _basis(entry, faults)))


def _basis(node: Any, faults: FileFaults) -> LegalReference | None:
    keys = {"texte", "article", "verifie_le"}
    if not check_keys(node, keys, keys, faults, "fondement"):
        return None
    checked = read_date(node, "verifie_le", faults)
    return LegalReference(str(node["texte"]), str(node["article"]), checked or date.min)


def _check_rule(rule: Rule, node: Any, known: Known, faults: FileFaults) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id):
        faults.add(node, "id", f"« {rule.id} » : un identifiant est en minuscules ASCII et tirets")
    if rule.theme not in THEMES:
        faults.add(
            node,
            "theme" if "theme" in node else None,
            f"thème inconnu « {rule.theme} ».{did_you_mean(rule.theme, THEMES)}",
        )
    if rule.date_fact and known.vocabulary.get(rule.date_fact) is None:
        faults.add(node, "date", f"fait inconnu « {rule.date_fact} ».{known.vocabulary.suggestion(rule.date_fact)}")
    if any(not version.basis for version in rule.versions):
        faults.add(node, "versions", "chaque version cite au moins un texte (« fondement »)")
    for version in rule.versions:
        for text in (version.message, version.ok_message, version.doubt_message):
            _check_placeholders(text, node, known, faults)


def _check_placeholders(text: str, node: Any, known: Known, faults: FileFaults) -> None:
    for name in PLACEHOLDER.findall(text):
        if fact_spec(name, known.vocabulary) is None and name not in known.parameters:
            hint = did_you_mean(name, (*known.vocabulary, *known.parameters))
            faults.add(node, "versions", f"message : « {{{name}}} » n'est ni un fait ni un paramètre.{hint}")


def _example(node: Any, faults: FileFaults) -> Example | None:
    if not check_keys(node, _EXAMPLE_KEYS, {"nom", "le", "attendu"}, faults, "exemple"):
        return None
    if node["attendu"] not in VERDICTS:
        faults.add(
            node,
            "attendu",
            f"verdict inconnu « {node['attendu']} ».{did_you_mean(node['attendu'], VERDICTS)}",
        )
        return None
    return Example(
        str(node["nom"]),
        read_date(node, "le", faults) or date.min,
        node.get("faits") or {},
        node.get("lus") or {},
        tuple(str(name) for name in node.get("absents") or ()),
        str(node["attendu"]),
        str(node.get("doute", "")),
        str(node.get("lot", "")),
    )
