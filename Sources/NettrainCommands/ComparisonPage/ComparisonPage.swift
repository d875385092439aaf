import Experiments
import Files
import Training

/// A web page about a comparison: one HTML file that loads nothing and runs no script.
struct ComparisonPage {
  /// The table and its sentences.
  let text: ComparisonText
  /// The results of the runs that have ended.
  let results: [Plan.Run: RunResult]
  /// The origin of the results.
  let origin: ComparisonOrigin

  var plan: Plan { text.plan }
  var comparison: Comparison { text.comparison }
  var reference: Int { comparison.reference }

  /// The bytes of the file.
  func encoded() -> [UInt8] {
    let style = "\n" + String(decoding: PackageResources.comparison_css, as: UTF8.self)
    let sections = [verdict, table, curves, classes, disagreements, equalTerms, commands]
    let page = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="generator" content="nettrain \(HTML.exact(Nettrain.version))">
      <meta http-equiv="Content-Security-Policy" content="\(HTML.policy(style: style))">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(HTML.text(title))</title>
      <link rel="icon" href="data:,">
      <style>\(style)</style>
      </head>
      <body>
      <header>
      <h1>\(HTML.text(title))</h1>
      <p class="note">\(HTML.text(text.heading[0])).</p>
      </header>
      <main>
      \(sections.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
    return Array(page.utf8)
  }

  private var title: String {
    "Comparison of \(plan.variants.count) variant\(plan.variants.count == 1 ? "" : "s")"
  }

  /// A section with its heading.
  func section(_ heading: String, _ contents: [String]) -> String {
    "<section>\n<h2>\(HTML.text(heading))</h2>\n\(contents.joined(separator: "\n"))\n</section>"
  }

  /// A paragraph of plain text.
  func paragraph(_ text: String, note: Bool = false) -> String {
    "<p\(note ? " class=\"note\"" : "")>\(HTML.text(text))</p>"
  }

  /// A table that scrolls in its box where it is wider.
  /// - Parameters:
  ///   - caption: The caption.
  ///   - head: The cells of the first row, as HTML.
  ///   - rows: The other rows, each beginning with the cell of its heading, as HTML.
  /// - Returns: The HTML of the box.
  func table(caption: String, head: [String], rows: [[String]]) -> String {
    let titles = head.map { "<th scope=\"col\">\($0)</th>" }.joined()
    let body = rows.map { row in
      "<tr><th scope=\"row\">\(row[0])</th>\(row.dropFirst().map { "<td>\($0)</td>" }.joined())</tr>"
    }
    return """
      <div class="scrolls" tabindex="0" role="region" aria-label="\(HTML.text(caption))">
      <table>
      <caption><span>\(HTML.text(caption))</span></caption>
      <thead><tr>\(titles)</tr></thead>
      <tbody>
      \(body.joined(separator: "\n"))
      </tbody>
      </table>
      </div>
      """
  }

  /// A sample of the line by which the curves of a variant are known.
  func swatch(_ variant: Int) -> String {
    "<svg class=\"swatch \(CurveFigure.style(variant))\" aria-hidden=\"true\"><line x1=\"0\" y1=\"50%\" x2=\"100%\" "
      + "y2=\"50%\"/></svg>"
  }
}
