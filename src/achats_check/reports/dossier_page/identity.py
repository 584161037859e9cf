"""What a dossier is, and the law that was applied to it."""

from __future__ import annotations

from achats_check.model.fact import KNOWN
from achats_check.model.report import Report
from achats_check.reports.citing import passage
from achats_check.reports.dossier_page.prose import prose
from achats_check.reports.page.markup import Markup, join, tag
from achats_check.reports.piece_words import pieces_text, reading_notes
from achats_check.reports.purchase_words import buyer_name, purchase_features, purchase_subject, purchase_title
from achats_check.reports.wording import law_day_text, rules_text


def identity(name: str, report: Report) -> Markup:
    """Draw what is bought, by whom, under which law, from which pieces; then what the reader must know of them.

    Args:
        name: The files that were given.
        report: What was found.
    """
    cut = purchase_title(report).endswith("…")
    rows = [
        ("Objet", [purchase_subject(report) if cut else ""]),
        ("Achat", [purchase_features(report)]),
        ("Acheteur", [buyer_name(report)]),
        ("Dossier vérifié", [name]),
        ("Pièces", [pieces_text(report)]),
    ]
    if report.findings:
        rows.append(("Droit appliqué", [law_day_text(report), *_launch(report), report.law_day.note]))
        rows.append(("Règles", [f"{rules_text(report)}, version {report.rules_version}"]))
    drawn = [
        tag("div", tag("dt", label), *(tag("dd", text) for text in texts if text))
        for label, texts in rows
        if any(texts)
    ]
    notes = [tag("li", prose(note)) for note in (*reading_notes(report, "la liste des pièces"), *report.notes)]
    return join([tag("dl", *drawn, class_="identity"), *([tag("ul", *notes, class_="notes")] if notes else [])])


def _launch(report: Report) -> list[str]:
    """Return the passage where the launch of the consultation was read."""
    launch = report.fact("date_lancement")
    read = report.law_day.origin == "extracted" and launch is not None and launch.status == KNOWN
    return [passage(evidence) for evidence in launch.evidence[:1]] if read and launch else []
