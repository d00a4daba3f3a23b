"""Broken .cube files, one for each rule: `python3 broken_cubes.py FOLDER` writes them.

FILES gives for each name the bytes, the line that the refusal names, and its reason.
"""

import sys
from pathlib import Path

SIZE = "LUT_3D_SIZE 2\n"
ROWS = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n0 0 1\n1 0 1\n0 1 1\n1 1 1\n"
CURVE = "LUT_1D_SIZE 3\n0 0 0\n.5 .5 .5\n1 1 1\n"
BOTH = "LUT_1D_SIZE 2\nLUT_3D_SIZE 2\n"


def with_row(row):
    """The third row is another one."""
    rows = ROWS.splitlines()
    rows[2] = row
    return SIZE + "\n".join(rows) + "\n"


FILES = {
    # the keywords
    "unknown": ("LUT_4D_SIZE 2\n" + ROWS, 1, "LUT_4D_SIZE is neither a keyword"),
    "unknown_later": (SIZE + "# comment\n\nGAMMA 2.2\n" + ROWS, 4, "GAMMA is neither"),
    "lower_case": ("lut_3d_size 2\n" + ROWS, 1, "lut_3d_size is neither"),
    "video_range": ("LUT_IN_VIDEO_RANGE\n" + SIZE + ROWS, 1, "LUT_IN_VIDEO_RANGE is neither"),
    "second_size": (SIZE + SIZE + ROWS, 2, "a second LUT_3D_SIZE; the first is in line 1"),
    "second_size_1d": ("LUT_1D_SIZE 3\n" + CURVE, 2, "a second LUT_1D_SIZE"),
    "second_title": ('TITLE "a"\nTITLE "b"\n' + SIZE + ROWS, 2, "a second TITLE"),
    "second_domain": (
        f"DOMAIN_MIN 0 0 0\n{SIZE}DOMAIN_MIN 0 0 0\n{ROWS}",
        3,
        "a second DOMAIN_MIN",
    ),
    "second_range": (
        f"LUT_3D_INPUT_RANGE 0 1\n{SIZE}LUT_3D_INPUT_RANGE 0 1\n{ROWS}",
        3,
        "a second LUT_3D_INPUT_RANGE",
    ),
    "keyword_in_rows": (
        SIZE + "0 0 0\nDOMAIN_MIN 0 0 0\n" + ROWS,
        3,
        "comes after the first row",
    ),
    "title_in_rows": (SIZE + '0 0 0\nTITLE "a"\n' + ROWS, 3, "TITLE comes after the first row"),
    "keyword_after_rows": (SIZE + ROWS + 'TITLE "a"\n', 10, "comes after the last row"),
    "rows_first": (ROWS + SIZE, 1, "the rows begin before LUT_3D_SIZE or LUT_1D_SIZE"),
    "no_size": ('TITLE "a"\n' + ROWS, 2, "the rows begin before"),
    "only_title": ('TITLE "a"\n\n# end\n', 4, "LUT_3D_SIZE or LUT_1D_SIZE is missing"),
    "only_comments": ("# a\n#b\n", 3, "LUT_3D_SIZE or LUT_1D_SIZE is missing"),
    # the title
    "bare_title": ("TITLE film\n" + SIZE + ROWS, 1, "the TITLE is not a text in double quotes"),
    "no_title": ("TITLE\n" + SIZE + ROWS, 1, "the TITLE is not a text in double quotes"),
    "open_title": ('TITLE "film\n' + SIZE + ROWS, 1, "the TITLE is not a text in double quotes"),
    "more_title": ('TITLE "a" b\n' + SIZE + ROWS, 1, "the TITLE is not a text in double quotes"),
    # the sizes
    "size_1": ("LUT_3D_SIZE 1\n0 0 0\n", 1, "LUT_3D_SIZE is a whole number from 2 to 256"),
    "size_0": ("LUT_3D_SIZE 0\n", 1, "from 2 to 256"),
    "size_257": ("LUT_3D_SIZE 257\n" + ROWS, 1, "from 2 to 256"),
    "size_minus": ("LUT_3D_SIZE -2\n" + ROWS, 1, "from 2 to 256"),
    "size_half": ("LUT_3D_SIZE 2.5\n" + ROWS, 1, "from 2 to 256"),
    "size_huge": ("LUT_3D_SIZE 4294967298\n" + ROWS, 1, "from 2 to 256"),
    "size_none": ("LUT_3D_SIZE\n" + ROWS, 1, "a number is missing"),
    "size_word": ("LUT_3D_SIZE two\n" + ROWS, 1, "two is not a number"),
    "size_more": ("LUT_3D_SIZE 2 2\n" + ROWS, 1, "2 is too much"),
    "size_1d_1": ("LUT_1D_SIZE 1\n0 0 0\n", 1, "LUT_1D_SIZE is a whole number from 2 to 65536"),
    "size_1d_65537": ("LUT_1D_SIZE 65537\n0 0 0\n", 1, "from 2 to 65536"),
    "bomb": ("LUT_3D_SIZE 256\n" + ROWS, 1, "16777216 rows, and the file is too short"),
    "bomb_1d": ("LUT_1D_SIZE 65536\n" + ROWS, 1, "65536 rows, and the file is too short"),
    "bomb_both": ("LUT_1D_SIZE 2\nLUT_3D_SIZE 256\n" + ROWS, 2, "16777216 rows"),
    # the domains
    "empty_domain": (f"{SIZE}DOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 0 1\n{ROWS}", 3, "of green is empty"),
    "turned_domain": (f"DOMAIN_MAX 0 0 0\nDOMAIN_MIN 1 1 1\n{SIZE}{ROWS}", 2, "of red is empty"),
    "domain_above_1": (f"{SIZE}DOMAIN_MIN 0 0 2\n{ROWS}", 2, "blue is empty: from 2 to 1"),
    "narrow_domain": (f"{SIZE}DOMAIN_MAX 1e-9 1 1\n{ROWS}", 2, "red is too narrow"),
    "short_domain": (f"{SIZE}DOMAIN_MIN 0 0\n{ROWS}", 2, "a number is missing"),
    "long_domain": (f"{SIZE}DOMAIN_MIN 0 0 0 0\n{ROWS}", 2, "0 is too much"),
    "nan_domain": (f"{SIZE}DOMAIN_MAX 1 nan 1\n{ROWS}", 2, "nan is not a number"),
    "turned_range": (f"{SIZE}LUT_3D_INPUT_RANGE 1 0\n{ROWS}", 2, "is empty: from 1 to 0"),
    "short_range": (f"{SIZE}LUT_3D_INPUT_RANGE 1\n{ROWS}", 2, "a number is missing"),
    "long_range": (f"{SIZE}LUT_3D_INPUT_RANGE 0 1 0 1\n{ROWS}", 2, "0 is too much"),
    "range_of_none": (f"{SIZE}LUT_1D_INPUT_RANGE 0 1\n{ROWS}", 2, "without LUT_1D_SIZE"),
    "domain_and_range": (
        f"{SIZE}DOMAIN_MIN 0 0 0\nLUT_3D_INPUT_RANGE 0 1\n{ROWS}",
        3,
        "LUT_3D_INPUT_RANGE beside DOMAIN_MIN",
    ),
    "domain_of_two": (
        f"{BOTH}DOMAIN_MAX 1 1 1\n0 0 0\n1 1 1\n{ROWS}",
        3,
        "DOMAIN_MAX in a file of two tables",
    ),
    # the rows
    "no_rows": (SIZE, 2, "the rows of the table are missing"),
    "missing_row": (
        SIZE + ROWS[6:] + "# a row is missing\n",
        10,
        "the file ends after 7 of 8 rows",
    ),
    "short_file": ("LUT_3D_SIZE 64\n" + ROWS, 1, "262144 rows, and the file is too short"),
    "missing_rows_1d": ("LUT_1D_SIZE 4\n0 0 0\n1 1 1\n# padding, padding\n", 5, "after 2 of 4"),
    "missing_cube": (f"{BOTH}0 0 0\n1 1 1\n# the end\n", 6, "after 0 of 8 rows"),
    "extra_row": (SIZE + ROWS + "1 1 1\n", 10, "1 comes after the last row"),
    "extra_row_1d": (CURVE + "1 1 1\n", 5, "1 comes after the last row"),
    "shaper_without_3d": ("LUT_1D_SIZE 2\n0 0 0\n1 1 1\n" + ROWS, 4, "after the last row"),
    "short_row": (with_row("0 1"), 4, "a number is missing"),
    "long_row": (with_row("0 1 0 0"), 4, "0 is too much"),
    "comment_in_row": (with_row("0 1 0 # green"), 4, "# is too much"),
    "nan": (with_row("0 nan 0"), 4, "nan is not a number"),
    "nan_first": (with_row("nan 0 0"), 4, "nan is not a number"),
    "infinite": (with_row("0 -inf 0"), 4, "-inf is not a number"),
    "infinity": (with_row("0 0 Infinity"), 4, "Infinity is not a number"),
    "overflow": (
        with_row("0 1e999 0"),
        4,
        "out of range: a number goes from -1e30 to 1e30",
    ),
    "too_large": (with_row("0 2e30 0"), 4, "2e30 is out of range"),
    "comma": (with_row("0 0,5 0"), 4, "0,5 is not a number"),
    "commas": (with_row("0, 1, 0"), 4, "0, is not a number"),
    "hexadecimal": (with_row("0 0x1p0 0"), 4, "0x1p0 is not a number"),
    "exponent": (with_row("0 1e 0"), 4, "1e is not a number"),
    "point": (with_row("0 . 0"), 4, ". is not a number"),
    "signs": (with_row("0 +-1 0"), 4, "+-1 is not a number"),
    "long_number": (with_row(f"0 1{'0' * 300} 0"), 4, f"1{'0' * 39}... is out of range"),
    "old_mac": ((SIZE + ROWS).replace("\n", "\r") + "1\r", 10, "1 comes after the last row"),
    "control": (with_row("0 \x1b[2J 0"), 4, "\\x1b[2J is not a number"),
    "nul": (with_row("0 1\0 0"), 4, "1\\x00 is not a number"),
    "utf_16": ((SIZE + ROWS).encode("utf-16"), 1, "\\xff\\xfeL\\x00 is neither a keyword"),
    "binary": (bytes(range(256)) * 9, 1, "is neither a keyword"),
    "long_line": (f"{SIZE}#{' ' * 70000}\n{ROWS}", 2, "is longer than 65535 bytes"),
    "csp": ("CSPLUTV100\n3D\n\n2\n0 1\n0 1\n", 1, "CSPLUTV100 is neither a keyword"),
    "3dl": ("0 512 1023\n0 0 0\n", 1, "the rows begin before LUT_3D_SIZE"),
}


def write(folder):
    """Paths, by name."""
    paths = {name: Path(folder) / f"{name}.cube" for name in FILES}
    for name, (text, _, _) in FILES.items():
        paths[name].write_bytes(text if isinstance(text, bytes) else text.encode())
    return paths


if __name__ == "__main__":
    write(sys.argv[1])
