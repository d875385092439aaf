import Dispatch
import Subprocess
import Synchronization
import SystemPackage

/// The program that draws the pictures.
struct Gnuplot {
  private let program: FilePath

  /// Looks for the program.
  /// - Parameter option: The option that needs it, for messages.
  /// - Throws: A failure, if it is not there.
  init(for option: String) throws {
    // Without memory for its threads the process library waits for ever. The rest is for their allocations, and for gnuplot,
    // which the same limits hold for.
    var need = MemoryNeed()
    (need.buffers, need.threads) = (0, 4)
    need.add(50e6)
    try need.check(for: option, "leave it out")
    try Self.checkOpenFiles(for: option)
    // The process library counts threads there, and would end the program.
    guard (try? Stat(FilePath("/proc/self/task"))) != nil else {
      throw Failure(.missingProgram, "\(option): gnuplot cannot be started without /proc; mount it, or leave it out")
    }
    let found = waiting { try? await Executable.name("gnuplot").resolveExecutablePath(in: .inherit) }
    guard let found else {
      throw Failure(
        .missingProgram,
        "\(option): pictures are drawn by gnuplot, which is not installed; install it, on Debian and Ubuntu with "
          + "'sudo apt-get install gnuplot-nox'")
    }
    program = found
  }

  /// Checks that the pipes to the program and what belongs to them can be opened. The process library would end the program
  /// otherwise.
  private static func checkOpenFiles(for option: String) throws {
    var opened: [FileDescriptor] = []
    defer { for file in opened { try? file.close() } }
    for _ in 0..<24 {
      guard let file = try? FileDescriptor.standardError.duplicate() else {
        throw Failure(
          .cannotCreateOutput,
          "\(option): gnuplot needs more open files; close other files, or raise the limit on open files (ulimit -n)")
      }
      opened.append(file)
    }
  }

  /// Draws a picture.
  ///
  /// - Parameters:
  ///   - commands: The commands of gnuplot, without those that choose terminal and output.
  ///   - kind: The form of the picture.
  ///   - size: Its width and height in pixels.
  /// - Returns: The contents of the file.
  /// - Throws: A failure, if gnuplot fails.
  func draw(_ commands: String, as kind: PictureFile.Kind, size: (width: Int, height: Int)) throws -> [UInt8] {
    let terminal =
      switch kind {
      case .svg: "svg standalone size \(size.width),\(size.height) font 'sans-serif,14' background '#ffffff'"
      case .pdf:
        // A pixel is 1/96 of an inch here, and fonts and lines are scaled so that the picture looks like the others.
        "pdfcairo size \(Double(size.width) / 96)in,\(Double(size.height) / 96)in font 'Sans,10.5' fontscale 0.75 linewidth 1.5 background '#ffffff'"
      case .png: "pngcairo size \(size.width),\(size.height) font 'Sans,10.5' background '#ffffff'"
      }
    let script = "set encoding utf8\nset terminal \(terminal)\n\(commands)\n"
    let result = waiting { [program] in
      // The settings of the user would change the picture. Allocations of gnuplot's threads are made in one place, so that
      // they leave memory for the stacks.
      try? await Subprocess.run(
        .path(program), arguments: ["-d", "-"],
        environment: .inherit.updating(["LC_ALL": "C", "GNUTERM": nil, "MALLOC_ARENA_MAX": "1"]),
        input: .string(script), output: .bytes(limit: .max), error: .string(limit: 1 << 16))
    }
    guard let result, result.terminationStatus.isSuccess, !result.standardOutput.isEmpty else {
      let lines = result?.standardError.split(separator: "\n").map(String.init) ?? []
      let fault = lines.last { !$0.contains("^") && !$0.isEmpty }
      let end =
        if case .signaled(let signal)? = result?.terminationStatus { ", and signal \(signal) ended it" } else { "" }
      throw Failure(
        .internalFault, "\(program.string.shown): drew no picture: \(fault?.shown ?? "it says nothing")\(end)")
    }
    return result.standardOutput
  }
}

extension Gnuplot {
  /// A text without line breaks as a string of gnuplot in which nothing has a meaning. Where it is shown, `noenhanced` must
  /// follow.
  ///
  /// Between apostrophes everything stands for itself, and between double quotes an apostrophe does. Two apostrophes would
  /// mean one only behind some characters.
  static func quoted(_ text: String) -> String {
    var parts: [String] = []
    for character in text {
      let quote = character == "'" ? "\"" : "'"
      if let last = parts.last, last.hasPrefix(quote) {
        parts[parts.count - 1].append(character)
      } else {
        parts.append(quote + String(character))
      }
    }
    return parts.isEmpty ? "\"\"" : parts.map { $0 + String($0.prefix(1)) }.joined(separator: " . ")
  }

  /// A named block of numbers, row by row; `nil` is drawn as nothing.
  static func matrix(_ name: String, _ rows: [[Double?]]) -> String {
    let lines = rows.map { row in row.map { $0.map { "\(Float($0))" } ?? "NaN" }.joined(separator: " ") }
    return block(name, lines)
  }

  /// A named block of lines.
  static func block(_ name: String, _ lines: [String]) -> String {
    (["$\(name) << EOD"] + lines + ["EOD"]).joined(separator: "\n")
  }

  /// The number of images, with gaps, that can be drawn along a side of this many pixels each: all together have less than
  /// 2¹⁵.
  static func greatestTileCount(side: Int) -> Int { 32_000 / (side + side / 10 + 1) }

  /// Images of equal size side by side, with gaps, so many in a row.
  static func tiled(_ images: [[[Double]]], columns: Int) -> [[Double?]] {
    guard let first = images.first, let width = first.first?.count else { return [] }
    let (stepDown, stepRight) = (first.count + first.count / 10 + 1, width + width / 10 + 1)
    let rowCount = (images.count + columns - 1) / columns
    var tiles = [[Double?]](
      repeating: [Double?](repeating: nil, count: columns * stepRight), count: rowCount * stepDown)
    for (index, image) in images.enumerated() {
      let (top, left) = (index / columns * stepDown, index % columns * stepRight)
      for (row, pixels) in image.enumerated() {
        for (column, pixel) in pixels.enumerated() { tiles[top + row][left + column] = pixel }
      }
    }
    return tiles
  }
}

/// The result of an asynchronous call, which is waited for.
private func waiting<Result: Sendable>(_ call: @escaping @Sendable () async -> Result?) -> Result? {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<Result?>(nil)
  Task.detached {
    let value = await call()
    result.withLock { $0 = value }
    done.signal()
  }
  done.wait()
  return result.withLock { $0 }
}
