"""Clauses in the words of a trade, which no form foresees: several of them in a sentence forbid to say "absent"."""

from __future__ import annotations

import pytest
from facts_builders import lexicon, naming, terms, vocabulary
from hypothesis import given
from hypothesis import strategies as st

from achats_check.facts.clauses.graded import Field
from achats_check.facts.clauses.sentences import sentence
from achats_check.facts.extract import extract
from achats_check.facts.word_index import WordIndex
from achats_check.model.fact import ABSENT, Fact
from precision.wordings import document

GREEN, INSERTION, SOCIAL = "environnement.condition_execution", "social.insertion", "social.condition_execution"
NEUTRAL = (
    "# 1 Objet\nTravaux divers\nLes prestations suivent les règles de l'art.\nElles sont vérifiées sous quinze jours."
)
WEIGHTS = (("truite*", 3, False), ("vrac", 2, False), ("rincer", 1, False), ("eau", 1, True), ("sable", 1, True))
WEIGHTS += (("gravier*", 1, True), ("savon*", 1, True))


def found(text: str, name: str, role: str) -> Fact:
    """One fact of a dossier of four pieces, three of which say nothing."""
    pieces = dict.fromkeys(("CCAP", "CCTP", "AE", "RC"), NEUTRAL) | {role: f"{NEUTRAL}\n{text}"}
    documents = tuple(document(body, piece) for piece, body in pieces.items())
    fact = extract(documents, vocabulary(), naming(), terms(), lexicon())[1].get(name)
    assert fact is not None
    return fact


def sentences(*texts: str) -> list[str]:
    """What the sentences of some paragraphs that weigh enough say."""
    spans = Field(WEIGHTS, texts, WordIndex(texts)).weighty_sentences()
    return [texts[span.block][slice(*sentence(texts[span.block], span.start, span.end))].strip() for span in spans]


OPEN = [
    ("CCTP", GREEN, "Le teinturier garde l'eau qui a servi à rincer et la réutilise au prélavage."),
    ("CCTP", GREEN, "Les cartons vides sont repris et resservent à la livraison suivante."),
    ("CCTP", GREEN, "Le toit attend que les hirondelles soient parties."),
    ("CCAP", GREEN, "Le savon est livré en vrac dans les bidons de la commune."),
    ("CCTP", GREEN, "Le toit attend que les hirondelles soient parties ; il est en ardoise."),
    ("CCTP", GREEN, "Vieux papiers et vieux draps font l'isolant."),
    # Ce qui choisit ou borne, une chose du sujet à côté.
    ("CCTP", GREEN, "Les bouchons se débouchent au furet plutôt qu'à l'acide."),
    ("CCTP", GREEN, "Les semences se contentent de la pluie."),
    ("CCAP", GREEN, "Aucun camion ne livre un seul carton."),
    ("CCTP", GREEN, "Le four n'est allumé que pour la dernière fournée de pain."),
    # Ce que les métiers demandent, par leurs phrases.
    ("CCTP", GREEN, "La pierre est extraite et taillée dans le canton."),
    ("CCTP", GREEN, "Le groupe froid marche au propane."),
    ("CCTP", GREEN, "La dameuse coupe son moteur pendant le chargement."),
    ("CCTP", GREEN, "La chaleur du four chauffe la réserve."),
    ("CCTP", GREEN, "Les grilles usées sont redressées et reposées."),
    ("CCTP", GREEN, "Après 21 h on ne perce ni ne meule."),
    ("CCTP", GREEN, "Les talus attendent septembre."),
    ("CCTP", GREEN, "Le bac de linge repart vide avec le chauffeur."),
    ("CCTP", GREEN, "L'enduit est à la chaux."),
    ("CCTP", GREEN, "Les sièges sont faits de parties séparables."),
    ("CCTP", GREEN, "Chaque camion part complet."),
    ("CCAP", INSERTION, "Un ouvrier sur dix est une personne qui n'a jamais eu d'emploi."),
    ("CCAP", INSERTION, "L'équipe prend deux personnes envoyées par la mission locale."),
    ("CCAP", SOCIAL, "Le chantier fait place à deux détenus en fin de peine."),
    ("CCAP", SOCIAL, "Un lycéen apprend le métier aux côtés du menuisier."),
    ("CCAP", SOCIAL, "À poste égal, la conductrice touche ce que touche son collègue homme."),
]


