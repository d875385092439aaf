import Glibc
import Training

/// A line on stderr with the progress of a run and the time left.
///
/// It overwrites itself and leaves nothing behind. A failure to draw it is not an error.
struct ProgressBar {
  private let epochs: Int
  private let examples: Int
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  /// The share of the run that was done before this process began; `nil` until it is known.
  private var doneBefore: Double?

  /// A bar for a run of some epochs, at least one, of so many examples each.
  init(epochs: Int, examples: Int) {
    self.epochs = epochs
    self.examples = examples
  }

  /// Draws the bar, ten times a second at most.
  mutating func show(epoch: Int, examplesSeen: Int) {
    let now = ContinuousClock.now
    let done = (Double(epoch - 1) + Double(examplesSeen) / Double(examples)) / Double(epochs)
    let doneBefore = doneBefore ?? done
    self.doneBefore = doneBefore
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    let elapsed = start.seconds(until: now)
    var line = "epoch \(epoch)/\(epochs)  " + Self.bar(done, width: 30)
    line += Formatting.right("\(Int(100 * done)) %", 7)
    if let seconds = Self.secondsLeft(after: elapsed, done: done, doneBefore: doneBefore) {
      line += "  \(Formatting.duration(seconds: seconds)) left"
    }
    draw(String(line.prefix((Terminal.width(of: STDERR_FILENO) ?? 80) - 1)))
  }

  /// The time left, from the work of this process alone; `nil` until a hundredth of it is done.
  /// - Parameters:
  ///   - elapsed: The time of this process so far, in seconds.
  ///   - done: The share of the whole run that is done.
  ///   - doneBefore: The share that was done before this process began.
  /// - Returns: Seconds.
  static func secondsLeft(after elapsed: Double, done: Double, doneBefore: Double) -> Double? {
    let doneNow = done - doneBefore
    return doneNow > 0.01 * (1 - doneBefore) ? elapsed / doneNow * (1 - done) : nil
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
    LineWriter.drawOnStandardError("\r" + text + eraseToEndOfLine)
  }
}
