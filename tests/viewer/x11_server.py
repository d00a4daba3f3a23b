"""What desktops do to an X server: displays are arranged, and get their colour profiles."""

import contextlib
import ctypes


class Resources(ctypes.Structure):
    _fields_ = (
        ("time", ctypes.c_ulong),
        ("configured", ctypes.c_ulong),
        ("crtc_count", ctypes.c_int),
        ("crtcs", ctypes.POINTER(ctypes.c_ulong)),
        ("output_count", ctypes.c_int),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


class Monitor(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("output_count", ctypes.c_int),
        *((word, ctypes.c_int) for word in ("x", "y", "width", "height", "mm_wide", "mm_high")),
        ("outputs", ctypes.POINTER(ctypes.c_ulong)),
    )


@contextlib.contextmanager
def connection(display):
    """libX11, a connection and the root window."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XDefaultRootWindow.restype = x11.XInternAtom.restype = ctypes.c_ulong
    server = ctypes.c_void_p(x11.XOpenDisplay(display.encode()))
    yield x11, server, ctypes.c_ulong(x11.XDefaultRootWindow(server))
    x11.XCloseDisplay(server)


def put_profile(display, data, number=0):
    """_ICC_PROFILE of the root window, as colour management sets it."""
    property_name = f"_ICC_PROFILE_{number}" if number else "_ICC_PROFILE"
    with connection(display) as (x11, server, root):
        name = ctypes.c_ulong(x11.XInternAtom(server, property_name.encode(), 0))
        cardinal, replace = ctypes.c_ulong(6), 0
        x11.XChangeProperty(server, root, name, cardinal, 8, replace, data, len(data))


def put_monitors(display, *monitors):
    """Divide the screen: (x, y, width, height, dots per inch) each. The first has the output."""
    randr = ctypes.CDLL("libXrandr.so.2")
    randr.XRRGetScreenResources.restype = ctypes.POINTER(Resources)
    randr.XRRGetMonitors.restype = ctypes.POINTER(Monitor)
    count = ctypes.c_int()
    with connection(display) as (x11, server, root):
        outputs = randr.XRRGetScreenResources(server, root).contents.outputs
        earlier = randr.XRRGetMonitors(server, root, 1, ctypes.byref(count))
        for monitor in earlier[: count.value]:
            if not monitor.automatic:
                randr.XRRDeleteMonitor(server, root, ctypes.c_ulong(monitor.name))
        for i, (x, y, width, height, dpi) in enumerate(monitors):
            name = x11.XInternAtom(server, f"monitor-{i}".encode(), 0)
            size = (round(pixels * 25.4 / dpi) for pixels in (width, height))
            monitor = Monitor(name, i == 0, 0, i == 0, x, y, width, height, *size, outputs)
            randr.XRRSetMonitor(server, root, ctypes.byref(monitor))
