"""Reports as people hold them, read into documents: text, structure, who published them and when, with the evidence."""

from sources.inspect import describe
from sources.reading import Reading, read

__all__ = ["Reading", "describe", "read"]
