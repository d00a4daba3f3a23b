"""The wheel, built for every Python of this machine, each in an environment of its own."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from pythons import Environment, Missing, pythons

_made = {}  # by version: an Environment, or why there is none


def environment(version):
    """Skips the test where pip or the index is not there."""
    if version not in _made:
        made = Environment(version)
        try:
            made.make()
            _made[version] = made
        except Missing as reason:
            _made[version] = str(reason)
    if isinstance(_made[version], str):
        pytest.skip(_made[version])
    return _made[version]


@pytest.fixture(params=list(pythons()))
def wheel(request):
    """An Environment, for each Python."""
    return environment(request.param)


@pytest.fixture
def any_wheel():
    """The default Python's."""
    return environment(next(iter(pythons())))
