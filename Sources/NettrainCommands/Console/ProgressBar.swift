import Glibc
import SystemPackage

/// A line on stderr with the progress of a run and the time left.
///
/// It overwrites itself and leaves nothing behind. A failure to draw it is not an error.
struct ProgressBar {
  private let epochs: Int
  private let examples: Int
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  /// A bar for a run of some epochs, at least one, of so many examples each.
  init(epochs: Int, examples: Int) {
    self.epochs = epochs
    self.examples = examples
  }

  /// Draws the bar, ten times a second at most.
  mutating func show(epoch: Int, examplesSeen: Int) {
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    let done = (Double(epoch - 1) + Double(examplesSeen) / Double(examples)) / Double(epochs)
    let elapsed = (now - start) / .seconds(1)
    var line = "epoch \(epoch)/\(epochs)  " + Self.bar(done, width: 30)
    line += Formatting.right("\(Int(100 * done)) %", 7)
    if done > 0.01 { line += "  \(Formatting.duration(seconds: elapsed / done - elapsed)) left" }
    draw(String(line.prefix(Self.terminalWidth - 1)))
  }

  /// Erases the bar, to make room for another line.
  mutating func clear() {
    guard lastDrawn != nil else { return }
    lastDrawn = nil
    draw("")
  }

  private static func bar(_ fraction: Double, width: Int) -> String {
    let filled = Int(fraction * Double(width))
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled) + "]"
  }

  private func draw(_ text: String) {
    let eraseToEndOfLine = "\u{1B}[K"
    _ = try? FileDescriptor.standardError.writeAll(("\r" + text + eraseToEndOfLine).utf8)
  }

  private static var terminalWidth: Int {
    var size = winsize()
    let isKnown = unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
    return isKnown ? Int(size.ws_col) : 80
  }
}
