// The preparation of a drawing: into the form of MNIST's images.
// (placeholder)
function prepare(grey, width, height, side) {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (grey[y * width + x] > 127) {
        left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
      }
    }
  }
  if (right < 0) return null;
  const [w, h] = [right - left + 1, bottom - top + 1];
  const box = Math.round((20 * side) / 28);
  const scale = box / Math.max(w, h);
  const out = new Float64Array(side * side), sums = new Float64Array(side * side);
  const ox = Math.floor((side - w * scale) / 2), oy = Math.floor((side - h * scale) / 2);
  for (let y = top; y <= bottom; y += 1) {
    for (let x = left; x <= right; x += 1) {
      const i = (oy + Math.min(box - 1, Math.floor((y - top) * scale))) * side + ox + Math.min(box - 1, Math.floor((x - left) * scale));
      sums[i] += grey[y * width + x];
      out[i] += 1;
    }
  }
  return Uint8Array.from(sums, (s, i) => (out[i] ? Math.round(s / out[i]) : 0));
}
