"""The preparation of a picture for a network, as preparation.md describes it, step by step and in the same order of
arithmetic: every implementation in double precision gives the same bytes."""

import math

import numpy as np


class NoInk(Exception):
    """The picture shows nothing that stands out from its background."""


def compose(grey, alpha):
    """Step 1: puts a picture with transparency (0 to 255) on white, or on black where its visible pixels are mostly light."""
    grey, alpha = np.asarray(grey, np.int64), np.asarray(alpha, np.int64)
    visible = int(alpha.sum())
    if visible == 0:
        raise NoInk
    paper = 0 if int((grey * alpha).sum()) >= 128 * visible else 255
    return (2 * (grey * alpha + paper * (255 - alpha)) + 255) // 510


def reduce(grey):
    """Step 2: means of blocks, so that the longer side has at most 512 pixels."""
    height, width = grey.shape
    k = -(-max(height, width) // 512)
    rows, columns = np.arange(0, height, k), np.arange(0, width, k)
    sums = np.add.reduceat(np.add.reduceat(np.asarray(grey, np.int64), rows, 0), columns, 1)
    counts = np.outer(np.minimum(rows + k, height) - rows, np.minimum(columns + k, width) - columns)
    return (2 * sums + counts) // (2 * counts)


def total(numbers):
    """The sum in order, one after the other."""
    return float(np.cumsum(np.append(0.0, numbers))[-1])


def powers(height, width, y, x):
    """The terms 1; X, Y; X², XY, Y²; … of degree 4 at some positions."""
    X, Y = (2 * x + 1 - width) / width, (2 * y + 1 - height) / height
    px, py = [np.ones(len(x))], [np.ones(len(x))]
    for _ in range(4):
        px.append(px[-1] * X)
        py.append(py[-1] * Y)
    return [px[i] * py[n - i] for n in range(5) for i in range(n, -1, -1)]


def solve(matrix, right):
    """Gaussian elimination without pivots; the matrix is symmetric and positive definite."""
    n = len(right)
    matrix, right = [list(row) for row in matrix], list(right)
    for i in range(n):
        for j in range(i + 1, n):
            factor = matrix[j][i] / matrix[i][i]
            for k in range(i, n):
                matrix[j][k] -= factor * matrix[i][k]
            right[j] -= factor * right[i]
    for i in range(n - 1, -1, -1):
        for k in range(i + 1, n):
            right[i] -= matrix[i][k] * right[k]
        right[i] /= matrix[i][i]
    return right


def evaluate(coefficients, terms):
    value = np.zeros(len(terms[0]))
    for coefficient, term in zip(coefficients, terms):
        value = value + coefficient * term
    return value


# Where the samples of a round are taken from, the degree of the polynomial, and 1 / share of the residuals' range.
ROUNDS = [("border", 1, 3), ("border", 1, 3), ("all", 2, 3), ("all", 2, 4), ("all", 4, 4), ("all", 4, 5)]


def background(v):
    """Step 3: the light of the paper at each pixel."""
    height, width = v.shape
    ring, q = max(1, min(height, width) // 16), -(-max(height, width) // 64)
    y, x = (axis.ravel() for axis in np.mgrid[0:height:q, 0:width:q])
    samples = v[y, x]
    border = (x < ring) | (x >= width - ring) | (y < ring) | (y >= height - ring)
    median = int(np.sort(samples[border])[int(border.sum()) // 2])
    if 2 * int((np.abs(samples[border] - median) <= 4).sum()) > int(border.sum()):
        return np.full(v.shape, float(median))
    terms = powers(height, width, y, x)
    fitted = np.full(len(samples), float(median))
    for place, degree, divisor in ROUNDS:
        residuals = samples - fitted
        tolerance = (float(residuals.max()) - float(residuals.min())) / divisor + 2
        members = np.abs(residuals) <= tolerance
        if place == "border":
            members &= border
        n = (degree + 1) * (degree + 2) // 2
        t = [term[members] for term in terms[:n]]
        matrix = [[total(t[i] * t[j]) for j in range(n)] for i in range(n)]
        for i in range(n):
            matrix[i][i] += 1e-6 * len(samples)
        coefficients = solve(matrix, [total(term * samples[members]) for term in t])
        fitted = evaluate(coefficients, terms[:n])
    y, x = (axis.ravel() for axis in np.mgrid[0:height, 0:width])
    fitted = evaluate(coefficients, powers(height, width, y, x)[:n]).reshape(v.shape)
    return np.minimum(255, np.maximum(0, fitted))


def noise(d):
    """Twice the quarter quantile of the magnitudes."""
    return 2 * int(np.sort(np.abs(d).ravel())[d.size // 4])


def sums3(e):
    """The sum of each pixel and its eight neighbours; outside is 0."""
    height, width = e.shape
    p = np.pad(e, 1)
    return sum(p[i : i + height, j : j + width] for i in range(3) for j in range(3))


def ink(v, b):
    """Step 4: how much of the paper's light the ink takes away, 0 to 255, and the noise."""
    d = np.floor(b - v + 0.5).astype(np.int64)
    t = 4 * noise(d) + 4
    if int(d[d > t].sum()) < -int(d[d < -t].sum()):
        d, b = -d, 255 - b
    f = np.floor(d * 255 / np.maximum(64, b) + 0.5).astype(np.int64)
    return np.maximum(0, f), noise(f)


def cut(e, n):
    """Step 5: the box of the ink, with all that is no ink set to 0."""
    s = sums3(e)
    m = int(s.max())
    if m < 9 * max(12, 3 * n):
        raise NoInk
    is_ink = (10 * s >= 3 * m) & (60 * e >= m) & (e > 4 * n)
    y, x = np.nonzero(is_ink)
    if len(y) == 0:
        raise NoInk
    kept = np.where(sums3(is_ink.astype(np.int64)) > 0, e, 0)
    return kept[y.min() : y.max() + 1, x.min() : x.max() + 1]


def thicken(box, inner):
    """Step 6: strokes that would be thinner than two pixels are widened."""
    height, width = box.shape
    longer = max(height, width)
    s = np.pad(sums3(np.pad(box, 1)), 1).astype(float)
    gx, gy = s[:-1, 1:] - s[:-1, :-1], s[1:, :-1] - s[:-1, :-1]
    thickness = 2 * total(s.ravel()) / total(np.sqrt(gx * gx + gy * gy).ravel()) * inner / longer
    radius = math.floor((2 - thickness) / 2 * longer / inner + 0.5)
    if radius < 1:
        return box
    box = np.pad(box, radius)
    for axis in (0, 1):
        p = np.pad(box, [(radius, radius) if a == axis else (0, 0) for a in (0, 1)])
        parts = [np.roll(p, -i, axis) for i in range(2 * radius + 1)]
        box = np.max(parts, 0)[: box.shape[0], : box.shape[1]]
    return box


def scale(rows, count):
    """Averages rows into `count` rows of equal height."""
    height = rows.shape[0]
    result = np.zeros((count, rows.shape[1]))
    for i in range(count):
        low, high = i * height / count, (i + 1) * height / count
        for j in range(math.floor(low), min(height, math.ceil(high))):
            overlap = min(high, j + 1) - max(low, j)
            if overlap > 0:
                result[i] = result[i] + overlap * count / height * rows[j]
    return result


def prepare(grey, side=28):
    """The picture, as bytes [height, width], in the form of MNIST's images: [side, side], bright ink on black."""
    v = reduce(np.asarray(grey))
    e, n = ink(v, background(v))
    inner = (40 * side + 28) // 56
    box = thicken(cut(e, n), inner)
    height, width = box.shape
    longer = max(height, width)
    rows, columns = (max(1, (2 * size * inner + longer) // (2 * longer)) for size in (height, width))
    # Step 7: scaled, along x first.
    a = scale(scale(box.T.astype(float), columns).T, rows)
    # Step 8: stretched.
    ordered = np.sort(a.ravel())
    bright = max(1.0, float(ordered[a.size - 1 - a.size // 20]))
    p = np.floor(np.minimum(255, a * 255 / bright) + 0.5).astype(np.int64)
    # Step 9: centred.
    mass = int(p.sum())
    if mass == 0:
        raise NoInk
    down = int((p.sum(1) * np.arange(rows)).sum())
    right = int((p.sum(0) * np.arange(columns)).sum())
    top = min(max(0, ((side + 1) * mass - 2 * down) // (2 * mass)), side - rows)
    left = min(max(0, ((side + 1) * mass - 2 * right) // (2 * mass)), side - columns)
    image = np.zeros((side, side), np.uint8)
    image[top : top + rows, left : left + columns] = p
    return image
