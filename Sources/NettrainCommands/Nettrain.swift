import ArgumentParser
import Files
import Glibc
import LinearAlgebra
import Memory
import Synchronization

/// The program. Without the name of a command it trains.
public struct Nettrain: ParsableCommand {
  /// The commands, and the help of the program.
  public static let configuration = CommandConfiguration(
    commandName: "nettrain",
    abstract: "Train networks that read digits, and see what a cost function or an output layer changes.",
    usage: "nettrain [train] [<options>]\nnettrain <command> …",
    discussion: """
      Without the name of a command, nettrain trains on the digits that come with it. The options used most:

        --data <dir>            another data set in MNIST's format: its folder, or the beginning of its files' names
        --output <kind>         sigmoid, softmax or linear
        --cost <kind>           quadratic or cross-entropy
        --hidden <list>         neurons per hidden layer: 30, or 100,50, or none
        --epochs <n>            passes over the training examples
        --learning-rate <x>     the step size
        --save <model>          write the trained network

      For example, the same network under two costs:

        nettrain --output sigmoid --cost cross-entropy
        nettrain --output sigmoid --cost quadratic

      'nettrain help train' shows all options, 'nettrain help <command>' those of another command.
      """,
    version: version,
    subcommands: [
      Train.self, Resume.self, Evaluate.self, Predict.self, Page.self, Compare.self, Summarize.self, Plot.self,
      Verify.self, Slowdown.self, DataCommand.self,
    ],
    defaultSubcommand: Train.self)

  /// The version of the program, in `--version`, logs and files.
  static let version = "0.2.0"

  /// The words of the command line after the name of the program.
  static let words = Mutex<[String]>([])

  /// The program without arguments, which trains.
  public init() {}

  /// Runs the command that the command line names, and ends the program.
  static func main(words: some Sequence<String>) {
    StopSignal.noteClosedPipes()
    // The runtime prints a backtrace on SIGQUIT and continues.
    signal(SIGQUIT, SIG_DFL)
    // A limit on the size of files is then an error like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    LineWriter.reserveStandardStreams()
    Memory.settleAllocator()
    // The bits of a result depend on the threads.
    BLASLibrary.setThreads(1)
    let words = Array(words)
    Self.words.withLock { $0 = words }
    do {
      var command = try parse(words)
      try command.run()
    } catch {
      end(with: error)
    }
  }

  static func parse(_ words: [String]) throws -> any ParsableCommand {
    // The parser would compare it with every option, for seconds.
    let options = words.prefix { $0 != "--" }.filter { $0.utf8.first == UInt8(ascii: "-") }
    if let option = options.first(where: { $0.utf8.prefix { $0 != UInt8(ascii: "=") }.count > 100 }) {
      throw ValidationError("Unknown option '\(option.shown)'")
    }
    // The parser would take -epochs for the options -e, -p, … and -h, and show the help.
    if let word = words.prefix(while: { $0 != "--" }).first(where: { $0.wholeMatch(of: /-[A-Za-z][^=]+/) != nil }) {
      throw ValidationError("Unknown option '\(word)'. Did you mean '-\(word)'?")
    }
    if words.count == 2, words[0] == "--generate-completion-script", let shell = CompletionShell(rawValue: words[1]) {
      throw CleanExit.message(Completions.completionScript(for: shell))
    }
    return try parseAsRoot(words.first == "compare" ? TuningRates.complete(words) : words)
  }

  /// A message of the parser. Those about a value have a remedy; those about the words themselves get one.
  static func withRemedy(_ message: String, _ remedy: String) -> String {
    if message.hasPrefix("The value") || message.hasPrefix("--") { return message }
    return message + (message.hasSuffix("?") || message.hasSuffix(".") ? " " : ". ") + remedy
  }

  /// Writes the one line about an error and ends the program with its status.
  private static func end(with error: any Error) -> Never {
    let failure: Failure
    switch exitCode(for: error) {
    case .success:
      // Help or version was asked for.
      do {
        try LineWriter.standardOutput.write(fullMessage(for: error))
        Glibc.exit(0)
      } catch {
        end(with: error)
      }
    case .validationFailure:
      failure = Failure(.usage, withRemedy(message(for: error), "See 'nettrain --help'."))
    default: failure = Failure(error)
    }
    if let message = failure.message {
      LineWriter.writeToStandardError("nettrain: error: \(Formatting.oneLine(message))")
    }
    Glibc.exit(failure.status)
  }
}
