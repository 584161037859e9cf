"""What the extraction is worth, counted against labels read by eye."""
