"""Files of contracts → the generic table in partitions, with a report of its quality; then the verdicts of its rows."""
