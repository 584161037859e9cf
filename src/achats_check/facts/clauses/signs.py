"""Signs: words of a subject in a sentence that asks something, which no form explains and no decoy excludes.

They prove nothing, and forbid to say that the pieces are silent: a clause may be written in words that nobody foresaw.
Everyday words count by several: beside one another (``Form.beside``) or weighed together (``graded``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from achats_check.facts.candidate import Candidate, NearMiss, Sought
from achats_check.facts.clauses.elsewhere import sent_with
from achats_check.facts.clauses.headings import Headings
from achats_check.facts.clauses.matching import Match, Search, in_reading_order
from achats_check.facts.clauses.other_contracts import FACTS, of_another_contract
from achats_check.facts.clauses.reach import CLAUSES, Reach
from achats_check.facts.clauses.resolving import is_context
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.lexicon_records import BLOCK, DECOY, SENTENCE, Entry
from achats_check.facts.text import Reading
from achats_check.model.fact import MARCHE
from achats_check.patterns import compiled

SIGN_READ = "parle du sujet en d'autres mots que ceux du lexique : à lire"
CLAUSE_UNREAD = "la clause est peut-être dite en d'autres mots que ceux du lexique : à lire"
_ADDRESSED = (
    r"\b(?:titulaires?|prestataires?|entreprises?|entrepreneurs?|fournisseurs?|attributaires?|cocontractants?"
    r"|delegataires?|concessionnaires?|exploitants?|mandataires?|societes?|intervenants?)\b"
    r"|\b(?:doi(?:t|vent)|devr(?:a|ont)|est tenue?|sont tenue?s|s'engagent?|m'engage|nous engageons|s'obligent?"
    r"|impos\w+|exig\w+|interdi\w+|proscri\w+)\b"
)
_ASKS = compiled(
    rf"{_ADDRESSED}|\b(?:est|sont|sera|seront|fera|feront|font|fait|marche|accord-cadre)\b"
    r"|\bpenalites?\b|\d ?(?:€|%|euros?\b|heures?\b|h\b|etp\b|postes?\b)|[:|\t]\s{0,3}\d"
    r"|\b(?:au moins|minimum|dues?|il convient|il y a lieu)\b"
    r"|^\W{0,4}(?:[a-z]{4,12}(?:er|ir)|[a-z]{2,8}(?:dre|ttre|aire|uire|ivre))\b"
    r"|\b(?:accueill|contribu|particip|reserv|emploie|employ|affect|mobilis|recrut|embauch|confi|consacr|intervi"
    r"|compt|compri|concern|benefici|inscrit|s'appliqu|respect|compos|associ|recour|garanti|propos|realis|execut"
    r"|effectu|assur|designe|opere)\w*"
    r"|\bpar (?:des|une?) (?:salarie|personne|structure|entreprise|association|equipe|agent)"
)
"""A sentence that asks names who must do, what is, will be or must be done, how much of it, or what it costs not to.

