import Datasets
import Files
import Safetensors
import SystemPackage

/// The exit statuses that scripts may rely on; the numbers above 63 are those of sysexits.h.
enum ExitStatus: Int32 {
  case claimFailed = 1
  case diverged = 3
  case accuracyNotReached = 4
  case usage = 64
  case malformedData = 65
  case missingInput = 66
  case missingProgram = 69
  case internalFault = 70
  case notEnoughMemory = 71
  case cannotCreateOutput = 73
  case writeFailed = 74
  case fileInUse = 75
  case otherRun = 78
}

/// An error that ends the program: its exit status, and one line with the file or option, the fault and the remedy.
struct Failure: Error {
  var status: Int32
  /// The line on stderr; `nil` if the reports have said all.
  var message: String?

  init(_ status: ExitStatus, _ message: String) {
    self.status = status.rawValue
    let isAboutFile = status == .missingInput || status == .cannotCreateOutput
    self.message = message + (isAboutFile ? Self.hint(onTildeIn: message) : "")
  }

  /// The end of a command that has left something out and said so.
  init(leftOut: Void) { status = ExitStatus.claimFailed.rawValue }

  /// The end by a signal, which a shell reports as 128 + its number.
  init(signal: Int32) {
    status = 128 + signal
  }

  /// Whether a signal ended the program.
  var isFromSignal: Bool { status > 128 }
}

extension Failure {
  /// A fault of the data, with the scripts and options that mend it.
  init(_ error: DataError) {
    switch error.fault {
    case .noSuchFolder where Self.mayBeMNIST(error.path):
      self.init(.missingInput, "\(error); scripts/fetch-mnist makes a folder of MNIST")
    case .noFileNamed(let name)
    where Self.mayBeMNIST(error.path) && (name.hasPrefix("train-") || name.hasPrefix("t10k-")):
      self.init(.missingInput, "\(error), or fetch the four files of MNIST with scripts/fetch-mnist")
    case .nothingToTrainOn: self.init(.usage, "--validation: \(error.fault)")
    case .notEnoughMemory: self.init(.notEnoughMemory, "\(error)")
    default: self.init(error.isMissing ? .missingInput : .malformedData, "\(error)")
    }
  }

  /// Whether a folder that is asked for may be one of MNIST: its name is not that of a relative, as `kmnist`.
  private static func mayBeMNIST(_ path: String) -> Bool {
    let name = FilePath(name: path).lastName.lowercased()
    return name.hasPrefix("mnist") || !name.contains("mnist")
  }

  /// A hint for a message about a file or folder whose name begins with a `~` that no shell has replaced; or else nothing.
  private static func hint(onTildeIn message: String) -> String {
    guard let match = message.prefixMatch(of: /(?:--[a-z-]+ )?(~[^\/:]*)\//),
      (try? Stat(FilePath(name: String(match.1)))) == nil
    else { return "" }
    let folder = match.1 == "~" ? "$HOME" : "its home folder"
    return " (no shell has replaced the \(match.1): write \(folder) in its place, or take it out of the quotes)"
  }

  /// A fault of a model or checkpoint as a file.
  init(_ error: SafetensorsError) {
    if case .notEnoughMemory = error.code {
      self.init(.notEnoughMemory, "\(error)")
      return
    }
    self.init(error.isMissing ? .missingInput : .malformedData, "\(error)")
  }

  /// A fault of a file that is written.
  init(_ error: FileError) {
    let status: ExitStatus =
      error.code == .lockedByAnother ? .fileInUse : error.isCreation ? .cannotCreateOutput : .writeFailed
    self.init(status, "\(error)")
  }

  /// A fault of a library, or a fault of nettrain's own.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as DataError: self.init(error)
    case let error as SafetensorsError: self.init(error)
    case let error as FileError: self.init(error)
    default:
      self.init(.internalFault, "\(error); this is a fault of nettrain's own, please report it")
    }
  }
}
