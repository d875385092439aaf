// The background of a picture: the light of its paper at each pixel, as `nettrain predict` finds it.
//
// A grid is { width, height, values }, row by row. Sums are formed in the same order as there.

/** The light of the paper: one number if most of the border has it, or else a polynomial of the place. */
function background(picture) {
  const { width, height, values } = picture;
  const ring = Math.max(1, Math.floor(Math.min(width, height) / 16));
  const step = Math.ceil(Math.max(width, height) / 64);
  const isBorder = (x, y) => x < ring || x >= width - ring || y < ring || y >= height - ring;
  const places = [];
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) places.push({ x, y, light: values[y * width + x], isBorder: isBorder(x, y) });
  }
  const border = places.filter((place) => place.isBorder).map((place) => place.light);
  const median = sorted(border)[Math.floor(border.length / 2)];
  if (2 * border.filter((light) => Math.abs(light - median) <= 4).length > border.length) {
    return values.map(() => median);
  }
  const coefficients = fit(places, median, width, height);
  return values.map((_, index) => {
    const light = evaluate(coefficients, powers(index % width, Math.floor(index / width), width, height));
    return Math.min(255, Math.max(0, light));
  });
}

function sorted(numbers) {
  return Float64Array.from(numbers).sort();
}

/** The rounds of the fit: the places taken, the degree, and the part of the residuals' range that is tolerated. */
const rounds = [
  { borderOnly: true, degree: 1, divisor: 3 }, { borderOnly: true, degree: 1, divisor: 3 },
  { borderOnly: false, degree: 2, divisor: 3 }, { borderOnly: false, degree: 2, divisor: 4 },
  { borderOnly: false, degree: 4, divisor: 4 }, { borderOnly: false, degree: 4, divisor: 5 },
];

/** Fits a polynomial to the light at some places, round by round without those that stray: they are ink. */
function fit(places, median, width, height) {
  const terms = places.map(({ x, y }) => powers(x, y, width, height));
  let fitted = places.map(() => median);
  let coefficients;
  for (const { borderOnly, degree, divisor } of rounds) {
    const residuals = places.map(({ light }, index) => light - fitted[index]);
    const [least, greatest] = [Math.min(...residuals), Math.max(...residuals)];
    const tolerance = (greatest - least) / divisor + 2;
    const members = [...places.keys()].filter(
      (index) => Math.abs(residuals[index]) <= tolerance && (!borderOnly || places[index].isBorder));
    const count = ((degree + 1) * (degree + 2)) / 2;
    const matrix = Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => {
      const sum = total(members, (index) => terms[index][i] * terms[index][j]);
      return i === j ? sum + 1e-6 * places.length : sum;
    }));
    const right = matrix.map((_, i) => total(members, (index) => terms[index][i] * places[index].light));
    coefficients = solve(matrix, right);
    fitted = terms.map((powers) => evaluate(coefficients, powers));
  }
  return coefficients;
}

function total(items, value) {
  return items.reduce((sum, item) => sum + value(item), 0);
}

/** The terms 1; X, Y; X², XY, Y²; … of degree 4 at a pixel, with X and Y from −1 to 1 across the picture. */
function powers(x, y, width, height) {
  const [X, Y] = [(2 * x + 1 - width) / width, (2 * y + 1 - height) / height];
  const [ofX, ofY] = [[1], [1]];
  for (let power = 1; power <= 4; power += 1) {
    ofX.push(ofX[power - 1] * X);
    ofY.push(ofY[power - 1] * Y);
  }
  const terms = [];
  for (let degree = 0; degree <= 4; degree += 1) {
    for (let power = degree; power >= 0; power -= 1) terms.push(ofX[power] * ofY[degree - power]);
  }
  return terms;
}

function evaluate(coefficients, terms) {
  return coefficients.reduce((sum, coefficient, index) => sum + coefficient * terms[index], 0);
}

/** Gaussian elimination without pivots, in place; the matrix is symmetric and positive definite. */
function solve(matrix, right) {
  const count = right.length;
  for (let i = 0; i < count; i += 1) {
    for (let j = i + 1; j < count; j += 1) {
      const factor = matrix[j][i] / matrix[i][i];
      for (let k = i; k < count; k += 1) matrix[j][k] -= factor * matrix[i][k];
      right[j] -= factor * right[i];
    }
  }
  for (let i = count - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < count; k += 1) right[i] -= matrix[i][k] * right[k];
    right[i] /= matrix[i][i];
  }
  return right;
}
