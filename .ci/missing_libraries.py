# ruff: noqa: INP001
"""Print the packages whose libraries WeasyPrint needs and this machine lacks: Debian's, or brew's.

Run at each « make », so it loads nothing else.
"""

import ctypes
import sys

PACKAGES = {
    "linux": {
        "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
        "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    },
    "darwin": {
        "libpangoft2-1.0.dylib": "pango",
        "libharfbuzz-subset.dylib": "harfbuzz",
    },
}

for library, package in PACKAGES.get(sys.platform, {}).items():
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
