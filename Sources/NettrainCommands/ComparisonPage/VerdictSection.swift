import Experiments

extension ComparisonPage {
  /// The conclusions in words.
  var verdict: String {
    let sentences = text.sentences.dropFirst().map { "<li>\(HTML.text($0))</li>" }
    let list = sentences.isEmpty ? [] : ["<ul>\n\(sentences.joined(separator: "\n"))\n</ul>"]
    let missing = plan.runs.count - results.count
    let stopped =
      missing > 0 ? [paragraph("The comparison was stopped: \(missing) of \(plan.runs.count) runs had not ended.")] : []
    return section("Verdict", ["<p class=\"lead\">\(HTML.text(lead))</p>"] + list + stopped + [certainty])
  }

  private var lead: String {
    let accuracy = comparison.rows[reference].testAccuracy.map {
      ", which gets \(Formatting.percentage($0.mean)) of the test images right"
    }
    let name = quoted(plan.variants[reference].name) + (accuracy ?? "")
    let others = comparison.rows.filter { !$0.isReference }
    guard !others.isEmpty else { return "The only variant is \(name)." }
    let parts = [Verdict.better, .worse, .noDifferenceFound, .tooFewSeeds].compactMap { verdict -> String? in
      let members = others.filter { $0.verdict == verdict }.map(amount)
      guard !members.isEmpty else { return nil }
      let names = members.count < 4 ? Self.list(members) : "\(members.count) variants"
      switch verdict {
      case .noDifferenceFound: return "no difference was found for \(names)"
      case .tooFewSeeds: return "there are too few seeds to tell for \(names)"
      default: return "\(names) \(members.count == 1 ? "is" : "are") \(verdict.rawValue)"
      }
    }
    return "Compared with \(name): \(parts.joined(separator: "; "))."
  }

  /// The name of a variant, with its difference, or the greatest that its runs leave possible.
  private func amount(_ row: ComparisonRow) -> String {
    let name = quoted(row.variant.name)
    guard let difference = row.difference, let greatest = row.greatestDifference else { return name }
    guard row.verdict != .noDifferenceFound else {
      return "\(name) (at most \(Self.points(greatest)) points)"
    }
    let sign = row.verdict == .better ? 1.0 : -1.0
    let ends = [sign * difference.low, sign * difference.high].sorted().map(Self.points)
    let estimate = Self.points(difference.estimate.magnitude)
    return "\(name) (by \(estimate) points, \(ends[0]) to \(ends[1]))"
  }

  /// The name of a variant in a list, in quotes if names have commas.
  private func quoted(_ name: String) -> String {
    plan.variants.contains { $0.name.contains(",") } ? "“\(name)”" : name
  }

  static func points(_ fraction: Double) -> String { Formatting.fixed(100 * fraction, decimals: 2) }

  /// Items as a list in a sentence.
  static func list(_ items: [String]) -> String {
    items.count < 2 ? items.joined() : items.dropLast().joined(separator: ", ") + " and " + items[items.count - 1]
  }

  private var certainty: String {
    let tested = comparison.rows.filter { $0.correctedP != nil }
    guard !tested.isEmpty else {
      return paragraph(
        "How sure: with fewer than two seeds for each variant, one cannot tell a difference from chance.", note: true)
    }
    let several =
      tested.count == 1 ? "" : ", for all \(tested.count) comparisons together (p with Holm's correction)"
    return paragraph(
      "How sure: a range is the 95 % interval of the mean difference over seeds; of many such ranges 95 in 100 hold the true "
        + "difference. Where there is none, \"better\" or \"worse\" would be said in at most 5 of 100 such experiments"
        + "\(several). \"No difference found\" is no proof of equality: the figure beside it is the largest difference that the "
        + "interval of these runs leaves possible.", note: true)
  }
}
