"""What people and files give for a fact → its typed value, or a French sentence that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeVar

from achats_check.errors import UsageError
from achats_check.facts.codes import article_code, cpv_code
from achats_check.facts.french import Amount, Duration, Percent, amounts, dates, durations, parse_number, percents
from achats_check.facts.text import fold
from achats_check.model.fact import DECLARED, KNOWN, Evidence, Fact, Item, Scalar, Scope, Value
from achats_check.vocabulary import FactSpec, Field, Vocabulary

_TRUE = {"oui", "true", "vrai"}
_FALSE = {"non", "false", "faux"}
_MANY = 1000
_TOO_LARGE = Decimal(10**15)


def parse_value(spec: FactSpec, raw: object) -> Value:
    """Type the value of a fact.

    Args:
        spec: The fact.
        raw: A text ("1,2 M€", "oui", "24/11/2025", "45112500-0 ; 45233000"), or a value of JSON or YAML.

    Returns:
        The value: Decimal for money, rates and numbers, int, date, bool, str, or a tuple.

    Raises:
        ValueError: A French sentence that shows the value and says what is wrong with it.
    """
    if spec.type == "liste":
        return _list(spec, raw)
    return parse_scalar(spec.type, raw, spec.values, spec.unit)


def parse_scalar(kind: str, raw: object, values: tuple[str, ...] = (), unit: str = "") -> Scalar:
    """Type a value that is no list; see ``parse_value``."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise ValueError("valeur vide")
    if isinstance(raw, list | tuple | Mapping):
        raise ValueError(f"{shown(raw)} : une seule valeur est attendue")
    return _PARSERS[kind](raw, values, unit)


def declared_facts(pairs: Mapping[str, object], vocabulary: Vocabulary, source: str) -> tuple[Fact, ...]:
    """Return the facts that a user declares by dotted names.

    Args:
        pairs: Value by name, such as ``{"duree_mois": "48"}``.
        vocabulary: The specifications of the facts.
        source: What the evidence names: "--set", "profil" …

    Raises:
        UsageError: An unknown name, with a suggestion, or a value that its type refuses.
    """
    facts = []
    for name, raw in pairs.items():
        spec = vocabulary.get(name)
        if spec is None:
            raise UsageError(f"« {name} » n'est pas un fait connu.{_instead(name, vocabulary)}")
        try:
            value = parse_value(spec, raw)
        except ValueError as error:
            raise UsageError(f"{name} : {error}{'' if str(error).endswith('?') else '.'}") from None
        evidence = Evidence(source, "DESCRIPTION", f"{name}={raw}", value=value)
        facts.append(Fact(name, scope_of(spec), value, KNOWN, DECLARED, evidence=(evidence,)))
    return tuple(facts)


def _instead(name: str, vocabulary: Vocabulary) -> str:
    if name.startswith("lots."):
        return " Les faits d'un lot s'écrivent sous « lots », dans une description ou un fichier achats-check.yaml."
    return vocabulary.suggestion(name)


def scope_of(spec: FactSpec) -> Scope:
    """Return the scope a fact has when it is stated outside any lot."""
    return Scope("marche" if "marche" in spec.scopes else spec.scopes[0])


_JSON = {"None": "null", "True": "true", "False": "false"}
"""What JSON writes, where Python has words of its own."""


def shown(raw: object) -> str:
    """Return a value as people wrote it, between quotation marks, cut when it is long."""
    text = _JSON.get(repr(raw), str(raw))
    return f"« {text if len(text) <= 60 else text[:57] + '…'} »"


def _boolean(raw: object, values: tuple[str, ...], unit: str) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(str(raw)).strip() if isinstance(raw, str) else ""
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise ValueError(f"{shown(raw)} : oui ou non est attendu")


