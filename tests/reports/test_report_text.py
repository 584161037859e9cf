"""The report a buyer reads in a terminal."""

from __future__ import annotations

import re
import time

import pytest
import report_builders as b

from achats_check.model.fact import ABSENT, ACHETEUR, MARCHE, Fact, FactSet, Scope
from achats_check.model.finding import TraceNode, one_suffices, some_go_together
from achats_check.model.report import InputPiece, LawDay, Resolution
from achats_check.reports.layout import wrap
from achats_check.reports.text import render_summary_line, render_text
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(rules_root())
WIDTHS = (40, 50, 60, 80, 120)


def draw(report: b.Report, width: int = 100, **options: bool) -> str:
    """Draw a report with the shipped vocabulary."""
    return render_text(report, VOCABULARY, width=width, **options)


def full() -> b.Report:
    """Make a report with something in every section."""
    return b.report(resolutions=b.resolutions(), not_run=(("portefeuille-part", "aucun portefeuille décrit"),))


def test_the_head_names_the_purchase_and_the_law() -> None:
    """Object, type, value, duration, lots, procedure; then the day of the law."""
    head = re.sub(r"\s", " ", draw(full(), 200).split("\n\n")[0])
    assert "Entretien des espaces verts des lycées — services, 320 000 € HT, 48 mois, 4 lots, " in head
    assert "4 lots, appel d'offres ouvert" in head
    assert "Droit appliqué : 1er octobre 2026 (date de lancement déclarée) · 39 règles" in head
    assert "pièce lue : CCAP ; non fournie : RC" in head


def test_the_head_says_what_is_no_ordinary_contract() -> None:
    """A concession is named; a « marché » is what people expect."""
    facts = [Fact("objet", MARCHE, "Petit train", "known"), Fact("type", MARCHE, "services", "known")]
    ordinary, concession = (Fact("contrat", MARCHE, kind, "known") for kind in ("marche", "concession"))
    assert draw(b.report(facts=FactSet([*facts, ordinary]))).split("\n")[0] == "Petit train — services"
    assert draw(b.report(facts=FactSet([*facts, concession]))).split("\n")[0] == "Petit train — concession, services"
    both = FactSet([*facts, concession, Fact("forme", MARCHE, "concession", "known")])
    assert draw(b.report(facts=both)).split("\n")[0] == "Petit train — concession, services"
    framework = Fact("forme", MARCHE, "accord_cadre", "known")
    assert draw(b.report(facts=FactSet([*facts, framework]))).split("\n")[0] == "Petit train — services, accord-cadre"


def test_a_notice_of_award_is_not_taken_for_the_call() -> None:
    """« pièce lue : avis ; non fournies : AAPC » puzzled: a notice had been given."""
    piece = InputPiece("avis.xml", "eforms", "AVIS", None, "read")
    head = re.sub(r"\s", " ", draw(b.report(inputs=(piece,)), 200).split("\n\n")[0])
    assert "pièce lue : avis autre que l'AAPC" in head


def test_a_report_without_facts_still_has_a_head() -> None:
    """Nothing known, nothing invented."""
    bare = b.report(b.finding("r", "sans_objet"), facts=FactSet(), inputs=(), law_day=LawDay(b.LAW_DAY, "assumed"))
    text = draw(bare)
    assert text.startswith("Objet du marché inconnu\n")
    assert "(jour supposé)" in text
    assert "aucune pièce lue" in text
    assert "Aucune non-conformité établie." in text


def test_the_piece_of_one_lot_names_it() -> None:
    """The CCTP of lot 5 does not make a market of one lot."""
    title = Fact("objet", Scope("lot", "5"), "Électricité", "known")
    head = draw(b.report(facts=FactSet([title], ("5",)))).split("\n")[0]
    assert head.endswith("— lot\u00a05")
    only = FactSet([title._replace(scope=Scope("lot", "1"))], ("1",))
    assert draw(b.report(facts=only)).split("\n")[0].endswith("— 1\u00a0lot")


