import ArgumentParser
import Datasets
import Glibc
import LinearAlgebra
import Safetensors

/// The program. Without the name of a command it trains.
@main
struct Nettrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nettrain",
    abstract: "Train a network that reads digits, and see what a cost function or an output layer changes.",
    usage: Train.usage, discussion: Train.discussion, version: version, subcommands: commands)

  /// The version of the program, as `--version` and the logs tell it.
  static let version = "0.1.0"

  private static let commands: [any ParsableCommand.Type] = [Train.self, Verify.self, Slowdown.self]

  @OptionGroup var arguments: TrainArguments

  func run() throws {
    try TrainingSession(arguments: arguments, words: Array(CommandLine.arguments.dropFirst())).run()
  }

  static func main() {
    // A reader that closes the pipe early ends the program quietly, even where a parent had this signal ignored.
    signal(SIGPIPE, SIG_DFL)
    // Swift would print where the program is, and go on.
    signal(SIGQUIT, SIG_DFL)
    // A limit on the size of files is then an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    LineWriter.reserveStandardStreams()
    // For every command, unless it is asked otherwise: the bits of a result depend on it.
    BLASLibrary.setThreads(1)
    do {
      var command = try parse(Array(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// The command that the words name, with its arguments.
  ///
  /// A command named first gets all the other words: `parseAsRoot` would give those that are also options of the
  /// program to the program.
  private static func parse(_ words: [String]) throws -> any ParsableCommand {
    // The parser would take -epochs for the options -e, -p, … and -h, and show the help.
    if let word = words.prefix(while: { $0 != "--" }).first(where: { $0.wholeMatch(of: /-[A-Za-z][^=]+/) != nil }) {
      throw ValidationError("Unknown option '\(word)'. Did you mean '-\(word)'?")
    }
    if let first = words.first, let command = commands.first(where: { $0._commandName == first }) {
      return try command.parseAsRoot(Array(words.dropFirst()))
    }
    return try parseAsRoot(words)
  }

  /// Says what went wrong in one line and ends the program with the status that belongs to it.
  private static func end(with error: any Error) -> Never {
    var failure: Failure
    switch error {
    case let error as Failure: failure = error
    case let error as DataError:
      failure = Failure(error.isMissing ? .missingInput : .malformedData, error.description)
    case let error as SafetensorsError:
      failure = Failure(error.isMissing ? .missingInput : .malformedData, error.description)
    case let error as WriteFailure: failure = Failure(.writeFailed, error.description)
    case .heldByAnother as FileLockFailure: failure = Failure(.checkpointInUse, "\(error)")
    case is FileLockFailure: failure = Failure(.cannotCreateOutput, "\(error)")
    case _ where exitCode(for: error) == .success:
      // Help or version was asked for.
      do {
        try LineWriter.standardOutput.write(fullMessage(for: error))
        Glibc.exit(0)
      } catch {
        end(with: error)
      }
    case _ where exitCode(for: error) == .validationFailure:
      let message = message(for: error)
      // The messages about a value say what would be right; those about the words themselves do not.
      let hasRemedy = message.hasPrefix("The value") || message.hasPrefix("--")
      let end = message.hasSuffix("?") || message.hasSuffix(".") ? "" : "."
      failure = Failure(.usage, hasRemedy ? message : "\(message)\(end) See 'nettrain --help'.")
    default:
      failure = Failure(.internalFault, "\(error); this is a fault of nettrain's own, please report it")
    }
    if let message = failure.message {
      LineWriter.writeToStandardError("nettrain: error: \(Formatting.oneLine(message))")
    }
    Glibc.exit(failure.status)
  }
}