def _decimal(raw: object, what: str) -> Decimal:
    """Return a number given as such or as text, before any check of its range."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal | str):
        raise ValueError(f"{shown(raw)} n'est pas {what}")
    found = parse_number(fold(raw)) if isinstance(raw, str) else Decimal(str(raw))
    if found is None or not found.is_finite():
        raise ValueError(f"{shown(raw)} n'est pas {what}")
    if not -_TOO_LARGE < found < _TOO_LARGE:
        raise ValueError(f"{shown(raw)} : nombre trop grand")
    return found


def _positive(value: Decimal, raw: object, what: str) -> Decimal:
    if value < 0:
        raise ValueError(f"{shown(raw)} : {what} ne peut pas être négatif")
    return value


_Span = TypeVar("_Span", Amount, Duration, Percent)


def _alone(read: Callable[[str], Iterable[_Span]], raw: object, what: str, expected: str) -> _Span | None:
    """Return the only match of a text, which says nothing else; None when there is none.

    Raises:
        ValueError: Several matches, words around the only one, which may change it, or a minus sign.
    """
    text = fold(raw).strip(" .") if isinstance(raw, str) else ""
    unsigned = text.lstrip("- ")
    found = list(read(unsigned))
    if not found:
        return None
    if len(found) > 1 or (found[0].start, found[0].end) != (0, len(unsigned)):
        raise ValueError(f"{shown(raw)} : {expected}")
    if unsigned != text:
        raise ValueError(f"{shown(raw)} : {what} ne peut pas être négatif")
    return found[0]


def _amount(raw: object, values: tuple[str, ...], unit: str) -> Decimal:
    expected = "un seul montant est attendu, sans autre mot (écrire 90 000 € HT)"
    found = _alone(amounts, raw, "un montant", expected)
    if found is None:
        return _positive(_decimal(raw, "un montant en euros"), raw, "un montant")
    if found.tax == "TTC":
        raise ValueError(f"{shown(raw)} : un montant s'exprime hors taxes")
    return found.value


def _number(raw: object, values: tuple[str, ...], unit: str) -> Decimal:
    if unit == "mois":
        expected = "une seule durée est attendue, sans autre mot (écrire 30, 30 mois ou 2 ans et 6 mois)"
        spell = _alone(durations, raw, "un nombre de mois", expected)
        if spell is not None:
            return spell.months
    return _positive(_decimal(raw, "un nombre"), raw, "un nombre")


def _integer(raw: object, values: tuple[str, ...], unit: str) -> int:
    number = _number(raw, values, unit)
    if number != number.to_integral_value():
        raise ValueError(f"{shown(raw)} n'est pas un nombre entier")
    return int(number)


def _percentage(raw: object, values: tuple[str, ...], unit: str) -> Decimal:
    expected = "un seul pourcentage est attendu, sans autre mot (écrire 10 ou 10 %)"
    found = _alone(percents, raw, "un pourcentage", expected)
    value = found.value if found else _decimal(raw, "un pourcentage")
    if not 0 <= value <= 100:
        raise ValueError(f"{shown(raw)} : un pourcentage va de 0 à 100")
    return value


def _share(raw: object, values: tuple[str, ...], unit: str) -> Decimal:
    if isinstance(raw, str) and "%" in raw:
        return _percentage(raw, values, unit) / 100
    value = _decimal(raw, "une part entre 0 et 1")
    if not 0 <= value <= 1:
        raise ValueError(f"{shown(raw)} : une part va de 0 à 1 (écrire 0,3 ou 30 % pour trente pour cent)")
    return value


def _date(raw: object, values: tuple[str, ...], unit: str) -> date:
    return parse_date(raw)


def parse_date(raw: object) -> date:
    """Return the day that a person states.

    Raises:
        ValueError: It is none; the message is a French clause.
    """
    if isinstance(raw, date):
        return raw.date() if isinstance(raw, datetime) else raw
    text = fold(raw).strip() if isinstance(raw, str) else ""
    if re.match(r"\d{4}-\d{2}-\d{2}(?:t|z|\+)", text):
        text = text[:10]
    days = list(dates(text))
    if len(days) == 1:
        return days[0].value
    raise ValueError(
        f"{shown(raw)} n'est pas une date du calendrier (écrire 2026-10-01, 01/10/2026 ou 1er octobre 2026)"
    )


def _text(raw: object, values: tuple[str, ...], unit: str) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        raise ValueError(f"{shown(raw)} n'est pas un texte")
    return str(raw).strip()


def _choice(raw: object, values: tuple[str, ...], unit: str) -> str:
    word = re.sub(r"[\s'-]+", "_", fold(str(raw)).strip()) if isinstance(raw, str) else ""
    if word in values:
        return word
    close = get_close_matches(word, values, n=1, cutoff=0.6)
    hint = f" ; vouliez-vous dire « {close[0]} » ?" if close else ""
    raise ValueError(f"{shown(raw)} : valeur inconnue (admises : {', '.join(values)}){hint}")


_PARSERS: dict[str, Callable[[object, tuple[str, ...], str], Scalar]] = {
    "booleen": _boolean,
    "montant": _amount,
    "nombre": _number,
    "entier": _integer,
    "pourcent": _percentage,
    "part": _share,
    "date": _date,
    "texte": _text,
    "enum": _choice,
}


def _list(spec: FactSpec, raw: object) -> tuple[Scalar | Item, ...]:
    items = _items(spec, raw)
    if len(items) > _MANY:
        raise ValueError(f"{len(items)} éléments : c'est trop (au plus {_MANY})")
    return tuple(_item(spec, item) for item in items)


def _items(spec: FactSpec, raw: object) -> list[Any]:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        raise ValueError("valeur vide")
    if isinstance(raw, list | tuple):
        return list(raw)
    if isinstance(raw, str) and spec.item != "champs":
        comma = r",\s" if spec.item == "montant" else ","
        parts = re.split(";" if ";" in raw else comma, raw)
        return [part.strip() for part in parts if part.strip()]
    if isinstance(raw, Mapping):
        raise ValueError(f"{shown(raw)} n'est pas une liste")
    return [raw]


def _item(spec: FactSpec, raw: object) -> Scalar | Item:
    if spec.item == "champs":
        return _record(spec, raw)
    if spec.item == "cpv":
        return _cpv(raw)
    if spec.item == "article":
        return article_code(str(parse_scalar("texte", raw)))
    kind = {"montant": "montant", "enum": "enum"}.get(spec.item, "texte")
    return parse_scalar(kind, raw, spec.values)


def _cpv(raw: object) -> str:
    text = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    match = re.fullmatch(r"([\d ]{7,11})(?:\s*-\s*\d)?", text)
    code = cpv_code(match[1].strip()) if match else None
    if code is None:
        raise ValueError(f"{shown(raw)} n'est pas un code CPV de 8 chiffres (45112500 ou 45112500-0)")
    return code


def _record(spec: FactSpec, raw: object) -> Item:
    fields = {field.name: field for field in spec.fields}
    if not isinstance(raw, Mapping):
        raise ValueError(f"{shown(raw)} n'est pas un objet avec {', '.join(fields)}")
    for key in raw:
        if key not in fields:
            close = get_close_matches(str(key), fields, n=1)
            hint = f" ; vouliez-vous dire « {close[0]} » ?" if close else ""
            raise ValueError(f"« {key} » : clé inconnue (admises : {', '.join(fields)}){hint}")
    return {
        field.name: _field(field, raw.get(field.name))
        for field in spec.fields
        if raw.get(field.name) is not None or field.required
    }


def _field(field: Field, raw: object) -> Scalar:
    try:
        return parse_scalar(field.type, raw, field.values)
    except ValueError as error:
        raise ValueError(f"{field.name} : {error}") from None
