"""The report of a dossier as a page to send to a jurist or a prescriber: it says what the text report says."""
