"""requirements.lock holds what pyproject.toml asks for: a fresh machine misses nothing."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.sites import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"].values()
ASKED = [*PROJECT["dependencies"], *(line for extra in EXTRAS for line in extra)]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))


@pytest.mark.parametrize("line", ASKED)
def test_requirement_is_locked(line: str) -> None:
    requirement = Requirement(line)
    version = LOCKED.get(canonicalize_name(requirement.name))
    assert version is not None, "run « make lock »"
    assert requirement.specifier.contains(version), "run « make lock »"


def test_lock_has_hashes_and_tells_nothing_of_the_machine_that_wrote_it() -> None:
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert re.findall(r"https?://\S+|^--\S+.*| /\S+", LOCK, re.MULTILINE) == []
