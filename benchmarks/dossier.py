"""A tender rule book of about 9 pages and 3 200 words, written as .docx and as .pdf: the same text in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

LOTS = (
    ("Tonte et entretien des pelouses", "77314000-4", "48 hectares de pelouses", "210 000"),
    ("Taille des arbres et des haies", "77340000-5", "2 600 arbres et 14 kilomètres de haies", "180 000"),
    ("Fleurissement et plantations", "77310000-6", "3 100 mètres carrés de massifs", "95 000"),
    ("Désherbage sans produit chimique", "77312000-0", "62 kilomètres de trottoirs", "140 000"),
    ("Entretien des aires de jeux", "77313000-7", "37 aires de jeux et 5 parcours sportifs", "60 000"),
    ("Collecte et compostage des déchets verts", "90511000-2", "1 900 tonnes de déchets verts par an", "115 000"),
)
CRITERIA = (
    ("Prix des prestations", "40 %"),
    ("Valeur technique, appréciée au vu du mémoire", "35 %"),
    ("Performances en matière de protection de l'environnement", "15 %"),
    ("Performances en matière d'insertion professionnelle", "10 %"),
)
ARTICLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Objet et étendue de la consultation",
        (
            "La présente consultation concerne l'entretien des espaces verts de la région Val-de-Brume : parcs des "
            "lycées, abords des gares routières, sites administratifs et voies vertes dont la région a la charge.",
            "Il s'agit d'un accord-cadre à bons de commande de services, passé selon la procédure de l'appel d'offres "
            "ouvert en application des articles L. 2124-2, R. 2124-2 1° et R. 2161-2 à R. 2161-5 du code de la "
            "commande publique. Il est conclu sans minimum et avec un maximum de 800 000 € HT sur sa durée totale.",
            "La classification principale est 77310000-6 (réalisation et entretien d'espaces verts). Les codes propres "
            "à chaque lot figurent au tableau de l'article suivant.",
            "Le lieu d'exécution est le territoire de la région. L'avis d'appel à la concurrence a été envoyé à la "
            "publication le 14 septembre 2026 au Journal officiel de l'Union européenne et au BOAMP.",
        ),
    ),
    (
        "Allotissement",
        (
            "La consultation est décomposée en six lots, traités par marchés séparés. Un candidat peut présenter une "
            "offre pour un, plusieurs ou l'ensemble des lots ; les offres variables selon le nombre de lots sont "
            "interdites. La taille des lots a été arrêtée pour que des structures de l'économie sociale et solidaire "
            "et des petites entreprises du territoire puissent y répondre seules.",
        ),
    ),
    (
        "Durée du marché et délais d'exécution",
        (
            "L'accord-cadre prend effet à sa notification pour une durée de douze mois. Il est reconductible "
            "tacitement trois fois par période de douze mois, sans que sa durée totale puisse excéder quarante-huit "
            "mois. Le titulaire ne peut pas refuser la reconduction.",
            "Le délai d'exécution de chaque bon de commande court de sa réception par le titulaire. Les interventions "
            "d'urgence, après une tempête notamment, commencent dans les vingt-quatre heures de la demande.",
        ),
    ),
    (
        "Organisation de la consultation",
        (
            "Les candidats peuvent se présenter seuls ou en groupement. Aucune forme de groupement n'est imposée à la "
            "remise des offres ; après l'attribution, le groupement prend la forme conjointe avec mandataire solidaire "
            "si la bonne exécution le demande. Un même opérateur ne peut être mandataire de plus d'un groupement "
            "pour un même lot.",
            "Les variantes sont autorisées pour les lots 4 et 6, dans la limite d'une variante par lot, accompagnée "
            "de l'offre de base. Elles respectent les exigences minimales du cahier des clauses techniques "
            "particulières et ne peuvent pas porter sur les clauses sociales et environnementales.",
            "La sous-traitance est possible dans les conditions des articles L. 2193-1 et suivants. Le candidat "
            "indique la part du marché qu'il entend sous-traiter et, s'il les connaît, les sous-traitants proposés.",
            "Le dossier de consultation comprend le présent règlement, l'acte d'engagement et ses annexes, le cahier "
            "des clauses administratives particulières, le cahier des clauses techniques particulières, le bordereau "
            "des prix unitaires, le détail quantitatif estimatif et le cadre de mémoire technique.",
        ),
    ),
    (
        "Clause sociale d'insertion",
        (
            "Le titulaire de chacun des lots 1 à 5 exécute une action d'insertion au bénéfice de personnes éloignées "
            "de l'emploi. Il réserve à ces personnes au moins 5 % des heures nécessaires à l'exécution du lot, "
            "constatées sur les états remis à la fin de chaque trimestre.",
            "L'engagement est tenu par l'embauche directe, la mise à disposition par une structure d'insertion par "
            "l'activité économique ou la sous-traitance à une entreprise adaptée ou à un établissement "
            "d'accompagnement par le travail. Le facilitateur de la maison de l'emploi renseigne les "
            "candidats, valide l'éligibilité des publics et suit l'exécution avec le titulaire.",
            "Chaque heure d'insertion non réalisée par la faute du titulaire donne lieu, après mise en demeure, à une "
            "pénalité de quarante-cinq euros. Les justificatifs sont fournis dans les quinze jours d'une demande.",
        ),
    ),
    (
        "Clauses environnementales",
        (
            "L'exécution du marché prend en compte la protection de l'environnement : aucun produit phytosanitaire de "
            "synthèse n'est employé, l'arrosage est conduit à l'économie, les déchets verts sont broyés ou compostés "
            "sur place ou dans un rayon de trente kilomètres.",
            "Les véhicules affectés aux prestations sont, pour un tiers au moins à compter de la deuxième année, à "
            "faibles émissions. Le matériel portatif est électrique à proximité des établissements scolaires. Un "
            "bilan annuel des consommations de carburant et d'eau est remis à l'acheteur.",
            "Les plants proviennent d'une production locale lorsque l'offre existe ; le label Végétal local ou tout "
            "label équivalent atteste de leur origine. Les moyens de preuve équivalents sont admis.",
        ),
    ),
    (
        "Présentation des candidatures",
        (
            "Le candidat produit le formulaire DC1 et le formulaire DC2 ou le document unique de marché européen, une "
            "déclaration sur l'honneur qu'il n'entre dans aucun cas d'exclusion, et les pouvoirs du signataire.",
            "Il indique son chiffre d'affaires des trois derniers exercices, sans qu'un minimum soit exigé, ses "
            "effectifs et une liste de références de moins de trois ans de même nature. Une entreprise nouvelle "
            "justifie de sa capacité par tout autre moyen. Les certificats Qualipaysage ou équivalents sont acceptés.",
        ),
    ),
    (
        "Présentation des offres",
        (
            "L'offre comprend, pour chaque lot, l'acte d'engagement, le bordereau des prix complété, le détail "
            "estimatif et le mémoire technique établi selon le cadre joint. Le mémoire décrit les moyens humains et "
            "matériels, l'organisation des équipes, la gestion des déchets et les mesures de sécurité.",
            "Le délai de validité des offres est de cent vingt jours à compter de la date limite de réception. Les "
            "offres sont rédigées en français et chiffrées en euros. La signature électronique n'est exigée que de "
            "l'attributaire.",
        ),
    ),
    (
        "Jugement des offres",
        (
            "Les offres sont classées lot par lot. L'offre économiquement la plus avantageuse est appréciée au moyen "
            "des critères pondérés suivants, identiques pour tous les lots :",
        ),
    ),
    (
        "Remise des plis",
        (
            "Les plis sont remis par voie électronique sur le profil d'acheteur avant le 20 octobre 2026 à 12 heures. "
            "Un pli arrivé après ce terme est écarté. Une copie de sauvegarde peut être envoyée sous pli scellé. "
            "Les échanges passent tous par le profil d'acheteur, dont l'usage est gratuit.",
            "Une visite des sites est conseillée et n'est pas obligatoire. Les questions sont reçues jusqu'à dix jours "
            "avant la date limite ; les réponses sont envoyées à tous les candidats six jours au plus tard avant elle.",
        ),
    ),
    (
        "Conditions financières",
        (
            "Une avance de 30 % est versée aux petites et moyennes entreprises pour chaque bon de commande supérieur "
            "à 50 000 € HT. Aucune retenue de garantie n'est prélevée. Les sommes dues sont payées dans le délai "
            "global de trente jours ; les prix sont révisés chaque année selon la formule du cahier des clauses "
            "administratives particulières.",
        ),
    ),
    (
        "Procédures de recours et renseignements",
        (
            "L'instance chargée des procédures de recours est le tribunal administratif du ressort. Les candidats non "
            "retenus sont informés des motifs du rejet et, sur demande, des caractéristiques de l'offre retenue et du "
            "nom de l'attributaire. La région rencontre ceux qui le souhaitent pour expliquer l'analyse de leur offre.",
        ),
    ),
)
LOT_PARAGRAPHS = (
    "Les prestations du lot {number} portent sur {extent}. Elles comprennent la préparation du chantier, la mise en "
    "sécurité des abords, l'exécution des travaux d'entretien selon le calendrier arrêté avec le service des parcs, "
    "le ramassage des produits de coupe et la remise en état des lieux après chaque passage.",
    "Le titulaire du lot {number} désigne un chef d'équipe présent sur les sites, joignable pendant les heures "
    "d'ouverture, et un remplaçant de même compétence. Il tient un carnet d'intervention où figurent les dates, les "
    "surfaces traitées, les agents présents et les incidents, et le remet à la fin de chaque mois.",
    "La fréquence des passages est adaptée au climat : quinze passages par an sont prévus dans les secteurs "
    "fréquentés, huit dans les secteurs ordinaires et trois dans les secteurs laissés en gestion douce. La région peut "
    "réduire ou reporter un passage par un ordre de service émis cinq jours avant la date prévue.",
    "L'acheteur contrôle l'exécution du lot {number} par des visites contradictoires. Une prestation mal faite est "
    "reprise dans les trois jours sans paiement supplémentaire ; à défaut, la pénalité de retard du cahier des clauses "
    "administratives particulières s'applique par jour et par site.",
    "Le besoin annuel du lot est estimé à {value} € HT. Cette estimation n'engage pas la région et sert seulement à "
    "l'information des candidats, qui chiffrent le détail estimatif sur les quantités indiquées.",
    "Les accès, les points d'eau et les aires de stockage du lot {number} sont reconnus par le titulaire avant la "
    "première intervention, en présence d'un agent de la région. Un procès-verbal en relève les contraintes.",
    "Le matériel employé est conforme aux normes en vigueur, entretenu et adapté à la présence du public. Les agents "
    "portent une tenue reconnaissable et les équipements de protection prévus par le plan de prévention. Le titulaire "
    "informe le service des parcs de tout accident, même bénin, dans la journée.",
)


class Piece(NamedTuple):
    """One paragraph, title or table of the document, in reading order."""

    kind: str
    """"cover", "title", "subtitle", "paragraph" or "table"."""
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def pieces() -> Iterator[Piece]:
    """Yield the document."""
    yield Piece("cover", "Région Val-de-Brume")
    yield Piece("cover", "Règlement de la consultation")
    yield Piece("cover", "Entretien des espaces verts de la région")
    for rank, (title, paragraphs) in enumerate(ARTICLES, 1):
        yield Piece("title", f"Article {rank} - {title}")
        yield from (Piece("paragraph", text) for text in paragraphs)
        if title == "Allotissement":
            rows = (("Lot", "Désignation", "Code CPV"), *((f"{n}", lot[0], lot[1]) for n, lot in enumerate(LOTS, 1)))
            yield Piece("table", rows=rows)
        if title == "Jugement des offres":
            yield Piece("table", rows=(("Critère", "Pondération"), *CRITERIA))
    for number, (title, _, extent, value) in enumerate(LOTS, 1):
        yield Piece("subtitle", f"Annexe {number} - Lot {number} : {title}")
        filled = (text.format(number=number, extent=extent, value=value) for text in LOT_PARAGRAPHS)
        yield from (Piece("paragraph", text) for text in filled)


def words() -> int:
    """Return the number of words of the document."""
    return sum(len(" ".join((piece.text, *(c for row in piece.rows for c in row))).split()) for piece in pieces())


def write_docx(path: Path, content: Iterable[Piece] | None = None) -> None:
    """Write the document, or another one, with title styles and real tables."""
    from docx import Document

    document = Document()
    styles = {"cover": "Title", "title": "Heading 1", "subtitle": "Heading 2", "paragraph": "Normal"}
    for piece in content or pieces():
        if piece.kind != "table":
            document.add_paragraph(piece.text, style=styles[piece.kind])
            continue
        table = document.add_table(len(piece.rows), len(piece.rows[0]), style="Table Grid")
        for row, texts in zip(table.rows, piece.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(path))


def write_pdf(path: Path, content: Iterable[Piece] | None = None) -> int:
    """Write the document, or another one, as a born-digital PDF with ruled tables; return its number of pages."""
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()
    named = {"cover": "Title", "title": "Heading1", "subtitle": "Heading2", "paragraph": "BodyText"}
    story: list[object] = []
    for piece in content or pieces():
        if piece.kind == "table":
            story.append(Table(piece.rows, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        else:
            style = (
                styles[named[piece.kind]].clone("body", fontSize=11, leading=17, spaceAfter=8)
                if piece.kind == "paragraph"
                else styles[named[piece.kind]]
            )
            story.append(Paragraph(piece.text, style))
    template = SimpleDocTemplate(str(path), title="Règlement de la consultation")
    template.build(story)
    return int(template.page)