def test_sections_come_in_the_order_people_act() -> None:
    """Faults, then justifications, signs, levers, doubts, what to tell, counts."""
    text = draw(full())
    titles = ["NON CONFORME (1)", "À JUSTIFIER (1)", "À EXAMINER (1)", "OPPORTUNITÉS (12)", "À VÉRIFIER (1)"]
    places = [text.index(title) for title in [*titles, "À PRÉCISER", "CONFORME 3 · SANS OBJET 5"]]
    assert places == sorted(places)


def test_a_finding_gives_proof_law_kit_and_remedy() -> None:
    """What, where with the words of the tender, the law, what the kit said, what to do."""
    text = re.sub(r"[\s]+", " ", draw(full()))
    assert "✗ Avance due aux petites entreprises inférieure au minimum avance-taux-pme · majeure" in text
    assert "CCAP, art. 6.2, p. 4 : « Le titulaire reçoit une avance de 5 % du montant initial du marché. »" in text
    assert "CCP, art. R2191-7, en vigueur depuis le 22/08/2026, vérifié le 23/08/2026" in text
    assert "5 % ; au jour du droit appliqué : 10 %" in text
    assert "→ Porter l'avance à 10 % au moins." in text


def test_an_absence_is_proven() -> None:
    """Where it was looked for, with which words, and what came closest."""
    text = re.sub(r"\s+", " ", draw(full()))
    assert "Cherché dans : CCAP et AE, art. 1 à 14, 212 paragraphes (vocabulaire : insertion," in text
    assert "Au plus près : CCAP, art. 9, p. 6 : « Les travaux favorisent" in text
    assert "(insertion au sens urbain)" in text


def test_a_missing_fact_says_who_would_tell() -> None:
    """The label, the piece to read, the option to declare it."""
    text = re.sub(r"\s+", " ", draw(full()))
    assert "Il manque : critère environnemental (à lire dans le RC, ou --set environnement.critere=oui|non)" in text


def test_a_missing_fact_says_where_it_was_sought() -> None:
    """The piece that was read and says nothing of it, and what came closest there; of one fact only."""
    sought = b.finding(
        "critere-environnemental",
        "a_verifier",
        doubt="respect",
        missing_facts=("environnement.critere",),
        missing_pieces=("AAPC",),
        search=b.absence()._replace(pieces=("RC", "CCAP")),
    )
    text = re.sub(r"\s+", " ", draw(b.report(sought)))
    assert "environnement.critere=oui|non) — cherché sans succès dans le RC et le CCAP" in text
    assert "Au plus près : CCAP, art. 9, p. 6 : « Les travaux favorisent" in text
    partly = sought._replace(missing_pieces=("CCAP",))
    assert "cherché sans succès dans le RC —" in re.sub(
        r"\s+", " ", draw(b.report(partly._replace(references=(b.law(),))))
    )
    several = sought._replace(missing_facts=("environnement.critere", "criteres"))
    assert "cherché sans succès" not in draw(b.report(several))


def test_a_missing_fact_that_another_may_replace_is_one_way_among_others() -> None:
    """A reader must not bring them all: a choice is said to be one, and what is left unnamed is counted."""
    ways = ("besoin.developpement_durable", "environnement.specification", "social.condition_execution")
    more = (*ways, "environnement.condition_execution", "social.objet_ou_specification")
    leaves = tuple(TraceNode("egal", None, name, None, "unknown") for name in more)
    doubt = b.finding(
        "besoin",
        "a_verifier",
        doubt="respect",
        message="Ne permet pas de conclure : condition d'exécution sociale à préciser.",
        missing_facts=more,
        missing_pieces=("CCTP",),
        trace=(TraceNode("egal", True, "type"), TraceNode("un_des", None, children=leaves)),
    )
    text = re.sub(r"\s+", " ", draw(b.report(doubt)))
    assert "Il manque l'un de ces points : besoin défini" in text
    assert "condition d'exécution sociale ; ou 2 autres (à lire dans le CCTP" in text
    said = doubt._replace(message="Une clause ou une exigence est à trouver.")
    assert "  Une clause ou une exigence est à trouver (à lire dans le CCTP, ou" in draw(b.report(said))
    together = doubt._replace(trace=(TraceNode("tous", None, children=leaves),))
    assert "Il manque : besoin défini" in re.sub(r"\s+", " ", draw(b.report(together)))
    assert "condition d'exécution sociale ; et 2 autres (" in re.sub(r"\s+", " ", draw(b.report(together)))


