"""As much SVG as a chart needs."""

from xml.sax.saxutils import escape, quoteattr

FONT = "DejaVu Sans, Verdana, sans-serif"


class Svg:
    """Shapes in the order they are drawn. Coordinates in pixels, from the top left."""

    def __init__(self, width):
        self.width = width
        self.items = []

    def add(self, tag, text=None, **attributes):
        words = "".join(
            f" {name.replace('_', '-')}={quoteattr(f'{v:.1f}' if isinstance(v, float) else str(v))}"
            for name, v in attributes.items()
        )
        end = "/>" if text is None else f">{escape(text)}</{tag}>"
        self.items.append(f"<{tag}{words}{end}")

    def rect(self, x, y, width, height, fill):
        self.add("rect", x=x, y=y, width=width, height=height, fill=fill)

    def line(self, x1, y1, x2, y2, stroke="#d5d9de"):
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke)

    def area(self, points, fill):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.add("polygon", points=path, fill=fill)

    def text(self, x, y, text, size=12, fill="#1f2933", anchor="start", **more):
        self.add("text", text, x=x, y=y, font_size=size, fill=fill, text_anchor=anchor, **more)

    def document(self, height):
        size = f'width="{self.width}" height="{height:.0f}"'
        box = f'viewBox="0 0 {self.width} {height:.0f}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} font-family="{FONT}">'
        ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
        return "\n".join([head, ground, *self.items, "</svg>"]) + "\n"
