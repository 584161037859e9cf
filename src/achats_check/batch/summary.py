"""The dossiers of an audit as sections of the synthesis: what to act on first, what is missed, what is not known."""

from collections.abc import Iterator, Sequence
from datetime import date

from achats_check.batch.cutting import Aside
from achats_check.batch.rows import JUDGED, SET_ASIDE, UNREAD
from achats_check.batch.tally import CARDS_OF_A_DOSSIER, RuleCount, Tally
from achats_check.model.finding import NON_CONFORME, OPPORTUNITE, VERDICTS
from achats_check.model.synthesis import (
    AMOUNT,
    BARS,
    COUNT,
    DAY,
    LINES,
    SHARE,
    Block,
    Card,
    Chart,
    Column,
    Figure,
    Note,
    Section,
    Series,
    Table,
)
from achats_check.reports.wording import severity_label
from achats_check.wording import shorten

_ROWS, _BARS = 500, 12
_PART = (
    "Part : des dossiers auxquels on sait que la règle s'applique (colonne « S'applique »). Dans les autres de cette"
    " colonne, elle est suivie, ou l'on ne sait pas si elle l'est."
)
_STATUSES = {JUDGED: "jugé", UNREAD: "illisible", SET_ASIDE: "mis de côté"}
_KINDS = {"pieces": "pièces", "avis": "avis seul", "description": "description"}
_ORIGINS = {"declared": "déclaré", "extracted": "lu", "assumed": "supposé"}


def dossier_sections(tally: Tally, aside: Sequence[Aside]) -> tuple[Section, ...]:
    """Return the sections on the dossiers; without any, only the one on what is left aside.

    Args:
        tally: The dossiers, summed up.
        aside: What was found and is not audited.
    """
    unread = Section("non-lu", "Ce qui n'a pas été lu", tuple(_unread(tally, aside)))
    if not tally.rows:
        return (unread,) if unread.blocks else ()
    sections = [
        Section("bilan-dossiers", "Les dossiers en bref", tuple(_figures(tally))),
        Section("a-traiter", "À traiter d'abord", tuple(_cards(tally))),
        Section("non-conformites", "Les règles le plus souvent enfreintes", tuple(_faults(tally))),
        Section("leviers-manques", "Les leviers le plus souvent manqués", tuple(_levers(tally))),
        Section("a-verifier", "Ce qui n'a pas pu être jugé", tuple(_doubts(tally))),
        unread,
        Section("dossiers", "Tous les dossiers", tuple(_dossiers(tally))),
    ]
    return tuple(section for section in sections if section.blocks)


def _figures(tally: Tally) -> Iterator[Block]:
    judged = tally.count(status=JUDGED)
    faulty = sum(row[NON_CONFORME] > 0 for row in tally.rows)
    yield Figure("dossiers trouvés", len(tally.rows), COUNT, _made_of(tally))
    yield Figure("dossiers jugés", judged, COUNT, _not_judged(tally))
    yield Figure("dossiers avec une non-conformité établie", faulty, COUNT, _share_of(faulty, judged))
    yield Figure("non-conformités", sum(row[NON_CONFORME] for row in tally.rows), COUNT, _gravities(tally))
    missed = sum(row[OPPORTUNITE] > 0 for row in tally.rows)
    yield Figure("dossiers avec un levier manqué", missed, COUNT, _share_of(missed, judged))
    assumed = tally.count(status=JUDGED, law_day_origin="assumed")
    if assumed:
        said = "leur lancement est inconnu : le droit est supposé, et les règles récentes n'accusent pas"
        yield Figure("dossiers sans date de lancement", assumed, COUNT, said)
    again = tuple((row["path"], row["same_as"]) for row in tally.rows if row["same_as"])
    if again:
        said = "mêmes pièces sous un autre nom : ils sont jugés et comptés comme les autres"
        yield Figure("dossiers qui en répètent un autre", len(again), COUNT, said)
    if tally.unread_pieces:
        yield Figure("pièces non lues", tally.unread_pieces, COUNT, "voir « Ce qui n'a pas été lu »")
    yield from _by_year(tally)
    if again:
        columns = (Column("Dossier"), Column("Mêmes pièces que"))
        yield _capped("dossiers-en-double", "Dossiers en double", columns, again, _ROWS, "dossiers.jsonl")


