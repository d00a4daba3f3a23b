"""Print power_table.c: python3 power_table.py > power_table.c && clang-format -i power_table.c"""

from decimal import Decimal, getcontext

getcontext().prec = 60

SIZE = 128  # a table's entries: seven bits of a mantissa, or of an exponent's fraction
FIRST = 0x3FE6900000000000  # the least mantissa, near sqrt(1/2), so that 1.0 is in the
STEP = 1 << 45  # middle of its entry's stretch
LN2 = Decimal(2).ln()


def as_double(bits):
    """The double with these bits."""
    exponent, mantissa = bits >> 52, bits & ((1 << 52) - 1)
    return float((1 + mantissa / 2**52) * 2.0 ** (exponent - 1023))


def split(value, bits):
    """A multiple of 2**-bits, and the rest, as doubles."""
    high = float((value * 2**bits).to_integral_value() / 2**bits)
    return high, float(value - Decimal(high))


def log_entry(index):
    """1/c for a c in the stretch's middle, and log(c)."""
    middle = as_double(FIRST + STEP * index + STEP // 2)
    inverse = 1.0 if middle == 1.0 else 1.0 / middle
    return inverse, *split(-Decimal(inverse).ln(), 42)


def exp_entry(index):
    """2**(index / SIZE)."""
    value = (LN2 * index / SIZE).exp()
    high = float(value)
    return high, float(value - Decimal(high))


def rows(entry):
    return "\n".join(
        "    {" + ", ".join(number.hex() for number in entry(i)) + "}," for i in range(SIZE)
    )


ln2_high, ln2_low = split(LN2, 42)
step_high, step_low = split(LN2 / SIZE, 55)
print(f"""/* Made by power_table.py. */
#include "power/power_table.h"

const double power_ln2[2] = {{{ln2_high.hex()}, {ln2_low.hex()}}};
const double power_step[2] = {{{step_high.hex()}, {step_low.hex()}}};

const PowerLog power_log[POWER_SIZE] = {{
{rows(log_entry)}
}};

const PowerExp power_exp[POWER_SIZE] = {{
{rows(exp_entry)}
}};""")
