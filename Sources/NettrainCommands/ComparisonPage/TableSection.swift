import Experiments
import Training

extension ComparisonPage {
  /// The table of the comparison. Each number carries the text that it has in CSV.
  var table: String {
    let records = Record.comparison(comparison.rows).map { record in
      Dictionary(record.fields.map { ($0.name, $0.value) }) { first, _ in first }
    }
    func isFilled(_ name: String) -> Bool { records.contains { !($0[name] ?? .null).description.isEmpty } }
    let columns = Self.columns.filter { $0.parts.contains { isFilled($0.name) } }
    let rows = comparison.rows.indices.map { index in
      [
        "\(swatch(index)) \(HTML.text(comparison.rows[index].variant.name))",
        "<span class=\"word\">\(HTML.text(comparison.rows[index].verdict.rawValue))</span>",
      ]
        + columns.map { column in
          let parts = column.parts.filter { isFilled($0.name) }
          return parts.enumerated().map { place, part in
            Self.cell(part, records[index][part.name] ?? .null, isFirst: place == 0)
          }.joined()
        }
    }
    return section(
      "Table",
      [
        table(
          caption:
            "Accuracies on the test images in per cent, ± standard deviation over seeds; differences to the reference "
            + "in points",
          head: ["variant", "<span class=\"word\">verdict</span>"] + columns.map { HTML.text($0.title) }, rows: rows),
        paragraph(
          "\(text.grids == nil ? "Learning rates are as given, or the defaults" : "Learning rates are by validation accuracy on other seeds"). "
            + "Difference: 95 % interval over seeds, for these test images. For others like them: the interval over seeds and "
            + "images. p is that of the paired t test, with Holm's correction for the number of variants and without. Only right: "
            + "images that only the variant gets right, and that only the reference does, summed over seeds. A verdict follows from "
            + "the corrected p, so that an interval without 0 can stand beside \"no difference found\". The reference is the "
            + "variant of best validation accuracy, unless --reference names one. The columns of --format csv are the same "
            + "numbers, unrounded.",
          note: true),
      ])
  }

  private enum Form {
    case plain
    case decimal
    case points
    case significant
    case probability
  }

  /// A number of a cell: its column in CSV, its form, and the HTML before it.
  private typealias Part = (name: String, form: Form, before: String)

  private static let columns: [(title: String, parts: [Part])] = [
    ("final test", [("test_accuracy_mean", .points, ""), ("test_accuracy_sd", .points, " ± ")]),
    (
      "difference",
      [
        ("difference", .points, ""), ("difference_low", .points, "<br>"), ("difference_high", .points, " to "),
      ]
    ),
    ("for others like them", [("general_low", .points, ""), ("general_high", .points, " to ")]),
    ("p, corrected", [("p_holm", .probability, "")]),
    ("best epoch", [("test_accuracy_at_best_mean", .points, ""), ("test_accuracy_at_best_sd", .points, " ± ")]),
    ("validation at best", [("validation_accuracy_at_best_mean", .points, "")]),
    ("rate", [("learning_rate", .plain, "")]),
    ("runs", [("seeds", .plain, "")]),
    ("diverged", [("diverged", .plain, "")]),
    ("p", [("p", .probability, "")]),
    ("McNemar’s p", [("mcnemar_p", .probability, "")]),
    ("only right", [("only_variant_right", .plain, ""), ("only_reference_right", .plain, " : ")]),
    ("epochs to target", [("epochs_to_target", .decimal, "")]),
    ("seconds to target", [("seconds_to_target", .decimal, "")]),
    ("quadratic cost", [("cost_quadratic_mean", .significant, "")]),
    ("cross-entropy cost", [("cost_cross_entropy_mean", .significant, "")]),
  ]

  /// The HTML of a number; of a cell without numbers the first part alone says so.
  private static func cell(_ part: Part, _ value: FieldValue, isFirst: Bool) -> String {
    let shown =
      switch (part.form, value) {
      case (_, .null): isFirst ? "–" : ""
      case (.decimal, .number(let number)): Formatting.fixed(number, decimals: 1)
      case (.points, .number(let number)): points(number)
      case (.significant, .number(let number)): Formatting.significant(number)
      case (.probability, .number(let number)): number < 0.0005 ? "<.001" : Formatting.fixed(number, decimals: 3)
      default: value.description
      }
    return (value == .null ? "" : part.before)
      + "<span data-column=\"\(part.name)\" data-value=\"\(HTML.exact(value.description))\">"
      + "\(HTML.text(HTML.number(shown)))</span>"
  }
}
