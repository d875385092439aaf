"""Pictures of MNIST's digits as people make them. A digit is 28 × 28 bytes, bright on black."""

import io

import numpy
from PIL import Image, ImageDraw, ImageFilter


def coverage(digit, size):
    """How much of each pixel the ink covers, 0 to 1, in a square of some size."""
    return numpy.asarray(Image.fromarray(digit).resize((size, size), Image.Resampling.BICUBIC), float) / 255


def painted(cover, paper=255.0, ink=20.0):
    """The grey levels of ink on paper, each of which may be a number or an array."""
    return numpy.clip(numpy.floor(cover * ink + (1 - cover) * paper + 0.5), 0, 255).astype("u1")


def placed(cover, height, width, random):
    """Anywhere on a larger canvas."""
    canvas = numpy.zeros((height, width))
    rows, columns = cover.shape
    top, left = random.integers(0, height - rows + 1), random.integers(0, width - columns + 1)
    canvas[top : top + rows, left : left + columns] = cover
    return canvas


def plane(height, width, random=None):
    """y and x from -1 to 1; or with random numbers a slope from 0 to 1 in some direction."""
    y, x = numpy.meshgrid(numpy.linspace(-1, 1, height), numpy.linspace(-1, 1, width), indexing="ij")
    if random is None:
        return y, x
    angle = random.uniform(0, 2 * numpy.pi)
    slope = numpy.cos(angle) * x + numpy.sin(angle) * y
    return (slope - slope.min()) / (slope.max() - slope.min())


def noisy(grey, deviation, random):
    return numpy.clip(grey + random.normal(0, deviation, grey.shape), 0, 255).astype("u1")


def cropped(digit, random):
    cover = coverage(digit, 140)
    return painted(cover[numpy.ix_((cover > 0.2).any(1), (cover > 0.2).any(0))])


def uneven_light(digit, random):
    light = 0.35 + 0.65 * plane(200, 200, random)
    return painted(coverage(digit, 200), 240 * light, 40 * light)


def vignette(digit, random):
    y, x = plane(200, 200)
    light = 1 / (1 + 0.35 * (x * x + y * y)) ** 2
    return painted(coverage(digit, 200), 240 * light, 40 * light)


def spot(digit, random):
    (y, x), (a, b) = plane(200, 200), random.uniform(-0.6, 0.6, 2)
    light = 0.35 + 0.65 * numpy.exp(-((y - a) ** 2 + (x - b) ** 2))
    return painted(coverage(digit, 200), 250 * light, 30 * light)


def photo(digit, random):
    y, x = plane(480, 640)
    light = 0.3 + 0.6 * plane(480, 640, random) - 0.1 * (x * x + y * y) + 0.1
    cover = placed(coverage(digit, 300), 480, 640, random)
    return noisy(painted(cover, 245 * light, 60 * light), 6, random)


def specks(digit, random):
    grey = painted(coverage(digit, 200), 235, 40)
    grey[random.integers(0, 200, 12), random.integers(0, 200, 12)] = 60
    return grey


def jpeg(digit, random):
    file = io.BytesIO()
    Image.fromarray(painted(coverage(digit, 200), 235, 50)).save(file, "JPEG", quality=25)
    return numpy.asarray(Image.open(file))


def strokes(change, size=200):
    """Strokes that are thicker or thinner by so many pixels of the digit."""

    def draw(digit, random):
        image = Image.fromarray(digit).resize((560, 560), Image.Resampling.BICUBIC)
        for _ in range(round(abs(change) * 10)):
            image = image.filter(ImageFilter.MaxFilter(3) if change > 0 else ImageFilter.MinFilter(3))
        return painted(numpy.asarray(image.resize((size, size), Image.Resampling.BICUBIC), float) / 255)

    return draw


def thinned(shape):
    """The middle lines of a shape. T. Zhang, C. Suen, "A fast parallel algorithm for thinning digital patterns", 1984."""
    shape = shape.astype(int)
    while True:
        before = shape.sum()
        for step in (0, 1):
            p = numpy.pad(shape, 1)
            ring = [p[:-2, 1:-1], p[:-2, 2:], p[1:-1, 2:], p[2:, 2:], p[2:, 1:-1], p[2:, :-2], p[1:-1, :-2], p[:-2, :-2]]
            rises = sum((a == 0) & (b == 1) for a, b in zip(ring, ring[1:] + ring[:1]))
            north, east, south, west = ring[0], ring[2], ring[4], ring[6]
            open_sides = (north * east * (south if step == 0 else west), (east if step == 0 else north) * south * west)
            removed = (rises == 1) & (2 <= sum(ring)) & (sum(ring) <= 6) & (open_sides[0] == 0) & (open_sides[1] == 0)
            shape = numpy.where(removed, 0, shape)
        if shape.sum() == before:
            return shape


def pen(width, size=280):
    """The middle lines of the digit, drawn anew by a round pen."""

    def draw(digit, random):
        image = Image.new("L", (2 * size, 2 * size))
        pencil = ImageDraw.Draw(image)
        for y, x in numpy.argwhere(thinned(coverage(digit, size) > 0.5)):
            y, x = 2 * y + 1, 2 * x + 1
            pencil.ellipse((x - width, y - width, x + width, y + width), 255)
        return painted(numpy.asarray(image.resize((size, size), Image.Resampling.BOX), float) / 255)

    return draw


def kinds():
    """Each kind of picture by its name: a function of a digit and random numbers."""
    plain = lambda size, paper=255, ink=20: lambda digit, random: painted(coverage(digit, size), paper, ink)
    edges = lambda size: lambda digit, random: painted((coverage(digit, size) > 0.5).astype(float))
    moved = lambda size, height, width: lambda digit, random: painted(
        placed(coverage(digit, size), height, width, random))
    slope = lambda size, low, high: lambda digit, random: painted(
        coverage(digit, size), low + (high - low) * plane(size, size, random), 20)
    grain = lambda size, deviation: lambda digit, random: noisy(painted(coverage(digit, size), 220, 40), deviation, random)
    return {
        **{f"dark on white, {size}": plain(size) for size in (28, 60, 200, 640)},
        **{f"light on black, {size}": plain(size, 0, 255) for size in (28, 60, 200, 640)},
        **{f"sharp edges, {size}": edges(size) for size in (200, 640)},
        "anywhere in 400x240": moved(100, 240, 400),
        "anywhere in 150x640": moved(100, 640, 150),
        "small in 640x640": moved(80, 640, 640),
        "cut off at the ink": cropped,
        "grey on grey": plain(200, 170, 90),
        "light grey on dark grey": plain(200, 90, 170),
        "faint pencil": plain(200, 230, 190),
        "paper from grey to white, 200": slope(200, 120, 250),
        "paper from dark to white, 640": slope(640, 70, 250),
        "uneven light": uneven_light,
        "vignette": vignette,
        "spot of light": spot,
        "noise 10, 60": grain(60, 10),
        "noise 20, 200": grain(200, 20),
        "noise 30, 640": grain(640, 30),
        "photo, 640x480": photo,
        "specks of dust": specks,
        "JPEG of low quality": jpeg,
        "strokes thicker by 0.8": strokes(0.8),
        "strokes thinner by 0.6": strokes(-0.6),
    }


def hard_kinds():
    """Kinds whose digits are of another shape than the originals, which may be read otherwise."""
    return {
        "strokes thicker by 1.5": strokes(1.5),
        "strokes thinner by 1.2": strokes(-1.2),
        "drawn anew, hairline": pen(1),
        "drawn anew, thin": pen(8),
        "drawn anew, as thick": pen(24),
        "drawn anew, thick": pen(40),
    }
