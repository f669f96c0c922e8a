"""The timeline page: what it says (words), what stands in a row, a lens, a panel and the evidence, and its template."""
