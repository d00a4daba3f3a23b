"""What must be seen of each action and each gesture of the viewer's table.

A check gets the window and `press`, which makes one stroke of the row under test, whichever
key, button or turn of the wheel that is. It leaves the window as it found it.
"""

ACTIONS = {}  # name -> check
GESTURES = {}  # "group: what the help calls it" -> check


def action(name):
    return lambda check: _enter(ACTIONS, name, check)


def gesture(group, shown):
    return lambda check: _enter(GESTURES, f"{group}: {shown}", check)


def _enter(checks, name, check):
    assert name not in checks, f"two checks for {name}"
    checks[name] = check
    return check
