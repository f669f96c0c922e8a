"""Every limit on what is read, in one place; a message that refuses an input quotes the limit it went over."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

FILE_BYTES = 64 * MEGABYTE
"""Largest single file, archive member or download."""

TEXT_CHARACTERS = 400_000
"""Longest text of one report; a newspaper page holds about 5,000 characters."""

LINE_CHARACTERS = 100_000
"""Longest single line of plain text; longer ones are data, not prose."""

RECORDS = 100_000
"""Most records (mails, rows, entries) of one file."""

ARCHIVE_RATIO = 200
"""Most times an archive may grow on unpacking, once it is over a megabyte."""

ARCHIVE_BYTES = 512 * MEGABYTE
"""Most bytes one archive may unpack to, all members together."""

ARCHIVE_MEMBERS = 50_000
"""Most members of one archive."""

NESTING = 3
"""How many archives may lie in one another."""

FOLDER_DEPTH = 32
"""How many folders may lie in one another."""

JSON_DEPTH = 100
"""How many lists and objects of a JSON file may lie in one another."""

PDF_PAGES = 500
"""Most pages of a PDF; the rest is not read and the report says so."""

REPORT_SECONDS = 60.0
"""Longest a file, or one report in a file of many, may take to read; a newspaper page takes about a thousandth."""

SMALL_BYTES = 256 * 1024
"""Inputs up to this size are read in this process: no parser is known to hang on so little for more than seconds."""

DOWNLOAD_SECONDS = 20.0
"""Longest wait for a web page."""

REDIRECTS = 5
"""Most redirects followed for one web page."""
