"""One fact out of many passages, and the ledger of what was not found."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

from facts_builders import fact, naming, piece, read, terms, vocabulary
from hypothesis import given, settings
from hypothesis import strategies as st

from achats_check.facts.candidate import Candidate, Sought
from achats_check.facts.declared import merge_declared
from achats_check.facts.extract import extract
from achats_check.facts.ledger import sections
from achats_check.facts.reconcile import reconcile
from achats_check.facts.values import declared_facts
from achats_check.model.fact import MARCHE, Evidence, Fact, Location


def _candidate(name: str, value: object, role: str, confidence: float = 0.9) -> Candidate:
    quote = Evidence(f"{role}.pdf", role, f"passage {value}", Location(page=5, article="3.2", block=0))
    return Candidate(name, value, quote, confidence)  # type: ignore[arg-type]


def _settled(*candidates: Candidate) -> Fact:
    found = reconcile(candidates, (), vocabulary()).get(candidates[0].name)
    assert found is not None
    return found


def test_agreement_keeps_every_passage_and_gains_confidence() -> None:
    """Agreement keeps every passage and gains confidence."""
    found = _settled(_candidate("duree_mois", 36, "RC"), _candidate("duree_mois", 36, "CCAP"))
    assert found.status == "known"
    assert len(found.evidence) == 2
    assert found.confidence > 0.9


def test_a_clear_lead_in_confidence_wins_and_keeps_its_rival() -> None:
    """A clear lead in confidence wins and keeps its rival."""
    found = _settled(_candidate("duree_mois", 36, "RC", 0.95), _candidate("duree_mois", 48, "CCAP", 0.6))
    assert (found.value, [r.value for r in found.rivals]) == (36, [48])


def test_the_authority_wins_over_a_doubtful_rival() -> None:
    """The authority wins over a doubtful rival."""
    found = _settled(
        _candidate("variantes", "interdites", "AAPC", 0.8), _candidate("variantes", "autorisees", "CCTP", 0.75)
    )
    assert (found.status, found.value) == ("known", "interdites")


def test_two_sure_readings_that_differ_are_a_conflict() -> None:
    """Two sure readings that differ are a conflict."""
    found = _settled(_candidate("duree_mois", 36, "RC"), _candidate("duree_mois", 48, "CCAP"))
    assert (found.status, found.value) == ("conflict", None)
    assert set(found.candidates) == {36, 48}


def test_free_texts_never_contradict_one_another() -> None:
    """Free texts never contradict one another."""
    found = _settled(_candidate("objet", "Entretien", "RC"), _candidate("objet", "Entretien des parcs", "CCAP"))
    assert found.status == "known"
    assert not found.rivals


def test_lists_add_up() -> None:
    """Lists add up."""
    found = _settled(_candidate("cpv", ("77310000",), "RC"), _candidate("cpv", ("77340000", "77310000"), "AAPC"))
    assert found.value == ("77340000", "77310000") or found.value == ("77310000", "77340000")


def test_an_absence_needs_a_piece_of_each_group() -> None:
    """An absence needs a piece of each group."""
    sought = [Sought("procedure.profil_acheteur", ("profil d'acheteur",))]
    both = (piece("Avis", "AAPC"), piece("Règlement", "RC"))
    proven = reconcile(sought, both, vocabulary()).get("procedure.profil_acheteur")
    assert proven is not None
    assert (proven.status, proven.value) == ("absent", False)
    doubtful = reconcile(sought, both[:1], vocabulary()).get("procedure.profil_acheteur")
    assert doubtful is not None
    assert doubtful.status == "unknown"
    assert doubtful.search is not None
    assert doubtful.search.missing == ("RC",)
    assert doubtful.search.vocabulary == ("profil d'acheteur",)


def test_a_scanned_page_proves_nothing() -> None:
    """A scanned page proves nothing."""
    sought = [Sought("procedure.profil_acheteur", ("profil d'acheteur",))]
    scanned = (piece("Avis", "AAPC"), piece("Règlement", "RC", unread_pages=(2,)))
    found = reconcile(sought, scanned, vocabulary()).get("procedure.profil_acheteur")
    assert found is not None
    assert found.status == "unknown"


def test_what_nobody_looked_for_is_never_absent() -> None:
    """What nobody looked for is never absent."""
    found = reconcile([], (piece("Avis", "AAPC"), piece("Règlement", "RC")), vocabulary()).get(
        "procedure.profil_acheteur"
    )
    assert found is not None
    assert found.status == "unknown"


def test_a_reason_kept_by_the_buyer_is_only_absent_when_the_report_was_read() -> None:
    """A reason kept by the buyer is only absent when the report was read."""
    sought = [Sought("non_allotissement.motif", ("en raison",))]
    pieces = [piece("Avis", "AAPC"), piece("Règlement", "RC")]
    assert reconcile(sought, pieces, vocabulary()).get("non_allotissement.motif").status == "unknown"  # type: ignore[union-attr]
    pieces += [piece("Cahier", "CCP"), piece("Rapport", "RAPPORT")]
    assert reconcile(sought, pieces, vocabulary()).get("non_allotissement.motif").status == "absent"  # type: ignore[union-attr]


def test_the_ledger_says_where_it_looked() -> None:
    """The ledger says where it looked."""
    document = piece("# 1 Objet\nTexte\n# 14 Litiges\nTexte", "CCAP")
    assert sections([document]) == "art. 1 à 14, 4 paragraphes"
    assert sections([piece("Texte")]) == "1 paragraphe"


def test_a_joint_specification_is_searched_for_what_a_technical_one_says() -> None:
    """A CCP stands for the CCTP: what is looked for there was looked for, and nothing is said to miss."""
    name = "besoin.haute_performance_energetique"
    fact = reconcile([Sought(name, ("haute performance",))], [piece("Cahier", "CCP")], vocabulary()).get(name)
    assert fact is not None
    assert fact.search is not None
    assert (fact.search.pieces, fact.search.missing) == (("CCP",), ())


def test_a_declared_fact_outranks_what_was_read_and_says_so() -> None:
    """A declared fact outranks what was read and says so."""
    extracted = reconcile([_candidate("duree_mois", 48, "CCAP")], (), vocabulary())
    declared = declared_facts({"duree_mois": "36"}, vocabulary(), "--set")
    merged, notes = merge_declared(extracted, declared, vocabulary(), terms()["criteres"]["natures"])
    found = merged.get("duree_mois")
    assert found is not None
    assert (found.value, found.origin, [r.value for r in found.rivals]) == (36, "declared", [48])
    assert notes == ("duree_mois : déclaré 36 mois, lu 48 mois (CCAP, art. 3.2, p. 5)",)


def test_a_declaration_that_agrees_says_nothing() -> None:
    """A declaration that agrees says nothing."""
    extracted = reconcile([_candidate("valeur_estimee_ht", Decimal(90000), "RC")], (), vocabulary())
    declared = declared_facts({"valeur_estimee_ht": "90 000 €", "alloti": "oui"}, vocabulary(), "--set")
    assert merge_declared(extracted, declared, vocabulary(), terms()["criteres"]["natures"])[1] == ()


def test_notes_write_money_and_words_in_french() -> None:
    """Notes write money and words in French."""
    extracted = reconcile(
        [_candidate("valeur_estimee_ht", Decimal(1200000), "RC"), _candidate("alloti", False, "RC")], (), vocabulary()
    )
    declared = declared_facts({"valeur_estimee_ht": "90000,50", "alloti": "oui"}, vocabulary(), "--set")
    notes = merge_declared(extracted, declared, vocabulary(), terms()["criteres"]["natures"])[1]
    assert notes[0].startswith("valeur_estimee_ht : déclaré 90\u00a0000,50 € HT, lu 1\u00a0200\u00a0000 € HT")
    assert notes[1].startswith("alloti : déclaré oui, lu non")


_RC = """
# RÈGLEMENT DE LA CONSULTATION
Objet de la consultation : Entretien des espaces verts
La procédure de passation est : la procédure adaptée ouverte (article R. 2123-1).
L'accord-cadre est conclu pour une durée maximale de 4 ans, avec un montant maximum de 200 000 € HT.
Les prestations sont réparties en 2 lots :
Lot 1 : Tonte
Lot 2 : Taille
Les critères d'attribution sont les suivants : prix (60 %), valeur technique (40 %).
Variantes\tSans
"""


def test_every_quote_is_the_text_at_its_location() -> None:
    """Every quote is the text at its location."""
    document = piece(_RC, "AUTRE", "RC.docx")
    documents, facts = extract([document], vocabulary(), naming(), terms(), None)
    assert documents[0].role == "RC"
    quotes = [e for f in facts for e in (*f.evidence, *f.rivals, *((f.search.nearest,) if f.search else ())) if e]
    assert len(quotes) > 10
    for evidence in quotes:
        at = evidence.location
        assert at.block is not None
        assert evidence.quote == document.blocks[at.block].text[at.start : at.end]


_WORDS = st.sampled_from(
    [*_RC.split(), "\t", "\n", "Lot 3 :", "20 %", "(", ")", "CPV", "45112500-0", "reconduit 3 fois", "TTC", "12 mois",
     "critères", "pondération", "sans objet", "1 - ", "2.1", "montant maximum", "€", "№", "ﬁ", "İ", "1er janvier 2026"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_WORDS, max_size=60))
def test_no_document_makes_the_extraction_raise(words: list[str]) -> None:
    """No document makes the extraction raise."""
    document = piece(" ".join(words), "RC")
    for found in extract([document], vocabulary(), naming(), terms(), None)[1]:
        for evidence in (*found.evidence, *found.rivals):
            at = evidence.location
            assert at.block is not None
            assert evidence.quote == document.blocks[at.block].text[at.start : at.end]


def test_nothing_read_is_nothing_known() -> None:
    """Nothing read is nothing known."""
    facts = read()
    assert all(f.status == "unknown" for f in facts)
    assert fact("Texte", "objet").scope == MARCHE


def _criteria(role: str, *weights: tuple[str, int, str], confidence: float = 0.95) -> Candidate:
    value = tuple({"nom": name, "poids": Decimal(weight), "nature": nature} for name, weight, nature in weights)
    return _candidate("criteres", value, role, confidence)


_PRICE_FIRST = (("Prix", 60, "prix"), ("Valeur technique", 40, "technique"))


def test_criteria_that_swap_their_weights_are_a_conflict() -> None:
    """The same weights on other criteria are not the same criteria."""
    swapped = (("Prix", 40, "prix"), ("Valeur technique", 60, "technique"))
    found = _settled(_criteria("AAPC", *_PRICE_FIRST), _criteria("RC", *swapped))
    assert found.status == "conflict"
    assert len(found.candidates) == 2


def test_criteria_under_other_names_and_in_another_order_agree() -> None:
    """Each piece names and sorts the criteria its own way."""
    renamed = (("Qualité du mémoire", 40, "technique"), ("Montant de l'offre", 60, "prix"))
    found = _settled(_criteria("AAPC", *_PRICE_FIRST), _criteria("RC", *renamed))
    assert (found.status, len(found.evidence)) == ("known", 2)


def test_a_criterion_of_unknown_nature_contradicts_nothing() -> None:
    """ "Autre" may be any criterion, and a name cut short is the same one."""
    vague = (("Critère 1", 60, "autre"), ("Critère 2", 40, "autre"))
    assert _settled(_criteria("AAPC", *_PRICE_FIRST), _criteria("RC", *vague)).status == "known"
    longer = (("Prix", 60, "prix"), ("Valeur technique, au regard du planning", 40, "delai"))
    assert _settled(_criteria("AAPC", *_PRICE_FIRST), _criteria("RC", *longer)).status == "known"
    whole_cost = (("Coût global", 60, "cout"), ("Valeur technique", 40, "technique"))
    assert _settled(_criteria("AAPC", *_PRICE_FIRST), _criteria("RC", *whole_cost)).status == "known"


def test_a_vague_piece_does_not_reconcile_two_that_disagree() -> None:
    """Two pieces that contradict each other still do when a third, vague, agrees with both."""
    vague = (("A", 50, "autre"), ("B", 50, "autre"))
    technical = (("Prix", 50, "prix"), ("Valeur technique", 50, "technique"))
    green = (("Prix", 50, "prix"), ("Environnement", 50, "environnemental"))
    found = _settled(_criteria("AAPC", *vague), _criteria("RC", *technical), _criteria("CCP", *green))
    assert found.status == "conflict"


def test_thousands_of_lists_of_criteria_are_settled_in_no_time() -> None:
    """A text that repeats itself is bounded, and the surest lists still decide."""
    noise = [
        _criteria("RC", (f"Prix {n}", 60, "prix"), (f"Note {n}", 40, "autre"), confidence=0.5) for n in range(9000)
    ]
    started = process_time()
    found = _settled(*noise, _criteria("AAPC", *_PRICE_FIRST))
    assert process_time() - started < 2
    assert (found.status, found.confidence >= 0.95) == ("known", True)


def test_declared_criteria_without_nature_are_told_by_their_names() -> None:
    """A description gives names and weights only: the weights swapped are still seen."""
    extracted = reconcile([_criteria("RC", *_PRICE_FIRST)], (), vocabulary())
    same = [{"nom": "Technique", "poids": 40}, {"nom": "Prix des prestations", "poids": 60}]
    swapped = [{"nom": "Technique", "poids": 60}, {"nom": "Prix", "poids": 40}]
    for criteria, notes in ((same, 0), (swapped, 1)):
        declared = declared_facts({"criteres": criteria}, vocabulary(), "--set")
        assert len(merge_declared(extracted, declared, vocabulary(), terms()["criteres"]["natures"])[1]) == notes


def test_a_piece_cut_at_a_limit_proves_nothing() -> None:
    """What a reader left out under a limit may hold what was looked for."""
    sought = [Sought("procedure.profil_acheteur", ("profil d'acheteur",))]
    cut = (piece("Avis", "AAPC"), piece("Règlement", "RC", truncated=True))
    found = reconcile(sought, cut, vocabulary()).get("procedure.profil_acheteur")
    assert found is not None
    assert found.status == "unknown"
    assert found.search is not None
    assert found.search.missing == ("RC",)


def test_a_whole_piece_does_not_vouch_for_one_of_its_role_read_in_part() -> None:
    """Two pieces of one role: what is nowhere in the first may be in what is missing of the second."""
    sought = [Sought("procedure.profil_acheteur", ("profil d'acheteur",))]
    for change in ({"truncated": True}, {"unread_pages": (3,)}):
        pieces = (piece("Avis", "AAPC"), piece("Règlement", "RC"), piece("Suite", "RC", "RC2.docx", **change))
        found = reconcile(sought, pieces, vocabulary()).get("procedure.profil_acheteur")
        assert found is not None
        assert (found.status, found.search and found.search.missing) == ("unknown", ("RC",))


def test_no_word_of_a_warning_decides_what_was_read() -> None:
    """A warning is for people: only what the reader says it left out counts."""
    sought = [Sought("procedure.profil_acheteur", ("profil d'acheteur",))]
    pieces = (piece("Avis", "AAPC"), piece("Règlement", "RC", warnings=("mise en forme partielle",)))
    found = reconcile(sought, pieces, vocabulary()).get("procedure.profil_acheteur")
    assert found is not None
    assert found.status == "absent"
