// The page: a drawing, and the answers of one or two models.

const { title, models } = JSON.parse(document.getElementById('models').textContent);
document.title = title;
document.getElementById('title').textContent = title;

const answers = models.map((model) => new Answer(model));
const spoken = document.getElementById('spoken');
let nextFrame;
let pause;

/** Shows the answers to the drawing with the next picture of the screen. */
function answerSoon() {
  nextFrame ??= requestAnimationFrame(() => {
    nextFrame = undefined;
    answer();
  });
  // The words follow when the pen rests; they would not keep up with it.
  clearTimeout(pause);
  pause = setTimeout(() => say(answers.map(({ model, words }) => `${model.name} reads ${words}`).join('; ')), 700);
}

function answer() {
  const { pixels, canvas } = drawing;
  const prepared = new Map();
  for (const { side } of models) {
    if (!prepared.has(side)) prepared.set(side, prepare(pixels, canvas.width, canvas.height, side));
  }
  for (const part of answers) part.show(prepared.get(part.model.side));
}

function say(text) {
  spoken.textContent = text;
}

const drawing = new Drawing(document.getElementById('paper'), answerSoon);
drawByPointer(drawing);
drawByKeyboard(drawing, document.getElementById('pen'), say);

let nextExample = 3;
function showExample() {
  drawing.showExample(nextExample);
  nextExample = (nextExample + 1) % examples.length;
}

document.getElementById('clear').addEventListener('click', () => drawing.clear());
document.getElementById('undo').addEventListener('click', () => drawing.undo());
document.getElementById('example').addEventListener('click', showExample);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'z' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  drawing.undo();
});
// The colours of the cells are those of the surroundings.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', answerSoon);

showExample();
