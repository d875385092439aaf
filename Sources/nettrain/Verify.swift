import ArgumentParser
import Datasets
import FoundationEssentials
import Verification

/// `nettrain verify`: checks each derivation of the chapter numerically.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check each derivation of the chapter on real networks and real digits.",
    discussion: """
      Each row is an exercise or a problem of chapter 3, counted up to its section on softmax: what it claims, what was \
      varied and by what it was checked, the largest error found and the largest that is allowed. The networks are those \
      that train, at the start and after some epochs on the digits.

      For example, one claim with its figures:

        nettrain verify --claim "exercise 4"

      Exit status: 0 all claims hold, 1 one does not; data faults as for train.
      """)

  @Option(
    help: ArgumentHelp("Check this one alone, and show its figures, such as \"exercise 1\".", valueName: "id"),
    transform: Parse.claim)
  var claim: Claim?

  @Option(
    help: ArgumentHelp(
      "A folder with the four IDX files. (default: the digits that come with nettrain)", valueName: "dir"),
    transform: Parse.name)
  var data: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Neurons per hidden layer: 30, or 100,50, or none. (default: 30,20)", valueName: "list"),
    transform: Parse.hiddenLayers)
  var hidden = [30, 20]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the networks' weights. (default: 0)", valueName: "n"), transform: Parse.seed)
  var seed: UInt64 = 0

  @Option(help: ArgumentHelp("What standard output carries; json is one object a line.", valueName: "kind"))
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case json
  }

  func run() throws {
    let folder = try DataFolder(readingFrom: data ?? BundledDigits.folder())
    let sizes = [folder.training.pixelCount] + hidden + [folder.classCount]
    try MemoryCheck.check(sizes: sizes, batchSize: folder.test.count, precision: .double, keepsFiles: false)
    guard folder.classCount > 1 else {
      throw Failure(.malformedData, "\(folder.path): all training labels are 0; use digits of two classes at least")
    }
    let subject = try makeSubject(folder)
    let report: any VerificationReport =
      format == .json
      ? VerificationJSON(writer: .standardOutput)
      : VerificationText(writer: .standardOutput, showsDetails: claim != nil)
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

extension Parse {
  /// A claim by its id; a hyphen serves for the space.
  static func claim(_ word: String) throws -> Claim {
    let id = word.lowercased().replacing("-", with: " ")
    guard let claim = Claim.all.first(where: { $0.id == id }) else {
      throw ValidationError("give one of " + Claim.all.map { "\"\($0.id)\"" }.joined(separator: ", "))
    }
    return claim
  }
}
