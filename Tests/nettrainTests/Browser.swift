import Foundation
import TestSupport
import Testing

/// The findings of a script that ran in a page, in Chromium without a window.
struct BrowserFindings {
  /// The value that the script returned.
  let value: Any
  /// Faults of the page, requests that it made and lines of its console.
  let faults: [String]
}

/// Opens a page of nettrain in Chromium, and runs a script in it when it is shown.
/// - Parameters:
///   - page: The file of the page.
///   - script: The body of an asynchronous function, which may call the functions of the page and those of `helpers`. Its
///     result can be written as JSON.
///   - options: More options of Chromium.
/// - Returns: The findings.
/// - Throws: A failure of the test's own machinery.
func browse(_ page: String, _ script: String, options: [String] = []) async throws -> BrowserFindings {
  try await withTemporaryFolder { folder in
    let text = try String(contentsOfFile: page, encoding: .utf8)
    let copy = folder + "/page.html"
    // The policy of a page holds for scripts that come after it.
    let start = "addEventListener('load', () => {\n\(helpers)\nreport(async () => {\(script)});\n});"
    let observed = text.replacing(
      "<head>", with: "<head><script>\(observer)\n\(start)</script>", maxReplacements: 1)
    try makeFile(copy, Array(observed.utf8))
    let outcome = try await run(
      "timeout",
      [
        "--signal=KILL", "120", "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-breakpad",
        "--disable-dev-shm-usage",
        "--user-data-dir=\(folder)/profile", "--window-size=1280,900", "--virtual-time-budget=600000",
        "--enable-logging=stderr", "--dump-dom",
      ] + options + ["file://" + copy], environment: ["HOME": folder])
    let report = try #require(
      outcome.output.firstMatch(of: /<pre id="report">([^<]*)</), "status \(outcome.status): \(outcome.error)")
    let json = try #require(String(report.1).removingPercentEncoding)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let console = outcome.error.split(separator: "\n").filter { $0.contains("CONSOLE") }.map(String.init)
    return BrowserFindings(
      value: object["value"] ?? NSNull(), faults: try #require(object["faults"] as? [String]) + console)
  }
}

/// Whether Chromium is installed.
let hasChromium = isInstalled("chromium")

/// Collects the faults of a page, before its own script begins. Frames come from a timer: where time is virtual, it would
/// be over before the first frame of a screen.
private let observer = """
  window.requestAnimationFrame = (show) => setTimeout(show, 16);
  const faults = [];
  addEventListener('error', (event) => faults.push(`error: ${event.message}`));
  addEventListener('unhandledrejection', (event) => faults.push(`rejection: ${event.reason}`));
  document.addEventListener('securitypolicyviolation', (event) => faults.push(`refused: ${event.blockedURI}`));
  """

private let helpers = """
  const paper = document.getElementById('paper');
  const text = (selector, root = document) => root.querySelector(selector).textContent;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  /** Waits until the page has shown what has changed. */
  const shownAgain = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  /** The grey levels of a canvas, row by row. */
  const greys = (canvas) => {
    const context = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return Array.from({ length: data.length / 4 }, (_, index) => data[4 * index]);
  };
  /** Sends an event of the mouse at a point of a drawing area of 100×100. */
  const point = (type, [x, y], target = paper) => {
    const place = paper.getBoundingClientRect();
    target.dispatchEvent(new PointerEvent(type, {
      bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true,
      button: 0, buttons: type === 'pointerup' ? 0 : 1,
      clientX: place.left + (x / 100) * place.width, clientY: place.top + (y / 100) * place.height,
    }));
  };
  const stroke = (...points) => {
    point('pointerdown', points[0]);
    for (const place of points.slice(1)) point('pointermove', place);
    point('pointerup', points.at(-1));
  };
  const press = (key, options = {}) => {
    paper.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
    paper.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, ...options }));
  };
  /** The answers of the models, as they are shown. */
  const answersShown = () => all('.answer').map((part) => ({
    name: text('.name', part), read: text('.class', part), sum: text('.sum', part),
    labels: all('.label', part).map((label) => label.textContent),
    outputs: all('.number', part).map((number) => number.textContent),
    image: greys(part.querySelector('.seen')), side: part.querySelector('.seen').width,
  }));
  /** Writes the result of a script, and the faults seen until then, for the dump of the page. */
  async function report(script) {
    let value = null;
    try {
      await shownAgain();
      value = await script();
      await shownAgain();
    } catch (error) {
      faults.push(`script: ${error.stack}`);
    }
    for (const { name } of performance.getEntriesByType('resource')) faults.push(`request: ${name}`);
    const element = document.createElement('pre');
    element.id = 'report';
    element.textContent = encodeURIComponent(JSON.stringify({ value: value ?? null, faults }));
    document.body.append(element);
  }
  """