def test_points_that_go_together_are_no_ways_of_their_own() -> None:
    """Weights, or an order and the reason for it: neither the order nor the reason would do alone."""
    order, reason = "criteres.hierarchises", "criteres.ponderation_impossible"
    pair = TraceNode("tous", None, children=tuple(TraceNode("egal", None, name) for name in (order, reason)))
    choice = TraceNode("un_des", None, children=(TraceNode("egal", None, "criteres.ponderes"), pair))
    doubt = b.finding(
        "criteres-ponderes",
        "a_verifier",
        doubt="respect",
        message="Aucun poids n'a été établi.",
        missing_facts=("criteres", order, reason),
        missing_pieces=("RC",),
        trace=(choice,),
    )
    short = re.sub(r"\s+", " ", draw(b.report(doubt)))
    assert "Aucun poids n'a été établi (à lire dans le RC)" in short
    assert order not in short
    whole = re.sub(r"\s+", " ", draw(b.report(doubt), everything=True))
    assert "Il manque, parmi ces points : critères d'attribution ; " in whole


def test_a_choice_under_what_is_settled_is_still_a_choice() -> None:
    """Thirty days are not there; fifteen are, and either of two reasons makes them enough."""
    reasons = tuple(TraceNode("egal", None, name) for name in ("urgence", "avis.preinformation"))
    kept = TraceNode("tous", None, children=(TraceNode("au_moins", True), TraceNode("un_des", None, children=reasons)))
    trace = (TraceNode("un_des", None, children=(TraceNode("au_moins", False), kept)),)
    assert one_suffices(trace)
    assert not some_go_together(trace)


def test_two_questions_on_one_fact_are_one_way() -> None:
    """A reason that is there, and that is not "none": whoever gives it answers both."""
    asked = tuple(TraceNode(verb, None, "non_allotissement.motif") for verb in ("present", "different"))
    ways = (TraceNode("tous", None, children=asked), TraceNode("egal", None, "prestations_distinctes"))
    assert not some_go_together((TraceNode("un_des", None, children=ways),))


def test_a_missing_fact_of_some_lots_names_them() -> None:
    """The criteria of lot 1 are missing, those of lot 2 are read: the report says of which lot."""
    waits = b.finding(
        "criteres-annonces",
        "a_verifier",
        doubt="respect",
        missing_facts=("criteres",),
        missing_pieces=("RC",),
        scope=Scope("lot", "1"),
    )
    assert "Lot\u00a01 : il manque : critères d'attribution (à lire dans le RC)" in draw(b.report(waits), 200)
    other = waits._replace(scope=Scope("lot", "3"), missing_facts=("environnement.critere",))
    text = draw(b.report(waits, waits._replace(scope=Scope("lot", "2")), other), 200)
    assert "Lots\u00a01 et 2 : il manque : critères d'attribution" in text
    assert "Lot\u00a03 : il manque : critère environnemental" in text


def test_levers_are_ranked_and_folded() -> None:
    """Five in full, the others named on one line."""
    text = draw(full())
    ranks = [int(n) for n in re.findall(r"◇ Réserver la prestation n° (\d+)", text)]
    assert ranks == [1, 2, 3, 4, 5]
    assert "et 7 autres leviers :" in text
    assert "et 7 autres leviers" not in draw(full(), everything=True)


