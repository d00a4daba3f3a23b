"""Drops files on a window as a file manager does, by the protocol XDND, version 5."""

import ctypes as c
import time
from pathlib import Path

from waiting import PATIENCE

SELECTION_REQUEST, SELECTION_NOTIFY, CLIENT_MESSAGE = 30, 31, 33
ATOM, POINTER = 4, c.c_void_p


class Message(c.Structure):
    """XClientMessageEvent"""

    _fields_ = (
        ("type", c.c_int),
        ("serial", c.c_ulong),
        ("sent", c.c_int),
        ("display", POINTER),
        ("window", c.c_ulong),
        ("kind", c.c_ulong),
        ("format", c.c_int),
        ("data", c.c_long * 5),
    )


class Request(c.Structure):
    """XSelectionRequestEvent"""

    _fields_ = (
        ("type", c.c_int),
        ("serial", c.c_ulong),
        ("sent", c.c_int),
        ("display", POINTER),
        ("owner", c.c_ulong),
        ("requestor", c.c_ulong),
        ("selection", c.c_ulong),
        ("target", c.c_ulong),
        ("property", c.c_ulong),
        ("time", c.c_ulong),
    )


class Notify(c.Structure):
    """XSelectionEvent"""

    _fields_ = (
        ("type", c.c_int),
        ("serial", c.c_ulong),
        ("sent", c.c_int),
        ("display", POINTER),
        ("requestor", c.c_ulong),
        ("selection", c.c_ulong),
        ("target", c.c_ulong),
        ("property", c.c_ulong),
        ("time", c.c_ulong),
    )


class Event(c.Union):
    _fields_ = (
        ("type", c.c_int),
        ("message", Message),
        ("request", Request),
        ("notify", Notify),
        ("pad", c.c_long * 24),
    )


def uri_of(path):
    return path if "://" in str(path) else Path(path).resolve().as_uri()


class Source:
    """A window that offers files."""

    def __init__(self, display):
        self.x11 = c.CDLL("libX11.so.6")
        for name in "XOpenDisplay", "XInternAtom", "XCreateSimpleWindow", "XDefaultRootWindow":
            getattr(self.x11, name).restype = POINTER if name == "XOpenDisplay" else c.c_ulong
        self.display = POINTER(self.x11.XOpenDisplay(display.encode()))
        root = c.c_ulong(self.x11.XDefaultRootWindow(self.display))
        self.window = c.c_ulong(
            self.x11.XCreateSimpleWindow(
                self.display, root, 0, 0, 1, 1, 0, c.c_ulong(), c.c_ulong()
            )
        )

    def atom(self, name):
        return c.c_ulong(self.x11.XInternAtom(self.display, name.encode(), 0))

    def send(self, target, kind, *data):
        event = Event()
        event.message = Message(
            CLIENT_MESSAGE, 0, 1, self.display, target, self.atom(kind), 32, (c.c_long * 5)(*data)
        )
        self.x11.XSendEvent(self.display, c.c_ulong(target), 0, c.c_long(), c.byref(event))
        self.x11.XFlush(self.display)

    def answer(self, request, text):
        """Hand the paths over."""
        self.x11.XChangeProperty(
            *(self.display, c.c_ulong(request.requestor), c.c_ulong(request.property)),
            *(c.c_ulong(request.target), 8, 0, text, len(text)),
        )
        event = Event()
        event.notify = Notify(
            *(SELECTION_NOTIFY, 0, 1, self.display, request.requestor, request.selection),
            *(request.target, request.property, request.time),
        )
        self.x11.XSendEvent(
            self.display, c.c_ulong(request.requestor), 0, c.c_long(), c.byref(event)
        )
        self.x11.XFlush(self.display)

    def wait(self, kind, text=b""):
        """Serve requests until the message comes."""
        end = time.monotonic() + PATIENCE
        wanted = self.atom(kind).value
        while time.monotonic() < end:
            if not self.x11.XPending(self.display):
                time.sleep(0.01)
                continue
            event = Event()
            self.x11.XNextEvent(self.display, c.byref(event))
            if event.type == SELECTION_REQUEST:
                self.answer(event.request, text)
            elif event.type == CLIENT_MESSAGE and event.message.kind == wanted:
                return event.message.data
        raise AssertionError(f"{kind} never came")

    def drop(self, target, paths):
        text = "".join(uri_of(path) + "\r\n" for path in paths).encode()
        own = self.window.value
        self.x11.XSetSelectionOwner(
            self.display, self.atom("XdndSelection"), self.window, c.c_ulong()
        )
        self.send(target, "XdndEnter", own, 5 << 24, self.atom("text/uri-list").value, 0, 0)
        self.send(target, "XdndPosition", own, 0, 0, 0, self.atom("XdndActionCopy").value)
        assert self.wait("XdndStatus")[1] & 1
        self.send(target, "XdndDrop", own, 0, 0, 0, 0)
        self.wait("XdndFinished", text)
        self.x11.XCloseDisplay(self.display)


def drop(viewer, *paths):
    """Drop files, by their paths or URIs, where the mouse is."""
    Source(viewer.display).drop(int(viewer.window), paths)
