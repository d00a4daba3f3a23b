"""Run pytest inside the host: lutist run tests/python/inside.py [PYTEST ARGUMENTS]."""

import sys

import pytest

sys.exit(pytest.main(sys.argv[1:]))
