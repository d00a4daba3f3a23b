"""Products and inverses of 3x3 matrices, as tuples of rows."""


def product(*factors):
    """The matrix that applies the last factor first."""
    result, *rest = factors
    for factor in rest:
        result = [
            [sum(a * factor[k][j] for k, a in enumerate(row)) for j in range(3)] for row in result
        ]
    return result


def times(rows, vector):
    """The matrix applied to three numbers."""
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in rows]


def inverse(rows):
    """The inverse, by cofactors; the matrix must have one."""
    (a, b, c), (d, e, f), (g, h, i) = rows
    cofactors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    size = a * cofactors[0][0] + b * cofactors[1][0] + c * cofactors[2][0]
    return [[value / size for value in row] for row in cofactors]
