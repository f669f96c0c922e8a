"""Word lists and line patterns of reports, as data; :mod:`sources.vocabulary` loads and checks them."""
