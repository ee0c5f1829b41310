"""Looks at the colours of the site's charts as people see them who lack one kind of cone, and prints those that
are too near to each other, a line each; nothing if none are.

    palette.py STYLE.css [all]     all prints every distance, the smallest last

Colours that mean different things in one drawing have to differ by CIEDE2000 in both themes, seen with all cones and
without one kind (Machado, Oliveira and Fernandes, 2009, severity 1). Shades of one scale differ by lightness alone,
which everybody sees.
"""

import itertools
import math
import re
import sys

VISIONS = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
# What stands side by side in one drawing, and how far apart it has to be. A line's label stands at its end, so
# that colour helps there and does not decide; what is unusual is told by colour alone.
GROUPS = [
    ("ranks of a week", [f"tone-{number}" for number in range(1, 5)], 8),
    ("sources", [f"source-{number}" for number in range(1, 5)], 8),
    ("people and usually", ["series-1", "series-2"], 15),
    ("people and unusual", ["water", "unusual"], 15),
    *((f"source {number} and unusual", [f"source-{number}", "unusual"], 12) for number in range(1, 5)),
    ("gaps and paper", ["gap-line", "paper"], 15),
]
SCALE = [f"heat-{number}" for number in range(1, 5)]
STEP = 8


def colours(path):
    """By theme and name, sRGB from 0 to 1."""
    with open(path, encoding="utf-8") as file:
        pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", file.read())
    def rgb(text):
        text = text[1:]
        if len(text) == 3:
            text = "".join(letter * 2 for letter in text)
        return [int(text[place:place + 2], 16) / 255 for place in (0, 2, 4)]
    return {"light": {name: rgb(light) for name, light, _ in pairs},
            "dark": {name: rgb(dark) for name, _, dark in pairs}}


def lab(rgb, vision):
    """CIELAB (D65) of a colour as it is seen."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb]
    seen = [min(1, max(0, sum(factor * part for factor, part in zip(row, linear)))) for row in VISIONS[vision]]
    matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750),
              (0.0193339, 0.1191920, 0.9503041))
    white = (0.95047, 1, 1.08883)
    def root(value):
        return value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116
    x, y, z = (root(sum(factor * part for factor, part in zip(row, seen)) / limit)
               for row, limit in zip(matrix, white))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one, other):
    """CIEDE2000 (Sharma, Wu and Dalal, 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    grey = 0.5 * (1 - math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)))
    a1, a2 = a1 * (1 + grey), a2 * (1 + grey)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 if a or b else 0 for a, b in ((a1, b1), (a2, b2)))
    hue = h2 - h1 if c1 * c2 else 0
    hue += 360 if hue < -180 else -360 if hue > 180 else 0
    chord = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(hue) / 2)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    total = h1 + h2
    middle = total if not c1 * c2 else total / 2 if abs(h1 - h2) <= 180 else (total + (360 if total < 360 else -360)) / 2
    turn = (1 - 0.17 * math.cos(math.radians(middle - 30)) + 0.24 * math.cos(math.radians(2 * middle))
            + 0.32 * math.cos(math.radians(3 * middle + 6)) - 0.20 * math.cos(math.radians(4 * middle - 63)))
    rotation = (-2 * math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7))
                * math.sin(math.radians(60 * math.exp(-((middle - 275) / 25) ** 2))))
    dl = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2))
    dc = (c2 - c1) / (1 + 0.045 * chroma)
    dh = chord / (1 + 0.015 * chroma * turn)
    return math.sqrt(dl * dl + dc * dc + dh * dh + rotation * dc * dh)


def distances(path):
    """Of each pair that has to be told apart: how far it is, how far it has to be, and what it is."""
    for theme, names in colours(path).items():
        for vision in VISIONS:
            def seen(name):
                return lab(names[name], vision)
            for what, group, least in GROUPS:
                for one, other in itertools.combinations(group, 2):
                    yield distance(seen(one), seen(other)), least, f"{theme}, {vision}, {what}: {one} and {other}"
            for one, other in itertools.pairwise(SCALE):
                yield abs(seen(one)[0] - seen(other)[0]), STEP, f"{theme}, {vision}, heat: {one} and {other}"


def main(path, shows_all):
    # By the paper's own first and thirteenth pair.
    assert abs(distance((50, 2.6772, -79.7751), (50, 0, -82.7485)) - 2.0425) < 1e-4
    assert abs(distance((50, 2.5, 0), (73, 25, -18)) - 27.1492) < 1e-4
    for found, least, words in sorted(distances(path), reverse=True):
        if shows_all or found < least:
            print(f"{words} are {found:.1f} apart, and should be {least}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] == ["all"])
