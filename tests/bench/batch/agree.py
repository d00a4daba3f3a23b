"""How far results are from lutist's: agree.py OURS OTHER…, a mean difference of samples a line."""

import sys

import numpy as np
from PIL import Image


def samples(path):
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"), np.int16)


def main(ours, *others):
    expected = samples(ours)
    for path in others:
        got = samples(path)
        same = got.shape == expected.shape
        print(np.abs(got - expected).mean() if same else "another size")


if __name__ == "__main__":
    main(*sys.argv[1:])
