import ArgumentParser

/// `nettrain train`: trains one network and reports accuracy per epoch. The same as `nettrain` without a command's name.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train one network and report accuracy per epoch; the default.", usage: usage,
    discussion: discussion)

  @OptionGroup var arguments: TrainArguments

  func run() throws {
    var words = Array(CommandLine.arguments.dropFirst())
    // The first of equal words is as good as the one that named the command.
    if let name = words.firstIndex(of: Self._commandName) { words.remove(at: name) }
    try TrainingSession(arguments: arguments, words: words).run()
  }

  /// How either is called.
  static let usage = "nettrain [train] [<options>]"

  /// The words before the options, in the help of either.
  static let discussion = """
    A network of sigmoid neurons below an output layer of your choice learns by stochastic gradient descent, as in the \
    book "Neural Networks and Deep Learning". Without options it learns the digits that come with the program. Runs \
    with the same seed differ in nothing but what you change.

    For example, the same network under two costs:

      nettrain --output sigmoid --cost cross-entropy
      nettrain --output sigmoid --cost quadratic

    The training figures of an epoch are taken while it learns, the others after it; * marks a best epoch, which is \
    chosen on the validation examples and never on the test examples.

    Exit status: 0 done, 3 training diverged, 4 --require-accuracy not reached, 64 wrong usage, 65 a data or \
    model file is malformed, 66 is missing or unreadable, 73 an output file cannot be created, 74 a write failed, 75 \
    another run is writing the checkpoint, 78 --resume with other options, data or arithmetic, 130 and 143 interrupted.
    """
}
