"""Calls of builtins in a function's code, such as float(x), sent to another name.

Only the calls change: float in isinstance(x, float) or as a dtype stays what it is.
"""

import sys
from opcode import opmap

_LOAD, _EXTENDED = opmap["LOAD_GLOBAL"], opmap["EXTENDED_ARG"]
_TELLS_CALLS = sys.version_info >= (3, 11)  # the lowest bit says that a call follows


def renamed(code, names):
    """The code with calls of the global NAME as calls of renamed_name(NAME), for these names."""
    raw, known = bytearray(code.co_code), list(code.co_names)
    for at in range(0, len(raw), 2):
        if raw[at] == _LOAD and _is_call(code, raw, at):
            name = code.co_names[raw[at + 1] >> _TELLS_CALLS]
            if name in names:
                raw[at + 1] = _place(known, renamed_name(name)) << _TELLS_CALLS | _TELLS_CALLS
    constants = tuple(
        renamed(part, names) if type(part) is type(code) else part for part in code.co_consts
    )
    return code.replace(co_code=bytes(raw), co_names=tuple(known), co_consts=constants)


def renamed_name(name):
    return f"{name}()"  # no identifier, so no script has it


def _place(known, name):
    """The number of the name, added where it is new. Raises OverflowError beyond one byte."""
    if name not in known:
        known.append(name)
    number = known.index(name)
    if number << _TELLS_CALLS > 254:
        raise OverflowError("the function has too many names")
    return number


def _is_call(code, raw, at):
    if at and raw[at - 2] == _EXTENDED:
        return False
    return bool(raw[at + 1] & 1) if _TELLS_CALLS else _is_called(raw, at + 2)


def _is_called(raw, at):
    """Python 3.10: is the value on top of the stack called with what is put on it from here?

    One way through the arguments is enough: all leave the same stack.
    """
    from _opcode import stack_effect
    from opcode import HAVE_ARGUMENT

    above = 0
    while at < len(raw):
        op, number = raw[at], raw[at + 1]
        if op in (opmap["CALL_FUNCTION"], opmap["CALL_FUNCTION_KW"]):
            taken = number + (op == opmap["CALL_FUNCTION_KW"])
            if above <= taken:
                return above == taken
        elif op == opmap["JUMP_FORWARD"]:
            at += 2 * number
        elif op == _EXTENDED or op in (opmap["JUMP_ABSOLUTE"], opmap["RETURN_VALUE"]):
            return False
        above += stack_effect(op, number if op >= HAVE_ARGUMENT else None, jump=False)
        if above < 0:
            return False
        at += 2
    return False