@pytest.mark.parametrize(
    ("rules", "settled", "said"),
    [
        (3, 0, "ferait avancer 3\u00a0règles"),
        (3, 3, "trancherait 3\u00a0règles"),
        (3, 1, "trancherait 1\u00a0règle et en ferait avancer 2 autres"),
        (2, 1, "trancherait 1\u00a0règle et en ferait avancer une autre"),
    ],
)
def test_what_would_settle_is_told_apart_from_what_would_help(rules: int, settled: int, said: str) -> None:
    """The order is that of what each settles alone, so that number stands first."""
    names = tuple(f"regle-{rank}" for rank in range(rules))
    text = draw(full()._replace(resolutions=(Resolution("piece", "RC", "Fournir le RC", names, settled),)))
    assert f"Fournir le RC {said}" in text


def test_unknown_applicability_is_gathered_not_listed() -> None:
    """Fourteen rules, one line, the most useful first, six at most."""
    text = draw(full())
    assert "acheteur-3" not in text
    assert "(--set acheteur.population=…) ferait avancer 14\u00a0règles" in text
    assert text.count("ferait avancer") == 6
    assert "et 2 autres informations" in text
    assert "acheteur-3" in draw(full(), everything=True)


def test_a_shared_reserve_is_said_once() -> None:
    """Two rules share it: the head says it for both; alone, the finding does."""
    assert draw(full(), 200).count(b.RESERVE) == 1
    alone = b.report(b.finding("r", "non_conforme", reserve=b.RESERVE))
    assert f"    Réserve : {b.RESERVE}" in draw(alone, 200)


def test_everything_lists_what_is_respected_and_out_of_scope() -> None:
    """--tout unfolds; without it only the counts stand."""
    assert "respectee-1" not in draw(full())
    text = draw(full(), everything=True)
    assert "✓ Titre de respectee-1" in text
    assert "– Titre de hors-champ-4" in text
    assert "portefeuille-part : aucun portefeuille décrit" in text


def test_the_same_rule_on_several_lots_is_one_entry() -> None:
    """One title; one message when all say the same, else lot by lot."""
    lots = [b.finding("r", "non_conforme", scope=Scope("lot", n)) for n in ("1", "2", "4")]
    text = draw(b.report(*lots))
    assert text.count("Titre de r") == 1
    assert "Lots\u00a01, 2 et 4 : avance" in text
    many = [b.finding("r", "non_conforme", scope=Scope("lot", n)) for n in ("10", "2", "3", "1", "4", "12", "2 bis")]
    assert "Lots\u00a01 à 4, 10, 12 et 2 bis : avance" in draw(b.report(*many))
    varied = [f._replace(message=f"Avance de {i} %.") for i, f in enumerate(lots)]
    assert "Lot\u00a02 : avance de 1 %." in draw(b.report(*varied))
    assert "NON CONFORME (1)" in text


def test_what_is_respected_is_counted_by_rule() -> None:
    """As the sections are: twenty lots that respect a rule are one rule, as the head counts them."""
    lots = [b.finding("r", "conforme", scope=Scope("lot", str(n))) for n in range(1, 21)]
    assert "CONFORME 1 · SANS OBJET 0" in draw(b.report(*lots))


def test_what_could_not_be_read_is_said() -> None:
    """A scan is told with its reason, by what tells it from the other pieces."""
    scan = InputPiece("d/scan.pdf", "pdf", "RC", 3, "unread", "pages sans texte")
    assert "· Non lu : scan.pdf — pages sans texte" in draw(b.report(inputs=(scan,)))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("everything", [False, True])
def test_no_line_passes_the_width_nor_ends_with_a_space(width: int, everything: bool) -> None:
    """Narrow terminals stay readable."""
    for line in draw(full(), width, everything=everything).splitlines():
        assert len(line) <= width, line
        assert line == line.rstrip()


