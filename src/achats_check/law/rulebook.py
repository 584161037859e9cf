"""Everything the law wing reads from the rules folder, ready to evaluate."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from achats_check.model.rule import Parameter, Rule
from achats_check.vocabulary import Vocabulary


class Sources(NamedTuple):
    """What ``references.yaml`` says of the texts and of the source documents."""

    settled_on: date
    """Day the legal file was settled."""
    blind_since: date
    """First day whose texts were not read again: what was published since may have changed the law."""
    blind_reserve: str
    """French sentence to show for a consultation launched from that day on."""
    early_until: date
    """First day whose law is encoded as a whole; of what was in force before, only a part is."""
    early_reserve: str
    """French sentence to show for a consultation launched before that day."""
    documents: Mapping[str, str]
    """Title of each source document, by key."""

    def reserve_on(self, day: date) -> str:
        """Return the reserve on the law of a day, "" when every text in force that day was read and encoded."""
        if day < self.early_until:
            return self.early_reserve
        return self.blind_reserve if day >= self.blind_since else ""


class Rulebook(NamedTuple):
    """Rules, parameters and lists, with the vocabulary they speak."""

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    lists: Mapping[str, Any]
    """Named lists of ``listes.yaml``: a list of texts, or a mapping for the structured ones."""
    sources: Sources
    rules: tuple[Rule, ...]
    lexicon: Any
    """Wording of the facts, in plain form (see ``facts.lexicon``)."""
    naming: Any
    """How pieces are named, in plain form (see ``facts.roles.naming``)."""
    terms: Any
    """What says the structured facts, in plain form (see ``facts.terms``)."""
    notices: tuple[Any, ...]
    """Fields of the notices, in plain form (see ``facts.notices.tables``)."""
    fingerprint: str
    """First characters of the hash of every rule file and pack."""

    @property
    def version(self) -> str:
        """Day of the legal file and fingerprint of the rules: "2026-11-21+3f9a1c"."""
        return f"{self.sources.settled_on.isoformat()}+{self.fingerprint}"

    def rule(self, rule_id: str) -> Rule | None:
        """Return the rule of that identifier, or None."""
        return next((rule for rule in self.rules if rule.id == rule_id), None)