Or it starts with what is to be done ("embaucher deux jeunes"), or is the line of a table ("heures dues | 320").
"""
_SENTENCE_OPENS = compiled(
    r"[^a-z\d]*(?:l[ea]s?|l'|une?(?! (?:tiers|quart|moitie))|d[eu]s?|d'|ce|cet|cette|ces|cel\w+|ils?|elles?|on"
    r"|nous|en|dans|pour|selon|depuis|par"
    r"|au(?! (?:moins|plus|minimum|maximum))|aux|a"
    r"|pole|direction|bureau|cellule"
    r"|sur|si|s'|lors\w*|quand|chaque|tou(?:t|te|tes|s)|leurs?|notre|nos|son|sa|ses|cf|voir|vu|avec|comme|afin|suivant|suite)\b"
)
"""The first word of a sentence with a verb, or of the name of an office; a fragment of a list opens with what is asked:
"Bacs consignés"."""
_CHECKS = compiled(r"\b(?:controle|verifie|constate)(?:nt|ra|ront)?\b")
"""What a buyer checks, somebody must do."""
_BINDING = frozenset({"CCAP", "CCTP", "CCP"})
"""Pieces whose fragments bind who performs: those of a letter or of a notice describe."""
_LONGEST_FRAGMENT = 200
_WORD = compiled(r"[a-z]{2,}")
_FEWEST_WORDS = 3
"""Fewer words are a label, as those of a box to tick."""
_OF_ONESELF = compiled(
    r"\b(?:politiques?|demarches?|strategies?|philosophie|chartes?|labellisee?s?|(?<!en )priorites?|soucieu\w+)\b"
)
"""What a buyer says it does, unless it says in the same sentence what it asks."""
_ASKS_SOMEONE = compiled(_ADDRESSED)
_OF_AN_OFFER = compiled(
    r"\b(?:candidats?(?! (?:a l'(?:emploi|embauche|insertion|entreprise)|a un emploi"
    r"|aux? (?:postes?|entreprises?|titulaire)|en insertion))"
    r"|soumissionnaires?|candidatures?|(?:sous-)?criteres?|notation"
    r"|notee?s?(?! ?(?:\(\d|\d{1,2} ?[:.)]|:)"
    r"| (?:sur|dans|au) (?:l[ea]s? |une? )?(?:fiche|registre|carnet|journal|cahier|feuille)))\b"
    r"|\b(?:sensibles? a|souhaite(?:nt|rait)?|encourage(?:nt|ra)?|recherche(?:nt|ra)?(?! d'(?:un )?emploi)|favorisera"
    r"|invitee?s? a)\b"
)
"""Sentences about what a bidder is or says, or what a buyer would like, ask nothing of who performs."""
_IN_AN_OFFER = compiled(r"\b(?:memoire technique|offres?|attestations?)\b")
"""Papers where a bidder says it, unless who performs is held to it ("le titulaire emploie … promis dans son offre").
"""
_REMINDERS = {"environnement.renvoi_seul": "environnement.condition_execution"}
"""A reminder of what the law asks of everyone, and the clause it is no sign of."""
_GREEN = (
    "environnement.",
    "specifications.",
    "restauration.",
    "vehicules.",
    "numerique.",
    "construction.",
    "pneumatiques.",
)
"""What a contract says of the environment asks, whatever the verb: "les clôtures restent ouvertes à la faune"."""
_EXPRESS = 0.85
"""Confidence from which a denial sets the clause of the whole market aside."""
_OF_BIDDERS = (
    *("reservation.", "groupement.", "candidature.", "chiffre_affaires_", "variantes", "lots_candidature_precisee"),
    *("groupement_commandes", "clause_revoyure", "prix.", "ccag.", "concession."),
)
_OF_AWARD = ".critere"
"""A reservation, a grouping, a candidacy or a variant is about bidders, a criterion about offers, a price that changes
or a derogation about the contract itself: none asks who performs."""


def find_signs(
    reading: Reading,
    texts: Sequence[str],
    headings: Headings,
    reach: Reach,
    entries: Sequence[Entry],
    search: Search,
    results: Sequence[Candidate | NearMiss],
) -> Iterator[NearMiss]:
    """Yield an undecided near miss for each fact that no passage tells and that a sign leaves open.

    Args:
        reading: The document.
        texts: Folded text by block.
        headings: Titles above each block.
        reach: How far its clauses go.
        entries: Facts looked for in this piece.
        search: Its matches, signs, negations and decoys among them.
        results: What its passages say.
    """
    told = {result.name for result in results if isinstance(result, Candidate) and not _denies_of_a_lot(result)}
    sought = {entry.fact for entry in entries}
    open_facts = [fact for fact in search.signed() if fact in sought and fact not in told]
    first = (_first_sign(reading, texts, headings, reach, search, fact) for fact in open_facts)
    for match in in_reading_order(match for match in first if match is not None):
        left, right = sentence(texts[match.block], match.start, match.end)
        evidence = reading.evidence(reading.document.blocks[match.block], left, right)
        yield NearMiss(match.form.fact, evidence, SIGN_READ, undecided=True)
        yield from sent_with(match.form.fact, evidence, CLAUSE_UNREAD, entries, told)


def _denies_of_a_lot(result: Candidate) -> bool:
    """Tell whether a lot is said to have none: "les lots 1 et 2 ne sont pas réservés" is silent on the third."""
    return result.value == "aucune" and result.scope.kind == "lot"


def _first_sign(
    reading: Reading, texts: Sequence[str], headings: Headings, reach: Reach, search: Search, fact: str
) -> Match | None:
    """Return the first sign of a fact that stands in its place, asks something, and that nothing excludes."""
    for match in search.signs(fact):
        if (
            reach.in_place(match.form, match.block)
            and _accompanied(texts, match)
            and search.heavy(match)
            and _asks(reading, texts, headings, match)
            and not any(start < match.end and match.start < end for start, end in _silencing(texts, search, match))
        ):
            return match
    return None


def _silencing(texts: Sequence[str], search: Search, sign: Match) -> Iterator[tuple[int, int]]:
    """Yield the spans of its block that exclude a sign: negations, decoys, reminders of what the law asks anyway."""
    for match in search.excluding(sign.form.fact, 1 << sign.block):
        if not match.form.open:
            yield _extent(match, texts)
    for reminder, fact in _REMINDERS.items():
        if fact == sign.form.fact:
            yield from (_extent(match, texts) for match in search.of(reminder, 1 << sign.block))


def without_idle(found: Sequence[Candidate | NearMiss | Sought]) -> list[Candidate | NearMiss | Sought]:
    """Drop the details left open by a sign when the clause is read: it is written, or set aside in so many words.

    Args:
        found: What every piece of a dossier says. Details are looked for where a clause is written; one that the whole
            market sets aside has none.
    """
    clauses = [item for item in found if isinstance(item, Candidate) and item.name in CLAUSES]
    read = {_family(i.name) for i in clauses if i.value is True}
    denied = {_family(i.name) for i in clauses if i.value is False and i.scope == MARCHE and i.confidence >= _EXPRESS}
    settled = read | denied
    return [
        i for i in found if not (isinstance(i, NearMiss) and i.reason == CLAUSE_UNREAD and _family(i.name) in settled)
    ]


def _family(name: str) -> str:
    return name.partition(".")[0]


def _accompanied(texts: Sequence[str], match: Match) -> bool:
    """Tell whether the rest of its sentence holds the words beside which a sign counts, when it needs any.

    "Cartons" is in every delivery and "reprise" in every repair; a sentence that holds both may be a clause.
    """
    if not match.form.beside:
        return True
    text, beside = texts[match.block], compiled(match.form.beside)
    left, right = sentence(text, match.start, match.end)
    return (beside.search(text, left, match.start) or beside.search(text, match.end, right)) is not None


def _asks(reading: Reading, texts: Sequence[str], headings: Headings, match: Match) -> bool:
    """Tell whether the sentence of a sign asks something of who performs the contract."""
    text = texts[match.block]
    if is_context(headings.own(match.block)):
        return False
    if reading.document.blocks[match.block].kind == "title":
        return True
    left, right = sentence(text, match.start, match.end)
    told = text[left:right]
    if match.form.fact.startswith(FACTS) and of_another_contract(text, left, right, match.start, match.end):
        return False
    if match.form.fact.startswith(_OF_BIDDERS) or match.form.fact.endswith(_OF_AWARD):
        return True
    if _OF_AN_OFFER.search(told):
        return False
    if (_OF_ONESELF.search(told) or _IN_AN_OFFER.search(told)) and not _ASKS_SOMEONE.search(told):
        return False
    if (match.form.beside or match.form.weights or match.form.fact.startswith(_GREEN)) and reading.role in _BINDING:
        return True
    if match.form.sections != "" or _ASKS.search(told) or _CHECKS.search(told):
        return True
    return _is_fragment(reading, told)


def _is_fragment(reading: Reading, told: str) -> bool:
    """Tell whether a sentence is a fragment of a list of demands, which needs no verb to ask."""
    if reading.role not in _BINDING or len(told) > _LONGEST_FRAGMENT or len(_WORD.findall(told)) < _FEWEST_WORDS:
        return False
    return _SENTENCE_OPENS.match(told) is None


def _extent(match: Match, texts: Sequence[str]) -> tuple[int, int]:
    text = texts[match.block]
    if match.form.kind != DECOY or match.form.extent == SENTENCE:
        return sentence(text, match.start, match.end)
    return (0, len(text)) if match.form.extent == BLOCK else (match.start, match.end)
