// The preparation of a drawing: into the form of MNIST's images.

/**
 * A drawing in white on black as an image of MNIST's form, side×side pixels: scaled into the middle 20/28 of it with its
 * proportions, and moved so that the centre of its mass is in the middle. `null` if there is no ink.
 */
function prepare(grey, width, height, side) {
  const found = boundsOfInk(grey, width, height);
  if (!found) return null;
  const box = Math.max(1, Math.round((20 * side) / 28));
  const scale = box / Math.max(found.width, found.height);
  const columns = Math.max(1, Math.round(found.width * scale));
  const rows = Math.max(1, Math.round(found.height * scale));
  const small = scaled(grey, width, found, columns, rows);
  return centred(small, columns, rows, side);
}

/** The smallest rectangle with all pixels of a quarter of full white or more: a blurred edge is not ink. */
function boundsOfInk(grey, width, height) {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (grey[y * width + x] < 64) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The shares that a row of `count` pixels has in each of `smaller` equal parts of it: [pixel, share] for each part. */
function shares(count, smaller) {
  return Array.from({ length: smaller }, (_, part) => {
    const [begin, end] = [(part * count) / smaller, ((part + 1) * count) / smaller];
    const parts = [];
    for (let pixel = Math.floor(begin); pixel < Math.min(count, Math.ceil(end)); pixel += 1) {
      parts.push([pixel, (Math.min(end, pixel + 1) - Math.max(begin, pixel)) / (end - begin)]);
    }
    return parts;
  });
}

/** A rectangle of an image in columns×rows pixels, each the mean of the area that it covers. */
function scaled(grey, width, { left, top, width: oldColumns, height: oldRows }, columns, rows) {
  const [across, down] = [shares(oldColumns, columns), shares(oldRows, rows)];
  return Float64Array.from({ length: columns * rows }, (_, index) => {
    let mean = 0;
    for (const [y, share] of down[Math.floor(index / columns)]) {
      for (const [x, part] of across[index % columns]) mean += share * part * grey[(top + y) * width + left + x];
    }
    return mean;
  });
}

/**
 * An image on a black square, with the centre of its mass in the pixel right of and below the middle, as in MNIST, or as
 * near to it as the image stays inside.
 */
function centred(image, columns, rows, side) {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((grey, index) => {
    mass += grey;
    x += grey * ((index % columns) + 0.5);
    y += grey * (Math.floor(index / columns) + 0.5);
  });
  const place = (centre, size) => Math.min(side - size, Math.max(0, Math.ceil(side / 2 - centre / mass)));
  const [left, top] = [place(x, columns), place(y, rows)];
  const square = new Uint8Array(side * side);
  image.forEach((grey, index) => {
    square[(top + Math.floor(index / columns)) * side + left + (index % columns)] = Math.round(grey);
  });
  return square;
}
