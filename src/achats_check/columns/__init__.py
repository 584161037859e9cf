"""The same rules over tables of contracts: one rule gives the column of verdicts, in Polars or in SQL."""
