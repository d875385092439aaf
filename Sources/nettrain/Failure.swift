/// The exit statuses that scripts may rely on; the numbers above 63 are those of sysexits.h.
enum ExitStatus: Int32 {
  case claimFailed = 1
  case diverged = 3
  case accuracyNotReached = 4
  case usage = 64
  case malformedData = 65
  case missingInput = 66
  case internalFault = 70
  case cannotCreateOutput = 73
  case writeFailed = 74
  case checkpointInUse = 75
  case otherRun = 78
}

/// What ends the program with an error: its exit status, and one line that names the file or option, what is wrong with
/// it and what to do.
struct Failure: Error {
  var status: Int32
  /// What is written to stderr; `nil` where the reports have said all.
  var message: String?

  init(_ status: ExitStatus, _ message: String) {
    self.status = status.rawValue
    self.message = message
  }

  /// The end by a signal, which the shell knows as 128 + its number.
  init(signal: Int32) {
    status = 128 + signal
  }
}
