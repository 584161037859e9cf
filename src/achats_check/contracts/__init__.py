"""Files of contracts → partitions of the generic table, with a report of their quality; then the verdicts of its rows."""
