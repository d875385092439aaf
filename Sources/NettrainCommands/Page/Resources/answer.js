// The answer of a model, as the page shows it.

/** A number with six decimals, or with ten digits if it is large. */
function shown(number) {
  if (!Number.isFinite(number)) return '–';
  return Math.abs(number) < 1000 ? number.toFixed(6).replace(/^-(0\.0*)$/, '$1') : number.toPrecision(10);
}

/** Sentences about the sum of the outputs, by output layer: its rule, and the sums that others make of the same z. */
const sentences = {
  sigmoid: {
    rule: 'Each sigmoid output answers a yes-or-no question of its own, so nothing makes them sum to 1.',
    others: () => 'The softmax of the same weighted inputs sums to 1.',
  },
  softmax: {
    rule: 'Softmax divides each exponential by the sum of all, so its outputs always sum to 1, as probabilities do.',
    others: (z) => `The sigmoids of the same weighted inputs sum to ${shown(sum(outputLayers.sigmoid(z)))}.`,
  },
  linear: {
    rule:
      'Linear outputs are the weighted inputs themselves: they may be negative or above 1, and nothing fixes their sum.',
    others: (z) => `Their sigmoids sum to ${shown(sum(outputLayers.sigmoid(z)))}, their softmax to 1.`,
  },
};

class Answer {
  /** Adds the answer of a model, as the page describes it, to the page. */
  constructor(model) {
    this.model = model;
    this.network = new Network(model);
    const part = document.getElementById('answer').content.cloneNode(true);
    this.part = part.firstElementChild;
    this.setText('.name', model.name);
    this.setText('.description', model.description);
    this.setText('figcaption', `The ${model.side}×${model.side} pixels that the model sees`);
    this.rows = model.labels.map((label) => this.addRow(label));
    this.find('.outputs').classList.toggle('many', model.labels.length > 20);
    this.cells = model.layers.slice(0, -1).map((layer, index) => this.addLayer(layer, index));
    document.getElementById('answers').append(part);
  }

  find(selector) {
    return this.part.querySelector(selector);
  }

  setText(selector, text) {
    this.find(selector).textContent = text;
  }

  addRow(label) {
    const row = addElement(this.find('.outputs'), 'li');
    addElement(row, 'span', 'label').textContent = label;
    const bar = addElement(addElement(row, 'span', 'track'), 'span', 'bar');
    return { row, bar, number: addElement(row, 'span', 'number') };
  }

  addLayer({ neurons }, index) {
    const figure = addElement(this.find('.hidden-layers'), 'figure');
    const text = `Hidden layer ${index + 1}: activations of ${neurons} ${this.model.activation} neurons`;
    addElement(figure, 'figcaption', 'note').textContent = text;
    const canvas = addElement(figure, 'canvas', 'cells');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', text);
    return canvas;
  }

  /** Shows the image that the model sees, and what it says about it; `null` stands for a sheet without ink. */
  show(image) {
    const { side, isTransposed } = this.model;
    showImage(this.find('.seen'), image ?? new Uint8Array(side * side), side);
    this.find('.seen').setAttribute('aria-label', image ? 'The drawing in the form of the training images' : 'Nothing');
    const result = image && this.network.propagate(isTransposed ? onItsSide(image, side) : image);
    this.showOutputs(result?.outputs);
    this.setText('.sum', result ? shown(sum(result.outputs)) : '–');
    const { rule, others } = sentences[this.model.output];
    this.setText('.about', result ? `${rule} ${others(result.z)}` : rule);
    this.cells.forEach((canvas, index) => {
      showCells(canvas, result?.hidden[index] ?? new Float64Array(this.model.layers[index].neurons));
    });
  }

  /** Shows the outputs as bars; without any, empty ones. */
  showOutputs(outputs) {
    const isFinite = outputs?.every(Number.isFinite) ?? false;
    const order = isFinite ? [...outputs.keys()].sort((left, right) => outputs[right] - outputs[left]) : [];
    const [first, second] = order;
    const low = isFinite ? Math.min(0, outputs[order.at(-1)]) : 0;
    const high = isFinite ? Math.max(1, outputs[first]) : 1;
    this.rows.forEach(({ row, bar, number }, index) => {
      const output = isFinite ? outputs[index] : 0;
      row.classList.toggle('greatest', index === first);
      bar.style.left = `${(100 * (Math.min(0, output) - low)) / (high - low)}%`;
      bar.style.width = `${(100 * Math.abs(output)) / (high - low)}%`;
      number.textContent = outputs ? shown(outputs[index]) : '–';
    });
    const { labels } = this.model;
    this.setText('.class', labels[first] ?? '–');
    this.setText('.second', second === undefined ? '' : `then ${labels[second]}`);
    /** The answer in words, for who does not see the page. */
    this.words = first === undefined ? 'no answer' : `${labels[first]}, output ${outputs[first].toFixed(2)}`;
  }
}

function addElement(parent, name, className = '') {
  const element = document.createElement(name);
  element.className = className;
  parent.append(element);
  return element;
}

/** An image on its side, as EMNIST's makers store theirs. */
function onItsSide(image, side) {
  return image.map((_, index) => image[(index % side) * side + Math.floor(index / side)]);
}

/** Paints grey levels, row by row: 0 is black, 255 white. */
function showImage(canvas, image, side) {
  Object.assign(canvas, { width: side, height: side });
  const context = canvas.getContext('2d');
  const colours = context.createImageData(side, side);
  image.forEach((grey, index) => colours.data.set([grey, grey, grey, 255], 4 * index));
  context.putImageData(colours, 0, 0);
}

/** Paints activations as cells, the fuller the farther from 0; negative ones have another colour. */
function showCells(canvas, activations) {
  const [cell, gap] = [10, 2];
  const columns = Math.min(activations.length, Math.max(15, Math.ceil(Math.sqrt(3 * activations.length))));
  canvas.width = columns * (cell + gap) - gap;
  canvas.height = Math.ceil(activations.length / columns) * (cell + gap) - gap;
  const context = canvas.getContext('2d');
  const style = getComputedStyle(canvas);
  const greatest = activations.reduce((greatest, activation) => Math.max(greatest, Math.abs(activation)), 1);
  activations.forEach((activation, index) => {
    const place = [(index % columns) * (cell + gap), Math.floor(index / columns) * (cell + gap), cell, cell];
    context.globalAlpha = 1;
    context.fillStyle = style.getPropertyValue('--track');
    context.fillRect(...place);
    context.globalAlpha = Math.abs(activation) / greatest;
    context.fillStyle = style.getPropertyValue(activation < 0 ? '--negative' : '--accent');
    context.fillRect(...place);
  });
}
