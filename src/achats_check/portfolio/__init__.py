"""Portfolios: what the contracts of a buyer show together, year by year (see ``docs/portefeuilles.md``)."""