def _made_of(tally: Tally) -> str:
    counts = [(label, tally.count(kind=kind)) for kind, label in _KINDS.items()]
    return ", ".join(f"{label} : {number}" for label, number in counts if number)


def _not_judged(tally: Tally) -> str:
    counts = [(label, tally.count(status=status)) for status, label in _STATUSES.items() if status != JUDGED]
    return ", ".join(
        f"{label}s : {number}".replace("mis de côtés", "mis de côté") for label, number in counts if number
    )


def _share_of(number: int, whole: int) -> str:
    return f"{round(100 * number / whole)} % des dossiers jugés" if whole else ""


def _gravities(tally: Tally) -> str:
    counts = [(label, sum(row[label] for row in tally.rows)) for label in ("bloquante", "majeure", "mineure")]
    return ", ".join(f"{label}s : {number}" for label, number in counts if number)


def _by_year(tally: Tally) -> Iterator[Block]:
    """Draw the share of faulty dossiers by year of the law, where the launch is known, over two years at least."""
    dated = [row for row in tally.rows if row["status"] == JUDGED and row["law_day_origin"] != "assumed"]
    years = sorted({row["law_day"][:4] for row in dated})
    if len(years) < 2:
        return
    whole = {year: [row for row in dated if row["law_day"][:4] == year] for year in years}

    def share(verdict: str) -> tuple[float, ...]:
        return tuple(sum(row[verdict] > 0 for row in whole[year]) / len(whole[year]) for year in years)

    yield Chart(
        "Part des dossiers, par année de lancement",
        LINES,
        SHARE,
        tuple(years),
        (
            Series("avec une non-conformité", share(NON_CONFORME), meaning=NON_CONFORME),
            Series("avec un levier manqué", share(OPPORTUNITE), meaning=OPPORTUNITE),
        ),
        note=f"{', '.join(f'{year} : {len(whole[year])}' for year in years)} dossiers dont le lancement est connu.",
    )


def _cards(tally: Tally) -> Iterator[Block]:
    cards = list(tally.cards())
    if cards and sum(row[NON_CONFORME] for row in tally.rows) > len(cards):
        limit = f"{CARDS_OF_A_DOSSIER} règles au plus par dossier"
        yield Note(f"Les fautes les plus graves, {limit} ; toutes sont dans constats.jsonl.")
    for path, named, card in cards:
        lots = f", {card['lots'].lower()}" if card["lots"] else ""
        yield Card(
            card["title"],
            NON_CONFORME,
            f"{path} — {shorten(named, 100)}{lots}" if named else f"{path}{lots}",
            card["message"],
            card["severity"],
            card["quote"],
            card["reference"],
            card["remedy"],
            card["rule"],
            subject=path,
        )


def _faults(tally: Tally) -> Iterator[Block]:
    faults = tally.faults()
    if not faults:
        if tally.count(status=JUDGED):
            yield Note("Aucune non-conformité n'est établie dans les dossiers jugés.")
        return
    yield _bars("Dossiers en cause, par règle", faults, NON_CONFORME)
    yield _rules_table("regles-enfreintes", "Règles enfreintes", ("Règle", "Gravité", "En cause"), faults)


def _levers(tally: Tally) -> Iterator[Block]:
    levers = tally.levers()
    if not levers:
        return
    yield Note("Un levier manqué n'est jamais une faute : c'est une possibilité du kit que l'achat n'a pas utilisée.")
    yield _bars("Dossiers où le levier est manqué", levers, OPPORTUNITE)
    yield _rules_table("leviers", "Leviers manqués", ("Levier", "Intérêt", "Manqué"), levers)


def _bars(title: str, counts: Sequence[RuleCount], meaning: str) -> Chart:
    first = counts[:_BARS]
    values = tuple(float(found.dossiers) for found in first)
    note = f"Les {_BARS} premières, sur {len(counts)}." if len(counts) > _BARS else ""
    labels = tuple(shorten(found.title, 70) for found in first)
    return Chart(title, BARS, COUNT, labels, (Series("dossiers", values, meaning=meaning),), note=note)


