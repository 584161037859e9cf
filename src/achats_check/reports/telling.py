"""What a report for people says of a rule: sentences in order, each with what it is.

Whoever draws them, on a terminal or on a page, wraps or marks them up, and writes none of its own.
"""

from typing import NamedTuple

from achats_check.model.fact import Evidence
from achats_check.model.finding import (
    A_VERIFIER,
    CONFORME,
    OPPORTUNITE,
    RESPECT,
    SANS_OBJET,
    Finding,
    one_suffices,
    some_go_together,
)
from achats_check.reports.citing import kit_citations, law_citations, nearest_lines, passage, quoted, search_lines
from achats_check.reports.piece_words import pieces_with_article
from achats_check.reports.sections import Entry, Section
from achats_check.reports.wording import lot_label, severity_label
from achats_check.vocabulary import FactSpec, Vocabulary
from achats_check.wording import format_location

MESSAGE, QUOTE, GROUND, LAW, KIT = "message", "quote", "ground", "law", "kit"
RESERVE, REMEDY = "reserve", "remedy"
"""What a sentence is: what was found; a passage of the tender; where it was looked for or what is missing; the law
and the source documents; a reserve on the law; what to do."""
_QUOTES = 2
_SIDES = 4
"""Passages shown when each tells a part: a side of a comparison, an organ of a clause."""
_MADE_OF_PARTS = ("coherence", "bonne_pratique")
_LOTS = 3
_KIT_PASSAGES = 2
_LABELS = 3


class Said(NamedTuple):
    """A sentence of a report."""

    kind: str
    """MESSAGE, QUOTE, GROUND, LAW, KIT, RESERVE or REMEDY."""
    text: str
    evidence: Evidence | None = None
    """The passage that a QUOTE quotes, maybe shortened."""


class Teller:
    """Says what there is to say of each entry, given how much is unfolded."""

    def __init__(self, vocabulary: Vocabulary, *, everything: bool, told: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._everything = everything
        self._told = told
        """Reserves that the head of the report says once for all."""

    def groups(self, section: Section) -> list[tuple[Entry, ...]]:
        """Return the entries of a section, those that wait for the same thing together unless all is unfolded."""
        return [(entry,) for entry in section.entries] if self._everything else _waiting_together(section.entries)

    def group(self, section: Section, entries: tuple[Entry, ...]) -> list[Said]:
        """Say, under the titles of entries that wait for the same thing, what is missing, once."""
        if len(entries) == 1:
            return self._entry(section, entries[0])
        law = dict.fromkeys(text for entry in entries for text in self._law(entry.first).split(" ; "))
        return self._awaiting(entries[0], " ; ".join(law))

    def _entry(self, section: Section, entry: Entry) -> list[Said]:
        finding = entry.first
        if section.key in ("sans_objet", "en_attente"):
            return []
        if not self._everything and _waits_for_a_piece(finding):
            return self._awaiting(entry, self._law(finding))
        said = self._messages(entry) + self._grounds(finding) + self._citations(finding)
        if finding.reserve and finding.reserve not in self._told:
            said.append(Said(RESERVE, f"Réserve : {finding.reserve}"))
        if finding.remedy and finding.verdict not in (CONFORME, SANS_OBJET):
            said.append(Said(REMEDY, finding.remedy))
        return said

    def _messages(self, entry: Entry) -> list[Said]:
        """Say what was found; once when every lot says the same, else lot by lot."""
        if len({f.message for f in entry.findings}) == 1:
            quotes = _SIDES if entry.first.nature in _MADE_OF_PARTS else _QUOTES
            return self._message(entry.findings, len(entry.first.evidence) if self._everything else quotes)
        said: list[Said] = []
        shown = entry.findings if self._everything else entry.findings[:_LOTS]
        for finding in shown:
            said += self._message((finding,), 1)
        if hidden := entry.findings[len(shown) :]:
            said.append(Said(MESSAGE, f"De même : {lot_label(hidden).lower()}."))
        return said

    def _message(self, findings: tuple[Finding, ...], quotes: int) -> list[Said]:
        label, finding = lot_label(findings), findings[0]
        message = _in_a_sentence(finding.message) if label else finding.message
        text = " : ".join(part for part in (label, message) if part)
        said = [Said(MESSAGE, text)] if text else []
        for evidence in _distinct(finding.evidence)[:quotes]:
            if quoted(evidence.quote) in finding.message:
                continue  # the message quotes it, and says where it stands
            said.append(Said(QUOTE, passage(evidence), evidence))
        return said

    def _grounds(self, finding: Finding) -> list[Said]:
        """Prove the absence, or say what is missing and which piece would tell."""
        lines = []
        if finding.search is not None:
            words = None if self._everything else 0 if finding.verdict == OPPORTUNITE else 8
            lines += search_lines(finding.search, words, missing=not finding.missing_pieces)
        if finding.verdict == A_VERIFIER and finding.missing_facts:
            lines.append(self._missing(finding))
        elif finding.missing_pieces:
            lines.append(f"À lire aussi : {pieces_with_article(finding.missing_pieces)}.")
        return [Said(GROUND, line) for line in lines]

    def _awaiting(self, entry: Entry, law: str) -> list[Said]:
        """Say in short what is missing, of which lots, where it was sought in vain, what came closest there."""
        groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Finding]] = {}
        for finding in entry.findings:
            groups.setdefault((finding.missing_facts, finding.missing_pieces), []).append(finding)
        return [said for group in groups.values() for said in self._awaited(group[0], lot_label(tuple(group)), law)]

    def _awaited(self, finding: Finding, lots: str, law: str) -> list[Said]:
        search = finding.search if len(finding.missing_facts) == 1 else None
        # A role still asked for was read in part only, as the CCTP of some lots: to say both would puzzle.
        read = tuple(role for role in search.pieces if role not in finding.missing_pieces) if search else ()
        sought = f"cherché sans succès dans {pieces_with_article(read, 'et')}" if read else ""
        missing = self._missing(finding)
        missing = f"{lots} : {missing[0].lower()}{missing[1:]}" if lots else missing
        told = " — ".join(filter(None, (missing, sought, law)))
        return [Said(GROUND, text) for text in (told, *nearest_lines(search))]

    def _missing(self, finding: Finding) -> str:
        names = finding.missing_facts
        labels = [self._vocabulary[n].label if n in self._vocabulary else n for n in names]
        several, together = one_suffices(finding.trace), some_go_together(finding.trace)
        long = together or len(labels) > _LABELS
        own_words = several and long and not any(label in finding.message for label in labels)
        if not self._everything and len(labels) > _LABELS + 1:
            others = f"{'ou' if several else 'et'} {len(labels) - _LABELS} autres"
            labels = [*labels[:_LABELS], others]
        alone = [] if together else names  # which of them would do alone is told by no list
        settable = [n for n in alone if n not in self._vocabulary or _settable(self._vocabulary[n])]
        begun = finding.search.pieces if finding.search else ()  # as the CCTP of some lots only
        asked = pieces_with_article(finding.missing_pieces, begun=begun)
        ways = [f"à lire dans {asked}"] if asked else []
        ways += [f"--set {name}={self._example(name)}" for name in settable[:1]]
        told = f" ({', ou '.join(ways)})" if ways else ""
        if own_words and not self._everything:  # the rule says in a sentence what a list of ways would not
            return f"{finding.message.rstrip('.')}{told}"
        among = "Il manque, parmi ces points" if together else "Il manque l'un de ces points"
        return f"{among if several and len(labels) > 1 else 'Il manque'} : {' ; '.join(labels)}{told}"

    def _example(self, name: str) -> str:
        return self._vocabulary[name].example if name in self._vocabulary else "…"

    def _citations(self, finding: Finding) -> list[Said]:
        differing = [use.kit_text for use in finding.parameters if use.kit_text]
        kit = kit_citations(finding.references)
        shown = kit if self._everything else kit[:_KIT_PASSAGES]
        if hidden := len(kit) - len(shown):
            shown = [*shown[:-1], f"{shown[-1]} (et {hidden} {'autres passages' if hidden > 1 else 'autre passage'})"]
        law = [Said(LAW, text) for text in law_citations(finding.references)]
        return law + [Said(KIT, text) for text in (*shown, *dict.fromkeys(differing))]

    def _law(self, finding: Finding) -> str:
        return " ; ".join(dict.fromkeys(ref.text for ref in finding.references if ref.kind == "droit"))


