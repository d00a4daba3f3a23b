"""The operations of an expression, numbered as the host numbers them, and kinds of numbers."""

from _lutist import expr_ops

(
    ADD, SUB, MUL, DIV, FLOORDIV, MOD, POW, NEG, ABS, LT, LE, EQ, NE,
    SELECT, CHECK, MIN, MAX, LEAST, MOST, FLOOR, CEIL, TRUNC, RINT, INT, SQRT, *_REST,
    X, CONST, _TABLE,
) = range(len(expr_ops))  # fmt: skip

# What the number would be: its type decides what an operation means. NUMPY is numpy.float64,
# ARRAY an array without dimensions, TRUTH numpy.bool_.
BOOL, WHOLE, FLOAT, NUMPY, ARRAY, TRUTH = range(6)
