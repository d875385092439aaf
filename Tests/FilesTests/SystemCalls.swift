import Foundation
import Synchronization
import Testing

/// Runs `body` in some threads at once; throws one of the errors that are thrown there.
func concurrently(_ count: Int, _ body: @Sendable (_ thread: Int) throws -> Void) throws {
  let failure = Mutex<(any Error)?>(nil)
  DispatchQueue.concurrentPerform(iterations: count) { thread in
    do {
      try body(thread)
    } catch {
      failure.withLock { $0 = error }
    }
  }
  if let error = failure.withLock({ $0 }) { throw error }
}

/// Calls `handler` on a signal that the kernel sends to this thread for what the thread does.
func handle(_ signal: CInt, _ handler: @convention(c) (CInt) -> Void) {
  Foundation.signal(signal, handler)
  // The threads of Dispatch, on which tests run, block most signals.
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, signal)
  unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
}

/// The C function `prctl`, which is variadic and therefore not imported by Swift.
private let processControl: (@convention(c) (CInt, UInt, UInt, UInt, UInt) -> CInt)? = {
  typealias ProcessControl = @convention(c) (CInt, UInt, UInt, UInt, UInt) -> CInt
  return unsafe dlsym(nil, "prctl").map { unsafe unsafeBitCast($0, to: ProcessControl.self) }
}()

/// The kernel can filter system calls.
let canFilter: Bool = {
  let getFilterMode: CInt = 21
  return (processControl?(getFilterMode, 0, 0, 0, 0) ?? -1) >= 0
}()

/// The result of a system call that is not executed.
enum FilterAction {
  /// The call fails.
  case fail(CInt)
  /// The thread receives SIGSYS, and the call seems to succeed.
  case signal

  var value: UInt64 {
    switch self {
    case .fail(let errno): 0x0005_0000 | UInt64(errno)
    case .signal: 0x0003_0000
    }
  }
}

/// Filters the `flock` calls of this thread from now on.
func filterLocks(_ action: FilterAction) throws {
  #if arch(x86_64)
    let flockNumber: UInt64 = 73
  #else
    let flockNumber: UInt64 = 32  // On ARM, RISC-V and newer processors.
  #endif
  let control = try #require(processControl)
  // Instructions of the Berkeley packet filter: code, two jumps of 8 bits, operand.
  func instruction(_ code: UInt64, _ jumpIfTrue: UInt64, _ jumpIfFalse: UInt64, _ operand: UInt64) -> UInt64 {
    code | jumpIfTrue << 16 | jumpIfFalse << 24 | operand << 32
  }
  let program = [
    instruction(0x20, 0, 0, 0),  // Load the number of the call.
    instruction(0x15, 0, 1, flockNumber),  // If it is not flock, skip an instruction.
    instruction(0x06, 0, 0, action.value),
    instruction(0x06, 0, 0, 0x7FFF_0000),  // Allow the call.
  ]
  try unsafe program.withUnsafeBufferPointer { program in
    var header = (UInt64(program.count), UInt(bitPattern: program.baseAddress))
    let (noNewPrivileges, setFilter, filterMode) = (38 as CInt, 22 as CInt, 2 as UInt)
    try unsafe withUnsafePointer(to: &header) { header in
      try #require(control(noNewPrivileges, 1, 0, 0, 0) == 0)
      try #require(control(setFilter, filterMode, UInt(bitPattern: header), 0, 0) == 0)
    }
  }
}
