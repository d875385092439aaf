import Experiments
import NeuralNetwork

extension ComparisonPage {
  /// The learning curves: the test accuracy, and the test cost for each kind of cost.
  var curves: String {
    let accuracies = figure("Test accuracy", areShares: true, { _ in true }, \.testAccuracy)
    let costs = OutputLayer.allCases.flatMap { output in
      Cost.allCases.compactMap { cost -> String? in
        let isShown = { (variant: Variant) in
          variant.configuration.output == output && variant.configuration.cost == cost
        }
        guard plan.variants.contains(where: isShown) else { return nil }
        let title = "Test cost: \(output) outputs, \(cost.rawValue)"
        return figure(title, areShares: false, isShown, \.testCost)
      }
    }
    let apart =
      costs.count > 1 ? " Costs of different pairs have different scales, so each pair has a figure of its own." : ""
    let (count, styles) = (plan.variants.count, CurveFigure.styleCount)
    let alike =
      count > styles
      ? " The first \(styles) variants have lines of their own; those of the other \(count - styles) are grey." : ""
    return section(
      "Learning curves",
      [
        paragraph(
          "Lines are means over the runs that reached the epoch, and bands reach one standard deviation up and down. A test cost "
            + "is the one that the run minimizes, with its own targets. Point at an epoch to see its values, with the number of "
            + "runs where some had ended." + apart + alike, note: true),
        accuracies, "<div class=\"figures\">\n\(costs.joined(separator: "\n"))\n</div>",
      ])
  }

  private func figure(
    _ title: String, areShares: Bool, _ isShown: (Variant) -> Bool, _ value: (RunResult.Epoch) -> Double?
  ) -> String {
    let lines = plan.variants.indices.filter { isShown(plan.variants[$0]) }.map { variant in
      let runs = plan.seeds.indices.compactMap { results[Plan.Run(variant: variant, seed: $0)]?.epochs }
      return CurveFigure.Line(
        variant: variant, name: plan.variants[variant].name, runCount: runs.count,
        curve: LearningCurve(runs.map { ($0.map(\.seconds), $0.map(value)) }))
    }
    let legend = lines.map { line in
      let missing = line.curve.points.isEmpty ? " (no epoch with this figure)" : ""
      return "<li>\(swatch(line.variant)) \(HTML.text(line.name))\(missing)</li>"
    }
    let picture = CurveFigure(title, lines, areShares: areShares)?.svg
    return """
      <figure>
      <h3>\(HTML.text(title))</h3>
      \(picture ?? paragraph("No epoch has a figure to show."))
      <ul class="legend">
      \(legend.joined(separator: "\n"))
      </ul>
      </figure>
      """
  }
}
