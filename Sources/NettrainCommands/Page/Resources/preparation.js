// The preparation of a drawing into the form of MNIST's images, as `nettrain predict` does it.

/** A drawing of width×height grey levels as side×side pixels of bright ink on black; `null` if there is no ink. */
function prepare(grey, width, height, side) {
  const picture = reduced({ width, height, values: grey });
  const inner = Math.floor((40 * side + 28) / 56);
  const box = cut(ink(picture, background(picture)));
  if (!box) return null;
  const thick = thickened(box, inner);
  const longer = Math.max(thick.width, thick.height);
  const size = (old) => Math.max(1, Math.floor((2 * old * inner + longer) / (2 * longer)));
  const across = scaled(transposed(thick), size(thick.width));
  const small = scaled(transposed(across), size(thick.height));
  return centred(stretched(small), side);
}

/** Means of blocks, so that the longer side has at most 512 pixels. */
function reduced({ width, height, values }) {
  const block = Math.ceil(Math.max(width, height) / 512);
  return makeGrid(Math.ceil(width / block), Math.ceil(height / block), (column, row) => {
    let [sum, count] = [0, 0];
    for (let y = row * block; y < Math.min(height, (row + 1) * block); y += 1) {
      for (let x = column * block; x < Math.min(width, (column + 1) * block); x += 1) {
        sum += values[y * width + x];
        count += 1;
      }
    }
    return Math.floor((2 * sum + count) / (2 * count));
  });
}

function makeGrid(width, height, value) {
  const values = new Float64Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) values[y * width + x] = value(x, y);
  }
  return { width, height, values };
}

function transposed({ width, height, values }) {
  return makeGrid(height, width, (x, y) => values[x * width + y]);
}

/** Twice the quarter quantile of the magnitudes, which are whole numbers. */
function noise(values) {
  const counts = [];
  for (const value of values) counts[Math.abs(value)] = (counts[Math.abs(value)] ?? 0) + 1;
  let magnitude = 0;
  let rest = Math.floor(values.length / 4);
  while (rest >= (counts[magnitude] ?? 0)) {
    rest -= counts[magnitude] ?? 0;
    magnitude += 1;
  }
  return 2 * magnitude;
}

/** How much of the paper's light the ink takes away, or adds to it, 0 to 255; and the noise. */
function ink({ width, height, values }, paper) {
  const differences = values.map((value, index) => Math.floor(paper[index] - value + 0.5));
  const threshold = 4 * noise(differences) + 4;
  let [darker, lighter] = [0, 0];
  for (const difference of differences) {
    if (difference > threshold) darker += difference;
    if (difference < -threshold) lighter -= difference;
  }
  const isLight = darker < lighter;
  const shares = differences.map((difference, index) => {
    const light = isLight ? 255 - paper[index] : paper[index];
    return Math.floor(((isLight ? -difference : difference) * 255) / Math.max(64, light) + 0.5);
  });
  return { grid: { width, height, values: shares.map((share) => (share > 0 ? share : 0)) }, noise: noise(shares) };
}

/** The sum of each pixel and its eight neighbours; outside is 0. */
function sumsOfNine(grid) {
  const { width, values } = padded(grid, 1);
  return makeGrid(grid.width, grid.height, (x, y) => {
    const [above, here, below] = [y * width + x, (y + 1) * width + x, (y + 2) * width + x];
    return (
      values[above] + values[above + 1] + values[above + 2] + values[here] + values[here + 1] + values[here + 2] +
      values[below] + values[below + 1] + values[below + 2]
    );
  });
}

/** The box of the ink, with all that is no ink set to 0; `null` if there is none. */
function cut({ grid, noise }) {
  const { width, height, values } = grid;
  const sums = sumsOfNine(grid).values;
  const greatest = sums.reduce((greatest, sum) => Math.max(greatest, sum), 0);
  if (greatest < 9 * Math.max(12, 3 * noise)) return null;
  let [left, top, right, bottom] = [width, height, -1, -1];
  const isInk = makeGrid(width, height, (x, y) => {
    const index = y * width + x;
    const value = values[index];
    if (10 * sums[index] < 3 * greatest || 60 * value < greatest || value <= 4 * noise) return 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    return 1;
  });
  if (right < 0) return null;
  const isNear = sumsOfNine(isInk).values;
  return makeGrid(right - left + 1, bottom - top + 1, (x, y) => {
    const index = (top + y) * width + left + x;
    return isNear[index] > 0 ? values[index] : 0;
  });
}

function padded({ width, height, values }, edge) {
  const grid = makeGrid(width + 2 * edge, height + 2 * edge, () => 0);
  for (let y = 0; y < height; y += 1) {
    grid.values.set(values.subarray(y * width, (y + 1) * width), (y + edge) * grid.width + edge);
  }
  return grid;
}

/** The box with strokes that would be thinner than two pixels widened. A stroke is as thick as 2·area/circumference. */
function thickened(box, inner) {
  const longer = Math.max(box.width, box.height);
  const { width, height, values } = padded(sumsOfNine(padded(box, 1)), 1);
  let edges = 0;
  for (let y = 0; y < height - 1; y += 1) {
    for (let x = 0; x < width - 1; x += 1) {
      const index = y * width + x;
      const [across, down] = [values[index + 1] - values[index], values[index + width] - values[index]];
      edges += Math.sqrt(across * across + down * down);
    }
  }
  const thickness = (((2 * sum(values)) / edges) * inner) / longer;
  const radius = Math.floor((((2 - thickness) / 2) * longer) / inner + 0.5);
  if (radius < 1) return box;
  const spread = (grid) => makeGrid(grid.width, grid.height, (x, y) => {
    let greatest = 0;
    for (let column = Math.max(0, x - radius); column <= Math.min(grid.width - 1, x + radius); column += 1) {
      greatest = Math.max(greatest, grid.values[y * grid.width + column]);
    }
    return greatest;
  });
  return transposed(spread(transposed(spread(padded(box, radius)))));
}

/** Averages rows into `count` rows of equal height. */
function scaled({ width, height, values }, count) {
  return makeGrid(width, count, (x, row) => {
    const [low, high] = [(row * height) / count, ((row + 1) * height) / count];
    let mean = 0;
    for (let y = Math.floor(low); y < Math.min(height, Math.ceil(high)); y += 1) {
      const overlap = Math.min(high, y + 1) - Math.max(low, y);
      if (overlap > 0) mean += ((overlap * count) / height) * values[y * width + x];
    }
    return mean;
  });
}

/** The grid as grey levels, with all but a twentieth of its pixels below white. */
function stretched({ width, height, values }) {
  const bright = Math.max(1, sorted(values)[values.length - 1 - Math.floor(values.length / 20)]);
  return { width, height, values: values.map((value) => Math.floor(Math.min(255, (value * 255) / bright) + 0.5)) };
}

/** An image on a black square, the centre of its mass in the middle; `null` if it is black. */
function centred({ width, height, values }, side) {
  let [mass, right, down] = [0, 0, 0];
  values.forEach((value, index) => {
    mass += value;
    right += value * (index % width);
    down += value * Math.floor(index / width);
  });
  if (mass === 0) return null;
  const place = (moment, size) =>
    Math.min(Math.max(0, Math.floor(((side + 1) * mass - 2 * moment) / (2 * mass))), side - size);
  const [left, top] = [place(right, width), place(down, height)];
  const square = new Uint8Array(side * side);
  values.forEach((value, index) => {
    square[(top + Math.floor(index / width)) * side + left + (index % width)] = value;
  });
  return square;
}
