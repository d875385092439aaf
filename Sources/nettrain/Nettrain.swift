import ArgumentParser
import Datasets
import Glibc
import SystemPackage

/// The program.
@main
struct Nettrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nettrain",
    abstract: "Train a digit classifier and see what a cost function or an output layer changes.",
    version: version,
    subcommands: [Train.self],
    defaultSubcommand: Train.self)

  /// The version of the program, as `--version` and the logs tell it.
  static let version = "0.1.0"

  static func main() {
    // A reader that closes the pipe early ends the program quietly, even where a parent had this signal ignored.
    signal(SIGPIPE, SIG_DFL)
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      // The program's help is that of its main job.
      if ["-h", "--help", "help"].contains(arguments.first) && arguments.count == 1 {
        return try write(helpMessage(for: Train.self), to: .standardOutput)
      }
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Says what went wrong in one line and ends the program with the status that belongs to it.
  private static func end(with error: any Error) -> Never {
    var failure: Failure
    switch error {
    case let error as Failure: failure = error
    case let error as DataError:
      failure = Failure(error.isMissing ? .missingInput : .malformedData, error.description)
    case _ where exitCode(for: error) == .success:
      // Help or version was asked for.
      try? write(fullMessage(for: error), to: .standardOutput)
      Glibc.exit(0)
    case _ where exitCode(for: error) == .validationFailure:
      let message = message(for: error).split(separator: "\n").joined(separator: " ")
      failure = Failure(.usage, message + (message.hasPrefix("Unknown") ? " See 'nettrain --help'." : ""))
    default:
      failure = Failure(.internalFault, "\(error); this is a fault of nettrain's own, please report it")
    }
    if let message = failure.message {
      try? write("nettrain: error: \(message)", to: .standardError)
    }
    Glibc.exit(failure.status)
  }

  private static func write(_ text: String, to stream: FileDescriptor) throws {
    _ = try stream.writeAll((text + "\n").utf8)
  }
}
