"""One pattern of the lexicon, and what it says of one fact: plain tuples, that ``marshal`` can write."""

from typing import NamedTuple, TypeAlias

from achats_check.facts.announcing import Words

FORM, NEGATION, DECOY, SIGN = "forme", "negation", "leurre", "signe"
PASSAGE, SENTENCE, BLOCK = "passage", "phrase", "bloc"
Weights: TypeAlias = tuple[tuple[str, int, bool], ...]
"""Words of a subject, what each weighs, and whether it only names a thing."""


class Form(NamedTuple):
    """One pattern, with what a match of it means."""

    fact: str
    """Name of the fact."""
    kind: str
    """FORM, NEGATION, DECOY or SIGN: words of the subject, which prove nothing and forbid to say "absent"."""
    pattern: str
    """Regular expression on the folded text of one block."""
    words: Words
    """What every match holds (see ``announcing``): only the blocks that hold it are searched."""
    value: str | bool | int | None = None
    """The value a match gives; None for a decoy, or when it is read in the match."""
    reading: str = ""
    """How the group ``valeur`` is read: "nombre", "pourcent", "part", "entier", "montant", "articles" or ""."""
    confidence: float = 0.9
    """Share of such matches expected to be right."""
    sections: str = ""
    """Regular expression on the folded heading of the block, or ""."""
    sections_required: bool = False
    """Without such a heading the match does not count; else the heading only strengthens it."""
    pieces: tuple[str, ...] = ()
    """Roles where the match counts; () for those of the fact."""
    extent: str = PASSAGE
    """For a decoy: what it silences around it: PASSAGE, SENTENCE or BLOCK."""
    whole_sentence: bool = True
    """The quote is the sentence around the match rather than the match."""
    also: tuple[str, ...] = ()
    """Other facts that take the same value from the same passage."""
    reason: str = ""
    """For a decoy: why it does not count, in French."""
    silent: bool = False
    """For a decoy: too far from the fact to be shown as its nearest passage."""
    open: bool = False
    """For a decoy: it is no clause, and the subject is dealt with all the same (it is what is bought)."""
    forms_only: bool = False
    """For a decoy: it silences what asserts the fact, and not what denies it in as many words."""
    beside: str = ""
    """Regular expression that the paragraph must hold too, and for a sign the rest of its sentence; "" for none."""
    weights: Weights = ()
    """For a sign: the words of the subject. Without a pattern, a sentence where they weigh enough is one."""
    least: int = 0
    """For a sign with a pattern: what the words of the subject in its sentence weigh at least; 0 for no matter."""


class Entry(NamedTuple):
    """What the lexicon says of one fact beside its patterns."""

    fact: str
    words: tuple[str, ...]
    """Words told to people when nothing was found."""
    pieces: tuple[str, ...] = ()
    """Roles where the fact is looked for; () for all."""
    by_lot: bool = False
    """A lot may have a value of its own."""
    single: bool = False
    """One value at most in a sentence: the surest form wins (enumerations)."""
    contrary: bool = False
    """A negated form gives False; else it gives nothing."""
    labels: str = ""
    """Regular expression of the labels of a summary box ("clauses sociales"), or ""."""
    label_words: Words = ()
    """What every label holds, as the ``words`` of a form."""
    titles: str = ""
    """Regular expression of the titles of articles that hold the fact, or ""."""
    title_words: Words = ()
    """What every such title holds."""
    label_confidence: float = 0.9
    title_confidence: float = 0.85
    neutral: str = ""
    """For criteria: regular expression of the names known to be about price, technique, delay…, or ""."""
    mixed: str = ""
    """For criteria: regular expression of the names that are green and social at once, or ""."""
