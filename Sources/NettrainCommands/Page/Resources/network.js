// The network: from the pixels that a model sees to its outputs.

/** Functions of hidden neurons, from the weighted input z to the activation. */
const activations = {
  // σ(z) = 1/(1 + e⁻ᶻ). Only e^−|z| is formed, which cannot overflow.
  sigmoid: (z) => {
    const exponential = Math.exp(-Math.abs(z));
    return (z < 0 ? exponential : 1) / (1 + exponential);
  },
  tanh: (z) => Math.tanh(z),
  relu: (z) => Math.max(0, z),
};

/** Functions of the output layer, from its weighted inputs z and the scale c to the outputs. */
const outputLayers = {
  sigmoid: (z) => z.map(activations.sigmoid),
  // aⱼ = e^(c·(zⱼ − z_max)) / Σₖ e^(c·(zₖ − z_max)). Subtracting the greatest changes no quotient.
  softmax: (z, c) => {
    const greatest = z[indexOfGreatest(z)];
    const exponentials = z.map((z) => Math.exp(c * (z - greatest)));
    const total = sum(exponentials);
    return exponentials.map((exponential) => exponential / total);
  },
  linear: (z) => z.slice(),
};

/** The index of the greatest number, the lowest of equals. */
function indexOfGreatest(numbers) {
  return numbers.reduce((greatest, number, index) => (number > numbers[greatest] ? index : greatest), 0);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The numbers of a tensor: little-endian, as every processor with a browser has them, in base64. */
function decode(tensor) {
  const text = atob(tensor.base64);
  const bytes = new Uint8Array(text.length);
  // Uint8Array.from would make a list of all characters first, for which a model of 10⁸ weights has no room.
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return tensor.type === 'F32' ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer);
}

class Network {
  /** The network of a model as the page describes it. */
  constructor(model) {
    this.activate = activations[model.activation];
    this.activateOutputs = (z) => outputLayers[model.output](z, model.softmaxScale);
    this.layers = model.layers.map((layer) => ({ weights: decode(layer.weights), biases: decode(layer.biases) }));
  }

  /** The activations of the hidden layers, the weighted inputs of the output layer, and its outputs. */
  propagate(pixels) {
    const hidden = [];
    let a = Float64Array.from(pixels, (pixel) => pixel / 255);
    for (const layer of this.layers.slice(0, -1)) {
      a = weightedInputs(layer, a).map(this.activate);
      hidden.push(a);
    }
    const z = weightedInputs(this.layers.at(-1), a);
    return { hidden, z, outputs: this.activateOutputs(z) };
  }
}

/** z = w·a + b, with w [out, in] row by row. */
function weightedInputs({ weights, biases }, a) {
  return Float64Array.from(biases, (bias, neuron) => {
    const first = neuron * a.length;
    let z = bias;
    for (let input = 0; input < a.length; input += 1) z += weights[first + input] * a[input];
    return z;
  });
}
