import ArgumentParser
import Datasets
import Experiments
import Files
import FoundationEssentials
import Glibc
import NeuralNetwork
import Training

/// `nettrain compare`: trains variants on equal terms over several seeds, and tells which differences are real.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare ways of training over several seeds, and see which differences are real.",
    usage: "nettrain compare [<options>] [<options of train>]",
    discussion: """
      By default the five pairs of output and cost are compared. Every option of 'nettrain train' for network, training and \
      data holds for all variants, and --vary makes variants of any of them. The runs of a seed start from the same weights \
      and see the same mini-batches, so each difference is one of pairs.

      For example, two pairs at two sizes:

        nettrain compare --pair sigmoid:quadratic --pair sigmoid:cross-entropy --vary hidden=30,100

      --report writes all of it, with learning curves and the images that tell the variants apart, as a web page:

        nettrain compare --report comparison.html

      The table shows means with standard deviations over seeds, and differences to the reference with their 95 % \
      intervals. A verdict follows from the paired t test with Holm's correction for the number of variants.

      With --dry-run the runs can be trained elsewhere, on several machines at a time:

        nettrain compare --seeds 20 --out logs --dry-run > commands

      Each command writes a log into the folder; 'nettrain summarize logs' then prints the table.

      Exit status: 0 done, also where runs diverged; 64 wrong usage, 65 data or a model are malformed, 66 are missing or \
      unreadable, 71 there is not enough memory, 73 a file cannot be created, 74 a write failed, 75 another comparison is \
      writing the folder, 78 it is that of another comparison, 129, 130, 138, 141 and 143 stopped by a signal, after the \
      table of the runs that had ended.
      """, version: Nettrain.version)

  @Option(
    help: ArgumentHelp(
      "A pair to compare, such as sigmoid:quadratic; may be given several times. (default: all five)",
      valueName: "pair"),
    transform: Parse.pair)
  var pair: [Objective] = []

  @Option(
    help: ArgumentHelp(
      "The number of seeds, counted from 0, or the first and the last, such as 3-7. (default: 5)", valueName: "n"),
    transform: Parse.seeds)
  var seeds = Array<UInt64>(0..<5)

  @Option(
    help: ArgumentHelp(
      "Make a variant of each value of an option, such as learning-rate=0.1,0.3,1; several options make a grid. Values "
        + "that have commas are separated by semicolons.",
      valueName: "option=values"),
    transform: Parse.variation)
  var vary: [Variation] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Give each variant the learning rate of best validation accuracy on other seeds: of a list such as 0.03,0.1,0.3, or "
        + "without one of a grid around the default. A grid whose best rate lies at its edge is widened.",
      valueName: "rates"),
    transform: Parse.rates)
  var tune: TuningRates?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The number of runs at a time. (default: the processors that this process may use)", valueName: "n"),
    transform: Parse.positiveCount)
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Keep the logs of the runs in a folder. The same command continues from there, also with more seeds.",
      valueName: "dir"),
    completion: .directory, transform: Parse.name)
  var out: String?

  @Flag(
    help: """
      Train nothing: print a command for each run that trains it by itself, and keep the plan in the folder of --out, or else \
      in logs.
      """)
  var dryRun = false

  @OptionGroup var table: TableOptions

  @Flag(help: "No progress and no notes.")
  var quiet = false

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var optionsOfTrain: [String] = []

  func run() throws {
    StopSignal.listen()
    let options = try VariantOptions(words: optionsOfTrain)
    try options.checkNotSet()
    if dryRun { try checkCommands(options) }
    let pairs = pair.isEmpty ? Objective.all : pair
    let size = try ComparisonSize(pairs: pairs.count, vary, seeds: seeds.count)
    let model = try options.network.initialModel()
    let files = try DataFiles(
      openedIn: options.data.data ?? BundledDigits.folder(), hashing: out != nil || dryRun || table.report != nil)
    let outline = try files.outline()
    let jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    if let outline {
      var need = MemoryNeed(outline)
      need.add(size.byteCount)
      try need.check(for: files.path.shown, "use fewer or smaller images")
    }
    let folder = try files.read()
    try model?.check(against: folder)
    let settled = try SettledVariant.all(
      pairs: pairs, variations: vary, words: optionsOfTrain, model: model, folder: folder, outline: outline)
    let session = ComparisonSession(
      variants: settled, folder: folder, model: model,
      usesBundledDigits: options.data.data == nil && !BundledDigits.areReplaced,
      jobs: jobs, isQuiet: quiet)
    if !quiet { LineWriter.writeToStandardError(notes: folder.notes) }
    var variants = settled.map(\.variant)
    if let outline {
      try MemoryNeed(comparing: variants.map(\.configuration), jobs: jobs, on: outline)
        .check(for: "--jobs \(jobs)", "choose fewer runs at a time or smaller networks")
    }
    // Mistakes in names are found before training.
    _ = try table.referenceIndex(in: variants)
    try checkFiles(sparing: folder.files + (model.map { [$0.path] } ?? []))
    if dryRun { return try printCommands(Plan(variants: variants, seeds: seeds), options, folder) }
    guard let out else { return try compare(&variants, session, in: nil) }
    try ComparisonFolder.withLock(on: out) { try compare(&variants, session, in: ComparisonFolder(path: out)) }
  }

  /// Checks that the files of the table can be written, and that they replace nothing that the comparison reads or writes.
  private func checkFiles(sparing inputs: [String]) throws {
    guard let out else { return try table.checkFiles(sparing: inputs) }
    // The table may go into the folder.
    try LogFolder(path: out).create()
    for path in table.export where path.hasSuffix(".jsonl") && isInFolder(path, out) {
      throw Failure(
        .cannotCreateOutput, "--export \(path.shown): there it would be taken for a log; choose another name")
    }
    try table.checkFiles(sparing: inputs + [ComparisonFolder(path: out).planFile])
  }

  /// Refuses options that the commands of a dry run cannot have.
  private func checkCommands(_ options: VariantOptions) throws {
    guard tune == nil else {
      throw Failure(
        .usage,
        "--dry-run: the rates of --tune follow from runs; choose the rates first, and give them with --learning-rate or --vary"
      )
    }
    guard options.network.initFrom != "-" else {
      throw Failure(.usage, "--init-from -: a model on standard input serves one run; give the name of a file")
    }
  }

  /// Prints the command of each run, and writes the plan into the folder for the logs.
  private func printCommands(_ plan: Plan, _ options: VariantOptions, _ data: DataFolder) throws {
    let path = out ?? "logs"
    let sha256 = data.sha256 ?? [:]
    try ComparisonFolder.withLock(on: path) { try ComparisonFolder(path: path).begin(plan, on: sha256) }
    for run in plan.runs {
      let configuration = plan.configuration(of: run)
      let command = TrainCommand(
        configuration: configuration, data: data.path, model: options.network.initFrom,
        log: LogFolder(path: path).name(of: configuration, on: sha256))
      try LineWriter.standardOutput.write(command.line)
      try StopSignal.check()
    }
  }

  private func compare(_ variants: inout [Variant], _ session: ComparisonSession, in folder: ComparisonFolder?) throws {
    let grids = try tune(variants, session, in: folder)
    for (index, grid) in (grids ?? []).enumerated() {
      if let best = grid.best { variants[index].configuration.learningRate = best }
    }
    let plan = Plan(variants: variants, seeds: seeds)
    try folder?.begin(plan, on: session.folder.sha256 ?? [:])
    let results = try session.train(plan, Array(variants.indices), in: folder?.logs)
    guard !results.isEmpty else { throw Failure(signal: StopSignal.received ?? SIGINT) }
    try table.write(plan, results, ExampleCounts(session.variants[0].data), grids) {
      ComparisonOrigin(of: plan, session.folder, logs: folder?.logs)
    }
    try StopSignal.check()
  }

  /// The grid of each variant; `nil` without `--tune`.
  private func tune(
    _ variants: [Variant], _ session: ComparisonSession, in folder: ComparisonFolder?
  ) throws -> [RateGrid]? {
    guard let tune else { return nil }
    guard !vary.contains(where: { $0.option == "learning-rate" }) else {
      throw Failure(.usage, "--tune: the learning rates are those of --vary learning-rate; leave one of the two out")
    }
    guard session.variants.allSatisfy({ $0.data.validation != nil }) else {
      throw Failure(.usage, "--tune: there are no validation examples to choose by; ask for some with --validation")
    }
    let logs = try folder?.tuningLogs()
    let grids = try Tuning(rates: tune.rates).grids(variants) { plan, indices in
      try session.train(plan, indices, in: logs, purpose: " to choose rates")
    }
    guard let grids else { throw Failure(signal: StopSignal.received ?? SIGINT) }
    return grids
  }
}