def weight(finding: Finding) -> str:
    """Return what tells how much a finding weighs: "majeure", "intérêt fort"; "" out of scope."""
    return "" if finding.verdict == SANS_OBJET else severity_label(finding.nature, finding.severity)


def _in_a_sentence(message: str) -> str:
    """Put the first letter in small, after "Lot 2 :"; initials keep theirs."""
    return message[:1].lower() + message[1:] if message[1:2].islower() or message[1:2] == "'" else message


def _settable(spec: FactSpec) -> bool:
    """Say whether a value fits on a command line: a list of records does not."""
    return not spec.derived and spec.item != "champs"


def _waits_for_a_piece(finding: Finding) -> bool:
    """Say whether nothing can be said before another piece is read: two lines are then enough."""
    return finding.verdict == A_VERIFIER and finding.doubt == RESPECT and bool(finding.missing_pieces)


def _waiting_together(entries: tuple[Entry, ...]) -> list[tuple[Entry, ...]]:
    """Put together the entries that wait for the same thing: three rules on criteria ask for them once.

    Where one of several points would do, a rule also waits with those that ask for one of them.
    """
    groups: list[tuple[Entry, ...]] = []
    for entry in entries:
        rank = next((rank for rank, group in enumerate(groups) if _waits_with(group[0], entry)), None)
        if rank is None:
            groups.append((entry,))
        else:
            groups[rank] = (*groups[rank], entry)
    return groups


def _waits_with(lead: Entry, entry: Entry) -> bool:
    if not all(_waits_for_a_piece(f) and len(f.missing_facts) <= _LABELS for f in (*lead.findings, *entry.findings)):
        return False
    asked, other = _asked(lead), _asked(entry)
    same_place = len(asked) == len(other) == 1 and lot_label(lead.findings) == lot_label(entry.findings)
    if not same_place or lead.first.missing_pieces != entry.first.missing_pieces:
        return False
    names, others = set(lead.first.missing_facts), set(entry.first.missing_facts)
    return names == others or (names < others and one_suffices(entry.first.trace))


def _asked(entry: Entry) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    return {(f.missing_facts, f.missing_pieces) for f in entry.findings}


def _distinct(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    return list({(format_location(e), e.quote): e for e in evidence}.values())
