"""What a line may open with before its first word, on folded text."""

LINE_START = (
    r"\W{0,4}(?:(?:(?:art(?:icle|\.)?|chapitre|titre|partie|section|rubrique)\s?)?(?:n\s?°\s?)?"
    r"(?:\d{1,2}|[a-k]|[ivx]{1,5})(?:[./-]?\d{1,2}|[./-][a-k](?![a-z])){0,4}"
    r"(?:\s?[-–).:/|°]{1,3}\s{0,9}|\s{1,4}))?"
)
"""Its number or its mark, "A.2 ", "Art. IV.2 – ", "3) ", or nothing; patterns of the lexicon write it "{debut}"."""
