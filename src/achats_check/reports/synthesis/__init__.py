"""The synthesis of an audit, drawn as a page and as a spreadsheet: nothing here counts or judges."""
