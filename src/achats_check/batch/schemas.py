"""The columns of the files of results, the same in JSON Lines and in Parquet, in this order, release after release."""

from achats_check.model.finding import VERDICTS
from achats_check.model.rule import SEVERITIES

TEXT, WHOLE, NUMBER, DAY, TEXTS, RECORDS = "text", "whole", "number", "day", "texts", "records"
Columns = tuple[tuple[str, str], ...]

PASSAGE: Columns = (
    ("document", TEXT),
    ("role", TEXT),
    ("page", WHOLE),
    ("article", TEXT),
    ("heading", TEXT),
    ("pointer", TEXT),
    ("quote", TEXT),
)
"""Fields of a passage that proves something."""
INPUT: Columns = (("path", TEXT), ("format", TEXT), ("role", TEXT), ("status", TEXT), ("reason", TEXT))
"""Fields of a piece."""
FIELDS = {"inputs": INPUT, "evidence": PASSAGE, "rivals": PASSAGE}
"""Fields of each column of records."""

DOSSIERS: Columns = (
    ("path", TEXT),
    ("kind", TEXT),
    ("status", TEXT),
    ("reason", TEXT),
    ("law_day", DAY),
    ("law_day_origin", TEXT),
    ("object", TEXT),
    ("type", TEXT),
    ("procedure", TEXT),
    ("estimated_value", NUMBER),
    ("buyer", TEXT),
    ("buyer_siret", TEXT),
    ("buyer_category", TEXT),
    ("pieces_read", WHOLE),
    ("pieces_unread", WHOLE),
    *((verdict, WHOLE) for verdict in VERDICTS),
    *((severity, WHOLE) for severity in SEVERITIES),
    ("inputs", RECORDS),
    ("notes", TEXTS),
    ("same_as", TEXT),
)
FINDINGS: Columns = (
    ("dossier", TEXT),
    ("rule", TEXT),
    ("title", TEXT),
    ("theme", TEXT),
    ("nature", TEXT),
    ("verdict", TEXT),
    ("doubt", TEXT),
    ("severity", TEXT),
    ("scope", TEXT),
    ("scope_id", TEXT),
    ("message", TEXT),
    ("remedy", TEXT),
    ("reserve", TEXT),
    ("missing_facts", TEXTS),
    ("missing_pieces", TEXTS),
    ("law", TEXTS),
    ("kit", TEXTS),
    ("evidence", RECORDS),
    ("searched", TEXTS),
    ("fingerprint", TEXT),
    ("rank", WHOLE),
)
FACTS: Columns = (
    ("dossier", TEXT),
    ("name", TEXT),
    ("scope", TEXT),
    ("scope_id", TEXT),
    ("value", TEXT),
    ("unit", TEXT),
    ("status", TEXT),
    ("origin", TEXT),
    ("confidence", NUMBER),
    ("evidence", RECORDS),
    ("rivals", RECORDS),
    ("searched", TEXTS),
    ("missing_pieces", TEXTS),
)
LEFT_ASIDE: Columns = (("path", TEXT), ("reason", TEXT))
