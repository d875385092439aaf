import Datasets
import Experiments
import FoundationEssentials
import Images

extension ComparisonPage {
  private static let greatestCount = 24

  /// The images on which the variants disagree most, as far as they are at hand.
  var disagreements: String {
    guard let folder = origin.folder else { return "" }
    let found = Disagreement.greatest(plan, results, Self.greatestCount)
    guard plan.variants.count > 1 else { return "" }
    guard !found.isEmpty else {
      return section(
        "Images", [paragraph("There is no test image that one variant gets right more often than another.")])
    }
    let cards = found.map { card($0, folder) }
    return section(
      "Images",
      [
        paragraph(
          "The \(found.count) test images on which the variants disagree most, each with the number of seeds with which a variant "
            + "gets it right. Images are counted from 0.", note: true),
        "<ul class=\"cards\">\n\(cards.joined(separator: "\n"))\n</ul>",
      ])
  }

  private func card(_ disagreement: Disagreement, _ folder: DataFolder) -> String {
    let label = folder.firstLabel + Int(folder.test.labels[disagreement.image])
    let name = "Test image \(disagreement.image), class \(label)"
    let counts = plan.variants.indices.map { variant in
      "<li><b>\(disagreement.right[variant])/\(disagreement.runs[variant])</b> \(swatch(variant)) "
        + "\(HTML.text(plan.variants[variant].name))</li>"
    }
    return """
      <li class="card">
      <p><b>class \(label)</b>, image \(disagreement.image)</p>
      \(picture(disagreement.image, folder, name))
      <ul>\(counts.joined())</ul>
      </li>
      """
  }

  private func picture(_ image: Int, _ folder: DataFolder, _ name: String) -> String {
    let (rows, columns) = folder.test.imageShape
    var pixels = folder.test.image(image)
    var (width, height) = (columns, rows)
    if DataFolder.hasTransposedImages(named: folder.path) {
      pixels = (0..<columns).flatMap { column in (0..<rows).map { pixels[$0 * columns + column] } }
      (width, height) = (rows, columns)
    }
    guard let png = GreyImage(width: width, height: height, pixels: pixels).png else { return "" }
    return "<img class=\"digit\" src=\"data:image/png;base64,\(Data(png).base64EncodedString())\" alt=\"\(name)\">"
  }
}