def _rules_table(name: str, title: str, titles: Sequence[str], counts: Sequence[RuleCount]) -> Table:
    columns = (
        *map(Column, titles[:2]),
        Column(f"{titles[2]} (dossiers)", COUNT),
        Column("Constats, lots compris", COUNT),
        Column("Suivi (dossiers)", COUNT),
        Column("S'applique (dossiers)", COUNT),
        Column("Part", SHARE),
        Column("Identifiant"),
    )
    rows = tuple(
        (
            found.title,
            severity_label(found.nature, found.severity),
            found.dossiers,
            found.findings,
            found.respected,
            found.applicable,
            found.dossiers / found.applicable if found.applicable else None,
            found.rule,
        )
        for found in counts
    )
    return Table(name, title, columns, rows, _PART)


def _doubts(tally: Tally) -> Iterator[Block]:
    if signs := tally.signs():
        titles = ("Règle", "Gravité", "À examiner")
        yield _rules_table("a-examiner", "À examiner : un signe dans les pièces", titles, signs)
    if reasons := tally.reasons():
        titles = ("Règle", "Gravité", "À justifier")
        yield _rules_table("a-justifier", "À justifier : un motif doit être au dossier de l'acheteur", titles, reasons)
    if not tally.advice:
        return
    yield Note(
        "Un doute n'est pas une faute. Ce qui suit trancherait le plus de règles : une pièce s'ajoute au dossier, une"
        " précision s'écrit, sous le nom entre parenthèses, dans un fichier achats-check.yaml placé avec elles."
    )
    ranked = sorted(tally.advice, key=lambda advice: (-tally.settled[advice], advice))
    rows = tuple((advice, tally.advice[advice], tally.settled[advice]) for advice in ranked)
    columns = (Column("Ce qu'il faudrait"), Column("Dossiers", COUNT), Column("Doutes levés ou avancés", COUNT))
    yield _capped("doutes", "Ce qui lèverait le plus de doutes", columns, rows, 40, "constats.jsonl")


def _unread(tally: Tally, aside: Sequence[Aside]) -> Iterator[Block]:
    lost = tuple(
        (row["path"], _STATUSES[row["status"]], row["reason"]) for row in tally.rows if row["status"] != JUDGED
    )
    if lost:
        columns = (Column("Dossier"), Column("État"), Column("Raison"))
        yield _capped("dossiers-non-juges", "Dossiers non jugés", columns, lost, _ROWS, "dossiers.jsonl")
    if tally.unread:
        columns = (Column("Dossier"), Column("Pièce"), Column("Raison"))
        yield Table(
            "pieces-non-lues",
            "Pièces non lues",
            columns,
            tuple(tally.unread),
            "Toutes les pièces sont dans dossiers.jsonl." if tally.unread_pieces > len(tally.unread) else "",
            tally.unread_pieces - len(tally.unread),
        )
    if aside:
        titles = (Column("Fichier"), Column("Raison"))
        yield _capped("laisses-de-cote", "Laissés de côté", titles, tuple(map(tuple, aside)), _ROWS, "ecartes.jsonl")


def _dossiers(tally: Tally) -> Iterator[Block]:
    columns = (
        Column("Dossier"),
        Column("Objet"),
        Column("Acheteur"),
        Column("Montant estimé HT", AMOUNT),
        Column("Droit appliqué", DAY),
        Column("Lancement"),
        Column("Fait de"),
        Column("État"),
        *(Column(title, COUNT) for title in ("Non conforme", "Opportunités", "À vérifier", "Conforme", "Sans objet")),
    )
    rows = tuple(
        (
            row["path"],
            shorten(row["object"] or "", 120),
            shorten(row["buyer"] or "", 80),
            row["estimated_value"],
            date.fromisoformat(row["law_day"]) if row["law_day"] else None,
            _ORIGINS.get(row["law_day_origin"] or "", ""),
            _KINDS.get(row["kind"] or "", ""),
            _STATUSES[row["status"]],
            *(row[verdict] for verdict in VERDICTS),
        )
        for row in tally.rows
    )
    yield _capped("tous-les-dossiers", "Dossiers", columns, rows, _ROWS, "dossiers.jsonl")


def _capped(
    name: str, title: str, columns: Sequence[Column], rows: Sequence[tuple[object, ...]], most: int, file: str
) -> Table:
    more = max(0, len(rows) - most)
    note = f"La suite est dans {file}." if more else ""
    return Table(name, title, tuple(columns), tuple(rows[:most]), note, more)  # type: ignore[arg-type]