def test_a_width_under_forty_is_forty() -> None:
    """Below, nothing could be read."""
    assert draw(full(), 10) == draw(full(), 40)


def test_colour_only_when_asked_and_never_from_the_tender() -> None:
    """Colours change no character; a hostile quote cannot write escape sequences."""
    plain, colored = draw(full()), draw(full(), color=True)
    assert "\x1b" not in plain
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    hostile = b.report(b.finding("r", "non_conforme", evidence=(b.evidence("a\x1b]0;titre\x07b\x1b[2J"),)))
    assert "\x1b" not in draw(hostile)


def test_a_quote_is_whole_or_cut_between_words() -> None:
    """A short quote is the passage itself, blanks collapsed; a long one ends with an ellipsis."""
    short = b.report(b.finding("r", "non_conforme", evidence=(b.evidence("une  avance\tde 5 %"),)))
    assert "« une avance de 5 % »" in draw(short).replace("\u00a0", " ")
    long = b.report(b.finding("r", "non_conforme", evidence=(b.evidence("mot entier " * 60),)))
    found = re.search(r"« (.*?…) »", re.sub(r"\s+", " ", draw(long)))
    assert found is not None
    assert len(found[1]) <= 160
    assert found[1].removesuffix("…").endswith(("mot", "entier"))


def test_a_quote_that_starts_within_a_sentence_says_so() -> None:
    """An ellipsis, where the passage is cut in small letters; what opens its paragraph, or a form, has none."""
    cut = b.evidence("selon la norme NF X 00-000")
    cut = cut._replace(location=cut.location._replace(start=12))
    assert "«\u00a0…selon la norme NF X 00-000\u00a0»" in draw(
        b.report(b.finding("r", "non_conforme", evidence=(cut,)))
    )
    whole = cut._replace(location=cut.location._replace(start=0))
    assert "«\u00a0selon la norme" in draw(b.report(b.finding("r", "non_conforme", evidence=(whole,))))


def test_what_the_message_quotes_is_not_quoted_again() -> None:
    """The message names the passage and its place: once is enough."""
    left = b.evidence("Lot 1 : XX €", "4")
    told = b.finding(
        "r", "a_verifier", doubt="alerte", message="Un reste : «\u00a0Lot 1 : XX €\u00a0» au CCAP.", evidence=(left,)
    )
    assert draw(b.report(told)).count("Lot 1 : XX €") == 1
    assert draw(b.report(told._replace(message="Un reste."))).count("Lot 1 : XX €") == 1


def test_only_two_passages_are_quoted() -> None:
    """The JSON holds the others."""
    quotes = tuple(b.evidence(f"passage {n}") for n in range(4))
    assert draw(b.report(b.finding("r", "non_conforme", evidence=quotes))).count("passage ") == 2


@pytest.mark.parametrize(("nature", "shown"), [("obligation", 2), ("coherence", 4), ("bonne_pratique", 4)])
def test_each_side_of_a_comparison_is_quoted(nature: str, shown: int) -> None:
    """Pieces that disagree and organs of a clause are each a part; --tout shows every passage."""
    quotes = tuple(b.evidence(f"passage {n}") for n in range(6))
    told = b.report(b.finding("r", "non_conforme", evidence=quotes, nature=nature))
    assert draw(told).count("passage ") == shown
    assert draw(told, everything=True).count("passage ") == len(quotes)


def test_lines_break_as_french_does() -> None:
    """Never before a double sign, never inside a figure, never between "art." or "R." and its number."""
    text = "besoin de 320 000 € HT : « oui » ; art. 12 p. 4 (R. 2122-8) --set a.b=…"
    broken = [line for width in range(18, 70) for line in wrap(text, width)]
    assert not [line for line in broken if line.startswith((":", ";", "€", "»", "000", "12", "4", "2122", "a.b"))]


