"""``achats-check``, and ``python -m achats_check``."""


def main() -> None:
    """Run the command; one that is stopped while it still loads ends as one that is stopped later."""
    try:
        from achats_check.cli import main as run

        run()
    except KeyboardInterrupt:
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
