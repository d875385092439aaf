// The drawing: strokes of a pen in white on black, by pointer or keyboard.

/** Digits 0 to 9, each as the strokes of a pen on a sheet of 100×100, in the language of SVG paths. */
const examples = [
  'M52 14 C28 14 26 86 50 86 C76 86 76 14 50 14',
  'M38 28 L54 14 L50 86',
  'M30 32 C32 8 70 8 68 32 C66 50 40 66 28 84 L74 82',
  'M32 20 C48 8 70 14 66 30 C64 42 52 46 44 46 C60 46 74 56 68 72 C62 88 40 90 28 78',
  'M36 14 C34 28 30 42 28 52 L72 50 M64 16 C62 40 60 66 58 88',
  'M70 14 L38 16 L34 44 C50 36 70 44 68 64 C66 86 42 90 28 80',
  'M64 12 C44 22 30 48 32 68 C34 90 66 88 66 68 C66 50 42 48 33 66',
  'M28 18 L72 16 C62 38 52 60 46 88',
  'M66 26 C60 10 34 14 36 30 C38 46 68 52 66 72 C62 90 32 88 34 68 C36 50 66 42 66 24',
  'M66 34 C64 12 34 14 34 32 C34 52 62 50 66 32 C66 52 62 70 56 88',
];

class Drawing {
  /** The drawing on a canvas; `changed` is called after every change. */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    // Its pixels are read often.
    this.context = canvas.getContext('2d', { willReadFrequently: true });
    /** Earlier drawings and, last, this one; each is a list of paths. */
    this.history = [[]];
  }

  /** Puts a drawing in place of this one, which Undo brings back. */
  replace(paths) {
    this.end();
    this.history.push(paths);
    this.paint();
  }

  clear() {
    if (this.history.at(-1).length > 0) this.replace([]);
  }

  undo() {
    this.end();
    if (this.history.length > 1) this.history.pop();
    this.paint();
  }

  showExample(index) {
    const path = new Path2D();
    const scale = this.canvas.width / 100;
    path.addPath(new Path2D(examples[index]), new DOMMatrix([scale, 0, 0, scale, 0, 0]));
    this.replace([path]);
  }

  /** Begins a stroke at a point of the canvas. */
  begin([x, y]) {
    this.stroke = new Path2D();
    this.stroke.moveTo(x, y);
    this.history.push([...this.history.at(-1), this.stroke]);
    // A line of no length would leave no ink.
    this.draw([[x + 0.01, y]]);
  }

  /** Draws the stroke on through some points. */
  draw(points) {
    for (const [x, y] of points) this.stroke.lineTo(x, y);
    this.paint();
  }

  /** Whether a stroke is being drawn. */
  get isDrawing() {
    return this.stroke !== undefined;
  }

  end() {
    this.stroke = undefined;
  }

  /** Paints the whole drawing anew: a path that is painted twice has harder edges. */
  paint() {
    const { context, canvas } = this;
    Object.assign(context, {
      fillStyle: 'black', strokeStyle: 'white', lineCap: 'round', lineJoin: 'round', lineWidth: 0.08 * canvas.width,
    });
    context.fillRect(0, 0, canvas.width, canvas.height);
    for (const path of this.history.at(-1)) context.stroke(path);
    this.changed();
  }

  /** The grey levels of the canvas, row by row: 0 is black, 255 white. */
  get pixels() {
    const { data } = this.context.getImageData(0, 0, this.canvas.width, this.canvas.height);
    const greys = new Uint8Array(data.length / 4);
    for (let index = 0; index < greys.length; index += 1) greys[index] = data[4 * index];
    return greys;
  }
}

/** Lets mouse, pen and finger draw. */
function drawByPointer(drawing) {
  const { canvas } = drawing;
  let pointer;
  const point = (event) => {
    const place = canvas.getBoundingClientRect();
    const scale = canvas.width / place.width;
    return [(event.clientX - place.left) * scale, (event.clientY - place.top) * scale];
  };
  canvas.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    pointer = event.pointerId;
    drawing.begin(point(event));
  });
  // The pointer may leave the canvas and come back.
  window.addEventListener('pointermove', (event) => {
    if (!drawing.isDrawing || event.pointerId !== pointer) return;
    if (event.buttons === 0) return drawing.end();
    const events = event.getCoalescedEvents?.() ?? [];
    drawing.draw((events.length > 0 ? events : [event]).map(point));
  });
  for (const end of ['pointerup', 'pointercancel']) {
    window.addEventListener(end, (event) => {
      if (event.pointerId === pointer) drawing.end();
    });
  }
}

/** Lets the keyboard draw: arrows move a pen, which `mark` shows, and Space sets it down or lifts it. */
function drawByKeyboard(drawing, mark, say) {
  const { canvas } = drawing;
  const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const held = new Set();
  let pen = [canvas.width / 2, canvas.height / 4];
  const showPen = () => {
    mark.hidden = document.activeElement !== canvas || !canvas.matches(':focus-visible');
    mark.classList.toggle('down', drawing.isDrawing);
    mark.style.left = `${(100 * pen[0]) / canvas.width}%`;
    mark.style.top = `${(100 * pen[1]) / canvas.height}%`;
  };
  const move = (step) => {
    // Two arrows that are held together move the pen aslant.
    for (const key of held) {
      pen = pen.map((place, axis) => Math.min(canvas.width, Math.max(0, place + step * directions[key][axis])));
    }
    if (drawing.isDrawing) drawing.draw([pen]);
  };
  const toggle = () => {
    if (drawing.isDrawing) drawing.end();
    else drawing.begin(pen);
    say(drawing.isDrawing ? 'pen down' : 'pen up');
  };
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in directions) {
      held.add(event.key);
      move(canvas.width / (event.shiftKey ? 112 : 28));
    } else if (event.key === ' ') {
      if (!event.repeat) toggle();
    } else if (event.key === 'Backspace') drawing.undo();
    else if (event.key === 'Delete') drawing.clear();
    else return;
    event.preventDefault();
    showPen();
  });
  canvas.addEventListener('keyup', (event) => held.delete(event.key));
  canvas.addEventListener('focus', showPen);
  canvas.addEventListener('pointerdown', () => { mark.hidden = true; });
  canvas.addEventListener('blur', () => {
    held.clear();
    drawing.end();
    showPen();
  });
}
