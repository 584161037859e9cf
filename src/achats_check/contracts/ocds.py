"""A release of the Open Contracting Data Standard, shaped as records of the DECP: one for each award."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from achats_check.contracts.settings import Settings
from achats_check.contracts.texts import first_at, texts_at
from achats_check.facts.text import fold

_DAYS_OF_A_MONTH = 365 / 12
_DIGITS = 6
"""Of a duration in days; a longer one is none."""


class OcdsShape:
    """Releases and records in, contracts out."""

    def __init__(self, settings: Settings) -> None:
        self._said = settings.ocds
        self._cpv = frozenset(self._said["cpv"])

    def records(self, value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the contracts of a release, of the compiled release of a record, or else of its last release."""
        release = value.get("compiledRelease")
        releases = value.get("releases")
        if not isinstance(release, Mapping) and isinstance(releases, list):
            embedded = [item for item in releases if isinstance(item, Mapping)]
            release = max(embedded, key=lambda item: str(item.get("date", "")), default=None)
        release = release if isinstance(release, Mapping) else value
        awards = [item for item in _list(release, "awards") if self._took_effect(item)]
        for award in awards or ([{}] if _list(release, "contracts") else []):
            yield self._contract(release, award, alone=len(awards) < 2)

    def _took_effect(self, award: Mapping[str, Any]) -> bool:
        return fold(str(award.get("status", ""))) not in self._said["attributions_sans_effet"]

    def _contract(self, release: Mapping[str, Any], award: Mapping[str, Any], *, alone: bool) -> dict[str, Any]:
        name = str(award.get("id", ""))
        contracts = [item for item in _list(release, "contracts") if alone or str(item.get("awardID", "")) == name]
        view = {**release, "awards": [award], "contracts": contracts}
        identity = first_at(release, "ocid") or first_at(release, "id")
        found: dict[str, Any] = {"uid": identity if alone or not name else f"{identity}/{name}"} if identity else {}
        for field, paths in self._said["champs"].items():
            values = self._texts(view, field, paths)
            if values:
                found[field] = values[0]
        buyer = {"nom": found.pop("acheteur/nom", ""), "id": self._without_prefix(found.pop("acheteur/id", ""))}
        found["acheteur"] = buyer | self._buyer(release)
        found |= self._terms(award, contracts)
        found["titulaires"] = [self._supplier(release, item) for item in _list(award, "suppliers")]
        return {field: value for field, value in found.items() if value not in (None, [], {})}

    def _terms(self, award: Mapping[str, Any], contracts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return what a contract is worth and how long it lasts, as first agreed, and its amendments."""
        first = {"montant": self._amount([award]), "dureeMois": _months([award], "contractPeriod")}
        repeated = len(contracts) > 1 and all(self._amount([item]) == first["montant"] for item in contracts)
        amount = first["montant"] if repeated else self._amount(contracts)
        last = {"montant": amount, "dureeMois": _months(contracts, "period")}
        last = {field: value for field, value in last.items() if value is not None}
        amendments = sorted(
            (item for one in contracts for item in _list(one, "amendments")), key=lambda item: first_at(item, "date")
        )
        if not amendments:
            return first | last
        steps: list[dict[str, Any]] = [
            {"id": rank, "dateNotificationModification": first_at(item, "date")}
            for rank, item in enumerate(amendments, 1)
        ]
        return {**first, "modifications": [*steps[:-1], steps[-1] | last]}

    def _texts(self, view: Mapping[str, Any], field: str, paths: Sequence[str]) -> tuple[str, ...]:
        if field != "codeCPV":
            return (found,) if (found := first_at(view, *paths)) else ()
        for path in paths:
            holder = path.rpartition("/")[0]
            items = _objects(view, holder)
            codes = [
                str(item["id"])
                for item in items
                if fold(str(item.get("scheme", "cpv"))) in self._cpv and item.get("id")
            ]
            if codes:
                return tuple(dict.fromkeys(codes))[:1]  # the main one: the others are what it is made of
        return ()

    def _buyer(self, release: Mapping[str, Any]) -> dict[str, str]:
        """Return the identifier of the buyer, where the release names its parties apart."""
        party = _party(release, first_at(release, "buyer/id"), "buyer")
        name, number = first_at(party, "name"), first_at(party, "identifier/id", "id")
        number = self._without_prefix(number or first_at(release, "buyer/id"))
        return {key: value for key, value in (("nom", name), ("id", number)) if value}

    def _supplier(self, release: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, str]:
        party = _party(release, first_at(item, "id"), "")
        number = self._without_prefix(first_at(party, "identifier/id") or first_at(item, "identifier/id", "id"))
        return {"id": number, "denominationSociale": first_at(item, "name") or first_at(party, "name")}

    def _without_prefix(self, number: str) -> str:
        prefix = next((p for p in self._said["prefixes"] if number.lower().startswith(p)), "")
        return number[len(prefix) :]

    def _amount(self, items: Sequence[Mapping[str, Any]]) -> Any:
        """Return the sum of the values of some contracts, when all are in euros and told."""
        values = [item.get("value") for item in items]
        known = [value for value in values if isinstance(value, Mapping) and value.get("amount") is not None]
        euros = all(fold(str(value.get("currency", "EUR"))) in self._said["monnaies"] for value in known)
        if not known or len(known) != len(values) or not euros:
            return None
        amounts = [value["amount"] for value in known]
        numbers = [amount for amount in amounts if isinstance(amount, int | float)]
        return sum(numbers) if len(numbers) == len(amounts) > 1 else amounts[0] if len(amounts) == 1 else None


def _months(items: Sequence[Mapping[str, Any]], period: str) -> int | None:
    """Return the months of the period that all of some awards or contracts have."""
    written = {first_at(item, f"{period}/durationInDays") for item in items}
    days = written.pop() if len(written) == 1 else ""
    if not days.isdecimal() or len(days) > _DIGITS or not int(days):
        return None
    return max(round(int(days) / _DAYS_OF_A_MONTH), 1)


def _party(release: Mapping[str, Any], identity: str, role: str) -> Mapping[str, Any]:
    parties = _list(release, "parties")
    named = (party for party in parties if identity and first_at(party, "id") == identity)
    in_role = (party for party in parties if role and not identity and role in texts_at(party, "roles"))
    return next(named, None) or next(in_role, None) or {}


def _list(value: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = value.get(name)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def _objects(view: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    held: list[Any] = [view]
    for name in path.split("/"):
        found = [item.get(name) for item in held if isinstance(item, Mapping)]
        held = [one for item in found for one in (item if isinstance(item, list) else [item])]
    return [item for item in held if isinstance(item, Mapping)]
