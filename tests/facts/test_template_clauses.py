"""Pieces whose clauses are the point: insertion in works, food, printed options, negations."""

from __future__ import annotations

from template_builders import absent, considered, disputed, known, of_buyer, of_lot, read_whole

_WORKS = """
OFFICE PUBLIC DE L'HABITAT DE RIVEDOUCE
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
Réhabilitation énergétique de 84 logements sociaux, résidence des Tilleuls
# 1 Objet du marché
Le présent marché concerne la réhabilitation énergétique de 84 logements sociaux.
# 1.1 Lots
Les travaux sont répartis en 3 lots :
Lot n° 1 : Gros œuvre et façades
Lot n° 2 : Menuiseries extérieures
Lot n° 3 : Chauffage et ventilation
# 2 Clause sociale d'insertion
En application de l'article L. 2112-2 du code de la commande publique, l'exécution du marché comporte une clause \
d'insertion par l'activité économique. L'entreprise attributaire réserve aux publics visés ci-après une part du temps \
de travail nécessaire au chantier.
# 2.1 Volume d'heures
Lot\tIntitulé\tHeures d'insertion
1\tGros œuvre et façades\t1 450 heures
2\tMenuiseries extérieures\t620 heures
3\tChauffage et ventilation\t710 heures
# 2.2 Publics éligibles
- les demandeurs d'emploi de longue durée ;
- les bénéficiaires du RSA ;
- les jeunes de moins de 26 ans sans qualification ;
- les travailleurs reconnus handicapés.
# 2.3 Modalités
L'entreprise choisit l'embauche directe, la mise à disposition par une entreprise de travail temporaire d'insertion ou \
la sous-traitance à une entreprise d'insertion.
# 2.4 Accompagnement
Le facilitateur de la Maison de l'emploi accompagne les entreprises dans la mise en œuvre de la clause d'insertion.
# 2.5 Contrôle
L'entreprise transmet chaque mois les justificatifs des heures d'insertion réalisées.
# 2.6 Pénalités
Chaque heure d'insertion non réalisée donne lieu à une pénalité de 60 €.
# 3 Délai
Le délai global d'exécution des travaux est de 14 mois, période de préparation de 2 mois incluse.
# 4 Insertion dans le site
Une attention est portée à l'insertion paysagère des façades et au dialogue social avec les locataires.
# 5 Documents
Le CCAG Travaux approuvé par l'arrêté du 30 mars 2021 s'applique.
"""


def test_insertion_in_works() -> None:
    """A clause that can be executed: hours per lot, publics, ways, facilitator, control, penalty."""
    facts = read_whole(("CCAP", _WORKS))
    found = known(facts)
    assert (found["social.insertion"], found["social.condition_execution"]) == (True, True)
    hours = {number: of_lot(facts, number)["social.heures_insertion"] for number in ("1", "2", "3")}
    assert hours == {"1": 1450, "2": 620, "3": 710}
    assert of_lot(facts, "2")["social.volume"] is True
    assert "social.volume" not in absent(facts)
    assert len(found["social.publics"]) >= 4  # type: ignore[arg-type]
    assert {"embauche_directe", "mise_a_disposition", "sous_traitance"} <= set(found["social.modalites"])  # type: ignore[call-overload]
    assert all(found[f"social.{part}"] is True for part in ("facilitateur", "controle", "penalites"))
    assert (found["nombre_lots"], facts.lots) == (3, ("1", "2", "3"))
    assert (found["delai_execution_mois"], found["ccag"], found["ccag_2021"]) == (14, "travaux", True)
    assert of_lot(facts, "1")["objet"] == "Gros œuvre et façades"
    assert found["type"] == "travaux"
    assert of_buyer(facts)["acheteur.categorie"] == "bailleur_social"
    assert not disputed(facts)