def test_a_web_address_is_never_cut() -> None:
    """It must stay clickable."""
    address = "https://exemple.test/" + "a" * 60
    assert address in wrap(f"voir {address}", 40)
    assert max(map(len, wrap("x" * 90, 40))) == 40


def test_the_text_is_the_same_twice_and_fast() -> None:
    """A few milliseconds for a full set of rules."""
    big = full()._replace(findings=b.full_findings() * 4)
    draw(big)
    start = time.thread_time()
    assert draw(big) == draw(big)
    assert (time.thread_time() - start) / 2 < 0.05


@pytest.mark.parametrize("width", WIDTHS)
def test_a_summary_is_one_line(width: int) -> None:
    """The name of the file, then a number for each verdict."""
    line = render_summary_line(full(), "dossier/" + "très-long-" * 20, width=width)
    assert line.count("\n") == 1
    assert len(line) <= width + 1
    assert "✗  1" in line


@pytest.mark.parametrize("doubt", ["respect", "lancement", "droit"])
def test_a_doubt_on_a_duty_is_listed_with_what_to_do(doubt: str) -> None:
    """Whatever the reason of the doubt, the rule is named and its remedy told."""
    text = draw(b.report(b.finding("avance-pme", "a_verifier", doubt=doubt)))
    assert "À VÉRIFIER (1)" in text
    assert "Titre de avance-pme" in text
    assert "→ Porter l'avance à 10 % au moins." in text


def test_a_proven_absence_of_lots_is_said_at_the_head() -> None:
    """A fact proven absent is known: the purchase is not divided."""
    absent = FactSet([Fact("alloti", MARCHE, False, ABSENT)])
    assert "non alloti" in draw(b.report(b.finding("r", "sans_objet"), facts=absent)).splitlines()[0]


def test_a_sign_on_the_buyer_is_told_at_once() -> None:
    """A sign that a person must judge never waits for the buyer's profile; a plain doubt on the buyer does."""
    sign = b.finding("signe", "a_verifier", doubt="alerte", scope=ACHETEUR)
    plain = b.finding("organisation", "a_verifier", doubt="respect", scope=ACHETEUR)
    text = draw(b.report(sign, plain, profile_given=False))
    assert "Titre de signe" in text
    assert "Titre de organisation" not in text
    assert "Titre de organisation" in draw(b.report(sign, plain, profile_given=True))


def waiting(rule: str, *missing: str, one_of: bool = False) -> b.Finding:
    """Make a doubt that waits for the RC."""
    leaves = tuple(TraceNode("present", None, fact=name) for name in missing)
    trace = (TraceNode("un_des", None, children=leaves),) if one_of else leaves
    return b.finding(
        rule,
        "a_verifier",
        doubt="respect",
        missing_facts=missing,
        missing_pieces=("RC",),
        message="À lire.",
        trace=trace,
    )


def test_rules_that_wait_for_the_same_thing_ask_for_it_once() -> None:
    """Three rules on criteria: their titles together, what is missing once; another rule keeps its own lines."""
    report = b.report(
        waiting("criteres-annonces", "criteres"),
        waiting("declaration", "candidature.declaration_honneur"),
        waiting("criteres-ponderes", "criteres", "criteres.hierarchises", one_of=True),
        waiting("prix-seul", "criteres"),
    )
    text = re.sub(r"\s+", " ", draw(report))
    assert text.count("Il manque : critères d'attribution") == 1
    assert "hiérarchisés" not in text
    together = text[text.index("Titre de criteres-annonces") : text.index("Il manque : critères d'attribution")]
    assert "Titre de criteres-ponderes" in together
    assert "Titre de prix-seul" in together
    assert "Titre de declaration " not in together
    assert text.count("Il manque : déclaration") == 1
    apart = re.sub(r"\s+", " ", draw(report, everything=True))
    assert apart.count("critères d'attribution") > 2
