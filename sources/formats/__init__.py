"""One small module per input format: each turns bytes into drafts; :mod:`sources.sniff` says which one reads what."""