_SILENT = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
Métropole de Grandval
# 1 Objet
Le présent marché a pour objet la maintenance des équipements de chauffage des bâtiments de la métropole.
# 2 Clauses sociales
Aucune clause sociale n'est prévue au présent marché.
# 3 Clauses environnementales
Le présent marché ne comporte aucune clause environnementale.
# 4 Réservation
Le présent marché n'est pas réservé.
# 5 Pénalités
Une pénalité de 100 € par jour de retard est appliquée. L'acheteur se réserve la possibilité de résilier le marché.
# 6 Sécurité
Le titulaire s'engage à respecter la législation sociale et à fournir une attestation de vigilance. L'environnement du \
site est contraint.
"""


def test_clauses_that_are_denied() -> None:
    """Express denials are known answers; nothing else is found in their words."""
    found = known(read_whole(("CCAP", _SILENT)))
    assert considered(found) == {
        "social.condition_execution": False,
        "social.insertion": False,
        "environnement.condition_execution": False,
        "reservation.categorie": "aucune",
    }


_FOOD = """
CCAS DE BELLERIVE
CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES
Fourniture et livraison de repas en liaison froide pour le portage à domicile et les crèches
# 1 Objet
Le présent cahier a pour objet de définir les conditions de fourniture de repas en liaison froide.
# 2 Qualité des denrées
Les repas comprennent au moins 50 % de produits durables et de qualité, dont au moins 20 % de produits issus de \
l'agriculture biologique, au sens de la loi EGAlim.
Les viandes bovines, porcines, ovines et de volaille sont d'origine Union européenne.
Un menu végétarien est proposé chaque semaine.
# 3 Emballages
Les contenants alimentaires en plastique sont interdits ; les bacs en inox sont consignés et réutilisés.
# 4 Gaspillage
Le titulaire met en place un plan de lutte contre le gaspillage alimentaire et un suivi des restes.
# 5 Livraisons
Les livraisons sont effectuées avant 10 heures. Les quantités maximales sont de 120 000 repas par an.
"""


def test_food_for_old_people_and_nurseries() -> None:
    """Shares of sustainable products, vegetarian menu, waste: asked in the specification."""
    facts = read_whole(("CCTP", _FOOD))
    found = known(facts)
    assert found["restauration.collective"] is True
    assert found["restauration.part_durable_ecrite"] is True
    assert found["restauration.menu_vegetarien"] is True
    assert found["restauration.gaspillage"] is True
    assert found["restauration.origine_ue"] is True
    assert found["environnement.condition_execution"] is True
    assert found["specifications.developpement_durable"] is True
    assert found["restauration.contenants_plastique"] is False
    assert not {"specifications.provenance_imposee", "valeur_maximale_ht"} & set(found)
    assert of_buyer(facts)["acheteur.categorie"] == "etablissement_public_local"


_OPTIONS = """
RÈGLEMENT DE LA CONSULTATION
# 1 Objet
Objet : Prestations de mise sous pli
# 2 Marché réservé
Le marché n'est pas réservé
Le marché est réservé :
- aux entreprises adaptées et établissements d'aide par le travail (article L. 2113-12)
- aux structures d'insertion par l'activité économique (article L. 2113-13)
- aux entreprises de l'économie sociale et solidaire (article L. 2113-15)
# 3 Visite
Une visite est réservée aux candidats inscrits. L'accès au parking est réservé au personnel.
# 4 Négociation
L'acheteur se réserve le droit de négocier avec les trois candidats les mieux classés.
"""


def test_printed_options_decide_nothing() -> None:
    """A template without a tick is undecided: neither reserved nor proven free."""
    facts = read_whole(("RC", _OPTIONS))
    assert not {name for name in known(facts) if name.startswith("reservation")}
    assert "reservation.categorie" not in absent(facts)


_SUMMARY = """
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
L'ESSENTIEL DU CONTRAT
Objet\tEntretien des voiries communautaires
Acheteur\tCommunauté d'agglomération du Val d'Orb
Type de contrat\tMarché public
Nombre de lots\t1
Durée / Délai\t24 mois
Reconduction\tSans
Clauses sociales\tAvec
Clauses environnementales\tPréconisations
Avance\tAvec
Variation des prix\tRévision
# 1 Clauses sociales
Voir l'annexe 3 à l'acte d'engagement.
"""


def test_summary_box_of_a_cover() -> None:
    """Two columns of labels and answers; recommendations ask nothing."""
    facts = read_whole(("CCAP", _SUMMARY))
    found = known(facts)
    assert (found["objet"], found["duree_mois"]) == ("Entretien des voiries communautaires", 24)
    assert (found["nombre_lots"], found["forme"]) == (1, "marche")
    assert (found["social.condition_execution"], found["avance"]) == (True, True)
    assert "environnement.condition_execution" not in found
    assert of_buyer(facts) == {
        "acheteur.nom": "Communauté d'agglomération du Val d'Orb",
        "acheteur.categorie": "epci",
    }


_PART = """
CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES
LOT N° 04 : PEINTURE
MAÎTRE D'OUVRAGE
MAIRIE DE SAINT-AUBERT
RÉNOVATION DE LA SALLE DES FÊTES
# 1 Généralités
Le titulaire du présent lot se coordonne avec le lot Plâtrerie et le lot 02.
# 2 Produits
Les peintures portent l'écolabel européen ou équivalent.
"""


def test_the_specification_of_one_lot() -> None:
    """A piece about one lot says nothing of the number of lots."""
    facts = read_whole(("CCTP", _PART))
    found = known(facts)
    assert not {"nombre_lots", "alloti"} & set(found)
    assert of_lot(facts, "4")["objet"] == "PEINTURE"
    assert "salle des fêtes" in str(found["objet"]).lower()
    labels = found["labels"]
    assert isinstance(labels, tuple)
    assert labels[0]["equivalent_accepte"] is True
    assert not disputed(facts)
