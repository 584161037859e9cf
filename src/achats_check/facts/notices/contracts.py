"""What the record of a contract says in several fields at once: its amount, what is believed of the others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from achats_check.facts.notices.fields import Fields
from achats_check.facts.notices.found import Doubt, Found
from achats_check.facts.notices.mapping import money
from achats_check.model.fact import Value

AMOUNTS = ("montant", "valeurGlobale")
"""Fields of the amount: of a contract, and of a concession."""
LONGEST_MONTHS = 120
TOO_LONG = f"durée de plus de {LONGEST_MONTHS} mois, peut-être des jours"
CONTRADICTED = "une absence et une présence déclarées dans le même champ"


def is_absence(value: Value | None) -> bool:
    """Whether a value declares that there is none."""
    return value is False or value == "aucune"


def is_too_long(months: Value | None, contracts: Iterable[Value | None]) -> bool:
    """Whether a duration is more likely a number of days: ten years are usual for a concession only.

    Args:
        months: Value of ``duree_mois``.
        contracts: Every value said of ``contrat``.
    """
    return isinstance(months, int) and months > LONGEST_MONTHS and "concession" not in contracts


def amounts_told(written: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the fields of the amount that are meant: a zero beside another amount fills the field of the other kind.

    Args:
        written: Texts of each of ``AMOUNTS``.
    """
    filled = [field for field in AMOUNTS if written.get(field)]
    return [field for field in filled if any(text.strip("0.,") for text in written[field])] or filled


def awarded(fields: Fields) -> Iterator[Found | Doubt]:
    """Yield ``execution.montant_ht``."""
    for path in amounts_told({path: [field.text for field in fields.at(path)] for path in AMOUNTS}):
        for field in fields.at(path):
            value, reason = money(field.text)
            if value is None:
                yield Doubt("execution.montant_ht", field, reason, undecided=False)
            else:
                yield Found("execution.montant_ht", value, field)


def believed(found: Sequence[Found | Doubt]) -> list[Found | Doubt]:
    """Replace what a record cannot mean by a doubt: a duration too long, "none" beside something.

    Where one fact is said both to be and not to be, both stay, as a contradiction.
    """
    contracts = [item.value for item in found if isinstance(item, Found) and item.name == "contrat"]
    mixed = _mixed_fields(found)
    present = {item.name for item in found if isinstance(item, Found) and not is_absence(item.value)}
    return [_believed(item, contracts, mixed, present) if isinstance(item, Found) else item for item in found]


def _believed(item: Found, contracts: Sequence[Value], mixed: set[str], present: set[str]) -> Found | Doubt:
    if item.name == "duree_mois" and is_too_long(item.value, contracts):
        return Doubt(item.name, item.field, TOO_LONG, undecided=False)
    if is_absence(item.value) and _top(item) in mixed and item.name not in present:
        return Doubt(item.name, item.field, CONTRADICTED)
    return item


def _mixed_fields(found: Sequence[Found | Doubt]) -> set[str]:
    """Return the fields whose texts declare both that there is none and that there is some."""
    absent = {_top(item) for item in found if isinstance(item, Found) and is_absence(item.value)}
    present = {_top(item) for item in found if isinstance(item, Found) and not is_absence(item.value)}
    open_ones = {_top(item) for item in found if isinstance(item, Doubt) and item.undecided}
    return absent & (present | open_ones)


def _top(item: Found | Doubt) -> str:
    return item.field.place.partition("/")[0].partition("[")[0]
