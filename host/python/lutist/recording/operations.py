"""The operations of an expression, by the names of pipe/expr/expr_op.c, and kinds of numbers."""

from _lutist import expr_ops

NUMBER = {name: number for number, name in enumerate(expr_ops)}

ADD = NUMBER["add"]
SUB = NUMBER["sub"]
MUL = NUMBER["mul"]
DIV = NUMBER["div"]
FLOORDIV = NUMBER["floordiv"]
MOD = NUMBER["mod"]
POW = NUMBER["pow"]
NEG = NUMBER["neg"]
ABS = NUMBER["abs"]
COPYSIGN = NUMBER["copysign"]
LT = NUMBER["lt"]
LE = NUMBER["le"]
EQ = NUMBER["eq"]
NE = NUMBER["ne"]
SELECT = NUMBER["select"]
CHECK = NUMBER["check"]
MIN = NUMBER["min"]
MAX = NUMBER["max"]
LEAST = NUMBER["least"]
MOST = NUMBER["most"]
FLOOR = NUMBER["floor"]
CEIL = NUMBER["ceil"]
TRUNC = NUMBER["trunc"]
RINT = NUMBER["rint"]
ROUND = NUMBER["round"]
INT = NUMBER["int"]
SQRT = NUMBER["sqrt"]
HYPOT = NUMBER["hypot"]
X = NUMBER["x"]
CONST = NUMBER["const"]
INDEX = NUMBER["index"]
INTERP = NUMBER["interp"]
BISECT = NUMBER["bisect"]
BISECT_LEFT = NUMBER["bisect_left"]
WITH_TABLE = {INDEX, INTERP, BISECT, BISECT_LEFT}

# The type that a number would have decides what an operation means. NUMPY is numpy.float64, ARRAY
# an array without dimensions, TRUTH numpy.bool_.
BOOL, WHOLE, FLOAT, NUMPY, ARRAY, TRUTH = range(6)