@pytest.mark.parametrize(("role", "name", "text"), OPEN)
def test_everyday_words_leave_a_clause_open(role: str, name: str, text: str) -> None:
    """The fact is not absent, and the sentence is what the report shows."""
    fact = found(text, name, role)
    assert fact.status != ABSENT
    text = text.partition(" ; ")[0]
    quotes = [fact.search.nearest.quote] if fact.search and fact.search.nearest else [e.quote for e in fact.evidence]
    assert [quote.rstrip(" ;") for quote in quotes] == [text]


CLOSED = [
    ("CCTP", GREEN, "Le béton est fait de sable, de gravier et d'eau."),
    ("CCTP", GREEN, "Le véhicule est livré avec le plein et rendu avec le plein."),
    ("CCTP", GREEN, "Les données traitées sur les serveurs et les téléphones sont restituées."),
    ("CCAP", GREEN, "Les droits cédés portent sur le papier, l'écran et l'ordinateur."),
    ("CCTP", GREEN, "Les vitres sont livrées dans leur emballage d'origine."),
    ("CCTP", GREEN, "Aucune infiltration n'est admise sous la couverture."),
    ("CCTP", GREEN, "Le transport à pied d'œuvre est compris."),
    ("CCTP", GREEN, "L'entreprise remet en état à ses frais les ouvrages dégradés."),
    ("CCTP", GREEN, "Le câble ne présente aucun défaut."),
    ("CCTP", GREEN, "Les bornes sont livrées fermées ; les portes de la chaufferie sont coupe-feu."),
    ("CCTP", GREEN, "La date de durabilité minimale est imprimée sur le sachet."),
    ("CCTP", GREEN, "Les emballages portent le numéro du lot."),
    ("CCTP", GREEN, "Les bons de commande du groupement sont transmis au mandataire."),
    ("CCAP", GREEN, "Le remplacement a lieu sans frais, dans un délai raisonnable, plutôt que par avoir."),
    ("CCTP", GREEN, "Les émissions de cartes sont gratuites pour le titulaire."),
    ("CCTP", SOCIAL, "Les quais sont accessibles aux personnes handicapées."),
    ("CCTP", SOCIAL, "Le logiciel gère les fiches des agents, des apprentis et des travailleurs handicapés."),
    ("CCTP", SOCIAL, "L'assureur indemnise l'agent devenu handicapé."),
    ("CCTP", SOCIAL, "Le car accueille les élèves handicapés avec leur accompagnateur."),
    (
        "CCAP",
        SOCIAL,
        "Le titulaire remet la liste des salariés étrangers employés, leur date d'embauche et leur poste.",
    ),
    ("CCAP", SOCIAL, "En cas de difficulté, l'équipe au travail sur le poste en avertit l'atelier."),
]


@pytest.mark.parametrize(("role", "name", "text"), CLOSED)
def test_the_same_words_about_something_else_leave_the_absence_proven(role: str, name: str, text: str) -> None:
    """Things listed, machines delivered, persons served or insured are no clause."""
    assert found(text, name, role).status == ABSENT


KEPT = [
    ("L'entreprise emploie, pour la maintenance du logiciel, deux apprentis.", "social.apprentissage"),
    ("Le titulaire confie l'accueil des usagers à des travailleurs handicapés.", SOCIAL),
    ("Le titulaire remet le contrat et la date d'embauche de chaque personne en insertion.", INSERTION),
    ("L'entreprise est dispensée de toute action d'insertion si le chantier dure moins d'un mois.", INSERTION),
    ("Tout mois sans heures d'insertion donne lieu à une pénalité de 50 €.", INSERTION),
]


@pytest.mark.parametrize(("text", "name"), KEPT)
def test_the_decoys_of_persons_served_silence_no_clause(text: str, name: str) -> None:
    """Usagers, software and papers may stand in the sentence of a clause."""
    fact = found(text, name, "CCAP")
    assert fact.status != ABSENT
    assert fact.value is not False


