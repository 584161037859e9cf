"""Lists of figures, rules and facts, and the page of a rule."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
import report_builders as b

from achats_check.model.fact import (
    ABSENT,
    DERIVED,
    KNOWN,
    MARCHE,
    STRUCTURED,
    Evidence,
    Fact,
    FactSet,
    Location,
    Search,
)
from achats_check.model.rule import (
    Condition,
    KitCitation,
    LegalReference,
    Operand,
    Parameter,
    ParameterRow,
    Rule,
    RuleVersion,
)
from achats_check.reports.conditions import condition_lines
from achats_check.reports.fact_list import render_facts
from achats_check.reports.figures import render_parameters
from achats_check.reports.rule_list import render_rules
from achats_check.reports.rule_page import ExampleLine, render_rule_page
from achats_check.resources import rules_root
from achats_check.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary(rules_root())
KIT = KitCitation("kit-regionaless", "11", "Élaborer une clause sociale", "22", "K11-clause-sociale")
BUYERS = ("collectivite", "autre_pa")


def row(since: date, until: date | None, value: int, confidence: str = "certaine") -> ParameterRow:
    """Make a dated value."""
    return ParameterRow(
        since, until, Decimal(value), BUYERS, ("services",), f"Avis {since.year}", confidence, "Lire l'avis."
    )


THRESHOLD = Parameter(
    "seuil_ue.formalise",
    "seuil européen",
    "EUR_HT",
    "au_moins",
    (row(date(2024, 1, 1), date(2025, 12, 31), 221000), row(date(2026, 1, 1), None, 216000)),
    ((KIT, Decimal(214000)),),
    (),
)
WHEN = (
    Condition("au_moins", "valeur_besoin_ht", Operand(parameter="seuil_ue.formalise", factor=Decimal(2))),
    Condition(
        "un_des",
        children=(
            Condition("parmi", "marche.procedure.type", Operand(("procedure_adaptee", "concours"))),
            Condition("present", "social.derogation_motif"),
        ),
    ),
)
REQUIRES = (
    Condition("pour_chaque_lot", children=(Condition("egal", "social.condition_execution", Operand((True,))),)),
    Condition("contient", "cpv", Operand(("773",))),
)
BASIS = (LegalReference("CCP, art. L2112-2-1", "L2112-2-1", date(2026, 8, 23)),)
NOW = RuleVersion(date(2026, 8, 22), None, "certaine", "", BASIS, WHEN, REQUIRES, "m", "", "")
BEFORE = NOW._replace(since=date(2021, 8, 22), until=date(2026, 8, 21), confidence="incertaine", check="Lire.")
RULE = Rule(
    "clause-sociale",
    "Clause sociale obligatoire",
    "clauses-sociales",
    "obligation",
    "marche",
    "majeure",
    "declaration",
    "La loi demande une clause sociale.",
    "Ajouter un article au CCAP.",
    (KIT,),
    (),
    "",
    (),
    (BEFORE, NOW),
)


def page(day: date = b.LAW_DAY, width: int = 100, color: bool = False) -> str:
    """Draw the page of the rule."""
    return render_rule_page(
        RULE,
        VOCABULARY,
        day,
        documents={"kit-regionaless": "Kit RégionalESS"},
        parameters={THRESHOLD.name: THRESHOLD},
        examples=[ExampleLine("le seuil pile", b.LAW_DAY, "non_conforme", "216 000 € HT")],
        width=width,
        color=color,
    )


def spaced(text: str) -> str:
    """Make every blank a plain space."""
    return re.sub(r"\s+", " ", text)


def test_only_the_value_in_force_is_shown_beside_the_kit() -> None:
    """The day of the law chooses the row."""
    text = spaced(render_parameters([THRESHOLD], b.LAW_DAY, VOCABULARY, width=70))
    assert "216 000 € HT" in text
    assert "221 000" not in text
    assert "chiffre cité par le kit : 214 000 € HT (fiche n°11, p. 22)" in text
    assert "à partir de 216 000 € HT — collectivité ou autre pouvoir adjudicateur, services" in text
    assert "221 000 € HT" in spaced(render_parameters([THRESHOLD], date(2025, 3, 1), VOCABULARY, width=160))
    assert "Aucune valeur connue" in render_parameters([THRESHOLD], date(2000, 1, 1), VOCABULARY)


def test_a_doubtful_value_says_so_with_its_condition() -> None:
    """Confidence and condition stand beside the figure."""
    doubtful = row(date(2026, 1, 1), None, 5, "incertaine")._replace(
        condition=Condition("egal", "anru", Operand((True,)))
    )
    text = spaced(render_parameters([THRESHOLD._replace(rows=(doubtful,))], b.LAW_DAY, VOCABULARY, width=70))
    assert "incertaine, à vérifier : Lire l'avis." in text
    assert "si opération financée par l'ANRU : oui" in text


def test_rules_are_listed_with_the_law_of_the_day() -> None:
    """A rule that is not in force says so."""
    text = render_rules([RULE], b.LAW_DAY, width=120)
    assert "clause-sociale" in text
    assert "CCP, art. L2112-2-1" in text
    assert "pas en vigueur ce jour" in spaced(render_rules([RULE], date(2000, 1, 1), width=120))


def test_facts_say_where_they_were_read_or_looked_for() -> None:
    """Known, absent and disputed facts each have their proof, under the title that says which they are."""
    text = spaced(render_facts(b.facts(), VOCABULARY, width=60))
    assert "Absents : cherchés dans les pièces qui les porteraient" in text
    assert "Cherché dans : CCAP et AE" in text
    assert "45 jours ou 30 jours" in text
    assert "CCAP, art. 12, p. 4 : « délai de 45 jours »" in text
    assert text.index("lot 2,") < text.index("lot 10,")


@pytest.mark.parametrize(("lots", "others"), [(2, ""), (3, "… et 1 autre passage"), (7, "… et 5 autres passages")])
def test_the_lots_that_an_amount_adds_up_are_counted(lots: int, others: str) -> None:
    """Two lots shown of seven do not pass for the whole sum."""
    passages = tuple(
        Evidence("avis.xml", "AAPC", "60000", Location(heading=f"lot {lot}", pointer=f"/{lot}")) for lot in range(lots)
    )
    total = Fact("valeur_estimee_ht", MARCHE, Decimal(60000 * lots), KNOWN, STRUCTURED, evidence=passages)
    lines = spaced(render_facts(FactSet([total]), VOCABULARY, width=80))
    assert lines.count("60000") == 2
    assert ("autre" in lines, others in lines) == (bool(others), True)


def test_a_comparison_that_found_nothing_is_no_absence_of_the_pieces() -> None:
    """Nobody looks in a piece for "what the pieces say differently"."""
    compared = Fact("social.condition_execution", MARCHE, None, ABSENT, DERIVED)
    assert "Absents" not in render_facts(FactSet([compared]), VOCABULARY, width=80)


def test_the_page_of_a_rule_says_what_it_asks_in_french() -> None:
    """Conditions, law in time, kit, silence, examples."""
    text = spaced(page())
    assert "valeur du besoin comparée aux seuils : au moins 2 × « seuil européen »" in text
    assert "procédure de passation (du marché entier) : procédure adaptée ou concours" in text
    assert "motif de l'absence de clause sociale : indiqué" in text
    assert "pour chaque lot : condition d'exécution sociale : oui codes CPV : comprend 773" in text
    assert "→ depuis le 22/08/2026" in text
    assert "· du 22/08/2021 au 21/08/2026" in text
    assert "Kit RégionalESS, fiche n°11, p. 22, « Élaborer une clause sociale »" in text
    assert "01/10/2026 le seuil pile : non conforme (216 000 € HT)" in text


def test_the_page_says_when_no_version_is_in_force() -> None:
    """Before the first version there is nothing to ask."""
    text = page(date(2000, 1, 1))
    assert "Aucune version en vigueur le 1er\u00a0janvier 2000." in text
    assert "S'applique si" not in text


@pytest.mark.parametrize("width", [40, 60, 99, 100, 120])
def test_lists_keep_to_the_width_without_colour(width: int) -> None:
    """No escape sequence, no trailing space, no line too long."""
    texts = [
        render_parameters([THRESHOLD], b.LAW_DAY, VOCABULARY, width=width),
        render_rules([RULE], b.LAW_DAY, width=width),
        render_facts(b.facts(), VOCABULARY, width=width),
        page(width=width),
    ]
    for line in "\n".join(texts).splitlines():
        assert len(line) <= width, line
        assert line == line.rstrip()
        assert "\x1b" not in line


@pytest.mark.parametrize("width", [60, 120])
def test_colours_are_written_when_asked(width: int) -> None:
    """On narrow and wide terminals."""
    assert "\x1b[" in render_rules([RULE], b.LAW_DAY, width=width, color=True)
    assert "\x1b[" in page(color=True)


def test_pieces_that_would_tell_are_named_as_people_name_them() -> None:
    """« à lire dans AAPC, RC ou RAPPORT » spoke the codes of the program."""
    asked = Fact("sourcing", search=Search(missing=("AAPC", "RAPPORT")))
    text = render_facts(FactSet([asked]), VOCABULARY)
    assert "à lire dans l'AAPC ou le rapport de présentation : sourcing préalable" in " ".join(text.split())


def test_what_is_not_yes_is_no() -> None:
    """« marché subséquent : autre que oui » is said in one word; other values keep « autre que »."""
    conditions = (
        Condition("different", "marche_subsequent", Operand((True,))),
        Condition("different", "contrat", Operand(("concession",))),
    )
    lines = [line.replace("\u00a0", " ") for line in condition_lines(conditions, VOCABULARY, {})]
    assert lines == [
        "marché subséquent d'un accord-cadre antérieur : non",
        "nature du contrat : autre que concession",
    ]
