"""``python -m achats_check``."""

from achats_check.cli import main

main()