def test_a_criterion_in_everyday_words_is_not_absent() -> None:
    """Criteria that are all read, one of which is green in other words than those of the lexicon."""
    text = "# 5 Critères de jugement\nPrix : 50 %\nValeur technique : 35 %\nDurée de vie des chaises : 15 %"
    assert found(text, "environnement.critere", "RC").status != ABSENT
    plain = "# 5 Critères de jugement\nPrix : 50 %\nValeur technique : 35 %\nConfort des chaises : 15 %"
    assert found(plain, "environnement.critere", "RC").status == ABSENT


def test_a_reservation_in_everyday_words_is_not_absent() -> None:
    """Who alone may answer, and why."""
    text = "Ne peuvent répondre que les maisons dont la plupart des ouvriers ont un handicap."
    assert found(text, "reservation.categorie", "RC").status != ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "La construction porte sur un foyer de vie de douze places, destiné à des adultes handicapés.",
        "Le service conduit les élèves handicapés qui ne savent pas prendre le car seuls, de chez eux à l'école.",
    ],
)
def test_what_is_bought_for_disabled_people_is_not_reserved(text: str) -> None:
    """It is meant for them; nothing says who may answer."""
    assert found(text, "reservation.categorie", "RC").status == ABSENT


def test_those_alone_who_may_answer_leave_a_reservation_open() -> None:
    """Whatever the words for who they are."""
    text = "Seules les maisons où travaillent des aveugles et des malvoyants sont reçues."
    assert found(text, "reservation.categorie", "RC").status != ABSENT


def test_words_weigh_together_in_one_sentence_only() -> None:
    """A strong word is enough; weak ones must be three, one of which is no thing, and in the same sentence."""
    lead = ("objet : travaux", "a", "b")
    assert sentences(*lead, "les truites remontent") == ["les truites remontent"]
    assert sentences(*lead, "savon en vrac") == ["savon en vrac"]
    assert sentences(*lead, "rincer a l'eau et au savon") == ["rincer a l'eau et au savon"]
    assert sentences(*lead, "sable, gravier, eau et savon") == []
    assert sentences(*lead, "il faut rincer a l'eau. le savon est fourni.") == []
    assert sentences(*lead, "vrac et vrac") == []


def test_what_words_weigh_is_counted_in_one_place_only() -> None:
    """Each different word once, those of the purchase never, and nothing in a block without any."""
    texts = ("objet : gravier", "a", "b", "rincer le savon, le savon et le gravier. du sable", "rien")
    field = Field(WEIGHTS, texts, WordIndex(texts))
    assert field.weight(3, 0, texts[3].index(".")) == 2
    assert field.weight(3, 0, len(texts[3])) == 3
    assert field.weight(4, 0, 4) == field.weight(0, 0, 15) == 0


def test_a_long_sentence_must_weigh_more() -> None:
    """Chance brings three words together in a page without a full stop."""
    long = "le savon est en vrac" + " et ainsi de suite" * 20
    assert sentences("a", "b", "c", long) == []
    assert sentences("a", "b", "c", f"{long} sans rincer") == [f"{long} sans rincer"]


def test_words_of_the_purchase_and_of_every_page_do_not_count() -> None:
    """The title says what is bought; a word in each paragraph is what the piece is about."""
    assert sentences("savon en vrac", "b", "c", "le savon est en vrac") == []
    assert sentences("a", "b", "c", "objet du marche : savon en vrac", "le savon est en vrac") == []
    assert sentences("a", "b", "c", *["le savon est la"] * 9, "le savon est en vrac") == []
    assert sentences("a", "b", "c", *["le savon est la"] * 7, "le savon est en vrac") == ["le savon est en vrac"]


@given(st.lists(st.lists(st.sampled_from(["truites", "vrac", "eau", "sable", "rincer", "la", ".", ";"]), max_size=30)))
def test_what_weighs_enough_is_a_sentence_of_its_block_that_holds_a_word_that_tells(pages: list[list[str]]) -> None:
    """Whatever the text, spans are inside their block, and hold a word that is no thing."""
    texts = [" ".join(words) for words in pages]
    for span in Field(WEIGHTS, texts, WordIndex(texts)).weighty_sentences():
        told = texts[span.block][span.start : span.end]
        assert 0 <= span.start < span.end <= len(texts[span.block])
        assert any(word in told for word in ("truites", "vrac", "rincer"))
