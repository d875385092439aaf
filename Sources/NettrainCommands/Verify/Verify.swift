import ArgumentParser
import Datasets
import Files
import FoundationEssentials
import Verification

/// `nettrain verify`: checks each derivation of the chapter numerically.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check each derivation of the chapter on real networks and real digits.",
    discussion: """
      Each row is an exercise or a problem of chapter 3, counted up to its section on softmax, or one of its other \
      subjects: its claim, the inputs that \
      were varied and the independent check, the largest error found and the largest allowed. The networks are trained by \
      the same code as in 'nettrain train'; they are checked at the start and after some epochs on the digits.

      For example, one claim with its figures:

        nettrain verify --claim "exercise 4"

      Exit status: 0 all claims hold, 1 one does not; faults of data and memory as for train.
      """, version: Nettrain.version)

  private static let defaults = (hidden: [30, 20], seed: UInt64(0))

  @Option(
    help: ArgumentHelp("Check this one alone, and show its figures, such as \"exercise 1\".", valueName: "id"),
    transform: Parse.claim)
  var claim: Claim?

  @Option(
    help: ArgumentHelp(
      "A folder with the four IDX files, or the beginning of their names. (default: the digits that come with nettrain)",
      valueName: "dir"),
    completion: .file(), transform: Parse.name)
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Neurons per hidden layer: 30, or 100,50, or none. (default: \(Formatting.layers(defaults.hidden)))",
      valueName: "list"),
    transform: Parse.hiddenLayers)
  var hidden = Self.defaults.hidden

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the networks' weights. (default: \(defaults.seed))", valueName: "n"),
    transform: Parse.seed)
  var seed = Self.defaults.seed

  @Option(help: ArgumentHelp("The form of standard output; json is one object a line.", valueName: "kind"))
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  func run() throws {
    let files = try DataFiles(openedIn: data ?? BundledDigits.folder())
    if let outline = try files.outline() {
      try MemoryNeed(verifying: hidden, on: outline)
        .check(for: "--hidden \(Formatting.layers(hidden))", "choose smaller layers or data")
    }
    let folder = try files.read()
    guard folder.classCount > 1 else {
      throw Failure(
        .malformedData,
        "\(folder.path.shown): all training labels are \(folder.firstLabel); use digits of two classes at least")
    }
    let subject = try makeSubject(folder)
    LineWriter.writeToStandardError(notes: folder.notes)
    let report: any VerificationReport =
      format == .json
      ? VerificationJSON(writer: .standardOutput)
      : VerificationText(writer: .standardOutput, showsDetails: claim != nil, width: Terminal.outputWidth)
    let usesBundledDigits = data == nil && !BundledDigits.areReplaced
    try report.start(subject, data: usesBundledDigits ? "the bundled digits" : folder.path, seed: seed)
    var failed: [String] = []
    for claim in claim.map({ [$0] }) ?? Claim.all {
      let finding = try claim.verify(on: subject)
      if !finding.holds { failed.append(claim.id) }
      try report.add(finding)
    }
    try report.end(failed: failed)
    if !failed.isEmpty {
      let hint = claim == nil ? "; look closer with nettrain verify --claim \"\(failed[0])\"" : ""
      throw Failure(.claimFailed, "\(failed.joined(separator: ", ")): does not hold within its bound\(hint)")
    }
  }

  private func makeSubject(_ folder: DataFolder) throws -> Subject {
    do {
      return try Subject(folder: folder, hidden: hidden, seed: seed)
    } catch let divergence as Subject.Divergence {
      throw Failure(.diverged, "--hidden: \(divergence)")
    }
  }
}
