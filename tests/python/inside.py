"""Run pytest inside the host: lutist run tests/python/inside.py [PYTEST ARGUMENTS]."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1]))  # what all tests share
sys.exit(pytest.main(sys.argv[1:]))
