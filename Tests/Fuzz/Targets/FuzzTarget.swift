@testable import NettrainCommands

/// Something that reads what others wrote. An input is either read or refused with one line.
///
/// A target calls the functions that the program calls, and checks what they give: against a second reader that is as
/// simple as can be, or by writing what was read and reading it again.
package enum FuzzTarget: String, CaseIterable, Sendable {
  case gzip, idx, folder, safetensors, json, model, checkpoint, log, plan, png, pgm, options, arguments

  /// The outcome for an input.
  package enum Verdict: Sendable {
    /// The input was read; the text tells what was in it.
    case read(String)
    /// The input was refused with this line.
    case refused(String)
  }

  /// Gives an input to the target. A fault of the program ends the process.
  package func run(_ input: [UInt8], in scratch: Scratch) -> Verdict {
    do {
      return .read(try read(input, scratch))
    } catch {
      let failure = Failure(error)
      let message = failure.message.map(line) ?? ""
      require(failure.status != ExitStatus.internalFault.rawValue, "an error without a name: \(message)")
      // An ellipsis is added where something is left out.
      require(!message.isEmpty && message.utf8.count <= 603 && !message.contains("\n"), "no line: \(message)")
      return .refused(message)
    }
  }

  private func read(_ input: [UInt8], _ scratch: Scratch) throws -> String {
    switch self {
    case .gzip: try readGzip(input, scratch)
    case .idx: try readIDX(input, scratch)
    case .folder: try readFolder(input, scratch)
    case .safetensors: try readSafetensors(input)
    case .json: try readJSON(input)
    case .model: try readModel(input, scratch)
    case .checkpoint: try readCheckpoint(input, scratch)
    case .log: try readLog(input, scratch)
    case .plan: try readPlan(input, scratch)
    case .png, .pgm: try readImage(input)
    case .options: try readOptions(input)
    case .arguments: try readArguments(input)
    }
  }
}

/// A message as the program prints it. Plain text is not changed by that, and is most of what fuzzing sees.
private func line(_ message: String) -> String {
  let isPlain = message.utf8.count <= 600 && message.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
  return isPlain ? message : Formatting.oneLine(message)
}

/// Ends the process, as a crash would, unless a condition holds that every input must fulfil.
package func require(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}

/// The result of `body`; `nil` if it throws.
func attempt<Result>(_ body: () throws -> Result) -> Result? { try? body() }
