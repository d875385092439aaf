import Experiments
import Training

extension ComparisonPage {
  /// The terms on which the variants were compared.
  var equalTerms: String {
    let all = plan.variants.map { $0.configuration.fields }
    let names = all[0].indices.map { (index: $0, name: all[0][$0].name) }
      .filter { !["seed", "threads", "saturation"].contains($0.name) }
    func isEqual(_ index: Int) -> Bool { all.allSatisfy { $0[index].value == all[0][index].value } }
    let equal = names.filter { isEqual($0.index) && all[0][$0.index].value != .null }.map { index, name in
      "\(name.replacing("_", with: "-")) \(all[0][index].value.description.shown)"
    }
    let differing = names.filter { !isEqual($0.index) }.map(\.name)
    func agree(_ needed: [String], _ what: String) -> String {
      let others = needed.filter { differing.contains($0) }.map { $0.replacing("_", with: "-") }
      return others.isEmpty
        ? "for each seed \(what) all variants"
        : "for each seed \(what) those variants that agree in \(Self.list(others))"
    }
    let rows: [(String, String)] = [
      ("Data", one(origin.circumstances.map { $0.directory ?? "unknown" })),
      ("SHA-256", origin.sha256.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")),
      (
        "Examples",
        "\(text.either(\.trainingCount)) train, \(text.either(\.validation)) validate, "
          + "\(Formatting.grouped(text.counts.test)) test"
          + (differing.contains { ["limit", "validation", "validation_split", "expand"].contains($0) }
            ? "; the split differs between variants" : ", split the same way for all variants")
      ),
      ("Seeds", Self.list(plan.seeds.map { "\($0)" }) + ", the same for all variants"),
      ("Start weights", agree(["hidden", "init", "init_from", "precision"], "the same for")),
      (
        "Order of examples",
        agree(["shuffle", "batch_size", "limit", "validation", "validation_split", "expand"], "the same for")
      ),
      ("Threads of a run", one(origin.circumstances.map { "\($0.threads)" })),
      ("BLAS", one(origin.circumstances.map { $0.blas ?? "unknown" })),
      ("Instructions", one(origin.circumstances.map { $0.instructions ?? "unknown" })),
      ("Version", one(origin.circumstances.map { $0.version ?? "unknown" })),
      ("Other options, equal", equal.joined(separator: ", ")),
      (
        "Options that differ",
        differing.isEmpty ? "none" : differing.map { $0.replacing("_", with: "-") }.joined(separator: ", ")
      ),
    ]
    let list = rows.map { "<dt>\(HTML.text($0))</dt><dd>\(HTML.exact($1))</dd>" }
    return section("Held equal", ["<dl>\n\(list.joined(separator: "\n"))\n</dl>"])
  }

  /// A term that all runs share, or the different ones.
  private func one(_ values: [String]) -> String {
    let values = values.map(\.shown)
    let different = Set(values).sorted()
    return different.count < 2 ? different.joined() : "not equal: \(Self.list(different))"
  }

  /// The lines of the shell that make the comparison again.
  var commands: String {
    section(
      "Again",
      [
        paragraph("The same results on the same machine:"),
        "<pre tabindex=\"0\">\(origin.commands.map(HTML.exact).joined(separator: "\n"))</pre>",
        paragraph(origin.note, note: true),
      ])
  }
}
