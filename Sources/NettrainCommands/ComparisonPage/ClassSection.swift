import Experiments

extension ComparisonPage {
  /// The accuracies by class, as far as the labels are at hand.
  var classes: String {
    let heading = "Classes"
    guard let folder = origin.folder else {
      return section(heading, [paragraph("Classes and images are left out, because \(origin.reason ?? "").")])
    }
    let comparison = ClassComparison(
      plan, results, reference: reference, labels: folder.test.labels, classCount: folder.classCount)
    guard comparison.accuracies[reference].contains(where: { $0 != nil }) else {
      return section(
        heading, [paragraph("Classes are left out, because no run of the reference tells which images it gets right.")])
    }
    let others = plan.variants.indices.filter { $0 != reference }
    let labels = comparison.counts.indices.filter { comparison.counts[$0] > 0 }
    let rows = labels.map { label in
      ["\(folder.firstLabel + label)", Formatting.grouped(comparison.counts[label])]
        + [comparison.accuracies[reference][label].map { Self.points($0.mean) } ?? "–"]
        + others.map { difference(comparison.differences[$0][label], "class-\(folder.firstLabel + label)") }
    }
    let head =
      ["class", "images", "\(swatch(reference)) \(HTML.text(plan.variants[reference].name))"]
      + others.map { "\(swatch($0)) \(HTML.text(plan.variants[$0].name))" }
    let count = labels.count * others.count
    return section(
      heading,
      [
        table(
          caption:
            "Test accuracy of the reference by class in per cent, and differences to it in points, ± 95 % interval over "
            + "seeds",
          head: head, rows: rows),
        paragraph(
          "Bold: the interval does not hold 0. Each interval stands alone: of \(count) of them, \(count / 20) or so would "
            + "miss 0 by chance where nothing differs. One image makes "
            + "\(Formatting.fixed(100 / Double(max(1, comparison.counts.max() ?? 1)), decimals: 2)) points or more.",
          note: true),
      ])
  }

  private func difference(_ sample: Sample?, _ column: String) -> String {
    guard let sample else { return "–" }
    let interval = sample.interval
    let text =
      HTML.number(Self.points(sample.mean)) + (interval.map { " ± \(Self.points($0.halfWidth))" } ?? "")
    let cell = "<span data-column=\"\(column)\" data-value=\"\(sample.mean)\">\(text)</span>"
    let isClear = interval.map { $0.low > 0 || $0.high < 0 } ?? false
    return isClear ? "<strong>\(cell)</strong>" : cell
  }
}
