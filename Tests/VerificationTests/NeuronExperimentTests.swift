import NeuralNetwork
import Testing
import Verification

@Suite("One neuron") struct NeuronExperimentTests {
  /// Outputs and costs of the start and of two steps, worked out to 30 digits from the formulas: a = 1/(1 + e^−(w+b)),
  /// and w and b each less 0.15·a·a(1 − a) (quadratic) or 0.15·a (cross-entropy).
  @Test(
    "the first two steps are those worked out by hand",
    arguments: [
      (
        Cost.quadratic, 0.6, 0.9, [0.817574476193643660, 0.812054968750737323, 0.806314372385333175],
        [0.334214012061655402, 0.329716636136380485, 0.325071433557576869]
      ),
      (
        .crossEntropy, 0.6, 0.9, [0.817574476193643660, 0.778117168262771470, 0.735224287622423467],
        [1.70141327798275241, 1.50560582140480805, 1.32887217975436539]
      ),
      (
        .quadratic, 2, 2, [0.982013790037908442, 0.981921651143120286, 0.981828590912541000],
        [0.482175541912308663, 0.482085064491815808, 0.481993690966652894]
      ),
      (
        .crossEntropy, 2, 2, [0.982013790037908442, 0.975999697990722151, 0.968095879280021469],
        [4.01814992791780974, 3.72968886499345541, 3.44502010135898623]
      ),
    ])
  func firstSteps(cost: Cost, weight: Double, bias: Double, outputs: [Double], costs: [Double]) throws {
    let states = try NeuronExperiment(cost: cost, weight: weight, bias: bias).run(epochs: 2)
    #expect(states.map(\.epoch) == [0, 1, 2])
    for (state, (output, cost)) in zip(states, zip(outputs, costs)) {
      #expect(abs(state.output - output) < 1e-15)
      #expect(abs(state.cost - cost) < 4e-15)
      #expect(abs(state.slope - output * (1 - output)) < 1e-15)
    }
    #expect(states[0].weight == weight)
    #expect(states[0].bias == bias)
  }

  @Test("from the bad start the quadratic cost barely moves for 150 epochs, and the cross-entropy falls at once")
  func picture() throws {
    let quadratic = try NeuronExperiment(cost: .quadratic, weight: 2, bias: 2).run(epochs: 300)
    let crossEntropy = try NeuronExperiment(cost: .crossEntropy, weight: 2, bias: 2).run(epochs: 300)
    #expect(quadratic[150].cost > 0.9 * quadratic[0].cost)
    #expect(quadratic[300].cost < 0.1 * quadratic[0].cost)
    #expect(crossEntropy[30].cost < 0.1 * crossEntropy[0].cost)
  }

  @Test("from the good start both learn")
  func goodStart() throws {
    for cost in Cost.allCases {
      let states = try NeuronExperiment(cost: cost, weight: 0.6, bias: 0.9).run(epochs: 300)
      #expect(states[300].output < 0.1)
    }
  }
}
