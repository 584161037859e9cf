"""What every page has: markup that no text of a tender can become, a head that forbids requests, a common look."""
