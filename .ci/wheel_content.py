"""Checks that the wheel and the sdist hold every file of the three rooms, tables and templates among them.

Usage: wheel_content.py CHECKOUT WHEEL SDIST
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from pathlib import Path

ROOMS = ("timeline", "sources", "reports")
SINGLE = {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "tests/conftest.py"}


def expected(root: Path) -> set[str]:
    """The files of the rooms in the checkout, caches apart."""
    files = (path for room in ROOMS for path in (root / room).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in files if "__pycache__" not in path.parts}


def main(root: Path, wheel: Path, sdist: Path) -> int:
    """Print what is missing or too much; 1 where there is something."""
    rooms = expected(root)
    with zipfile.ZipFile(wheel) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    with tarfile.open(sdist) as source:
        packed = {name.partition("/")[2] for name in source.getnames()}
    faults = [f"the wheel lacks {name}" for name in sorted(rooms - shipped)]
    faults += [f"the wheel holds {name}, which is in no room" for name in sorted(shipped - rooms)]
    faults += [f"the sdist lacks {name}" for name in sorted((rooms | SINGLE) - packed)]
    print("\n".join(faults) or f"{len(shipped)} files in the wheel, {len(packed)} in the sdist, as expected")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*(Path(argument) for argument in sys.argv[1:4])))
