import Glibc
import Synchronization

/// Remembers that SIGINT or SIGTERM came, so that training can end between two mini-batches.
enum StopSignal {
  private static let number = Atomic<Int32>(0)

  /// The signal that came; `nil` as long as none did.
  static var received: Int32? {
    let number = number.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// From now on the first of these signals is remembered; a second one ends the program at once.
  static func listen() {
    _ = received
    for signal in [SIGINT, SIGTERM] {
      var current = sigaction()
      unsafe sigaction(signal, nil, &current)
      // A shell starts background jobs with SIGINT ignored, and means it.
      if unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == ignored { continue }
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { StopSignal.number.store($0, ordering: .relaxed) }
      action.sa_flags = CInt(bitPattern: UInt32(SA_RESETHAND))
      unsafe sigaction(signal, &action, nil)
    }
  }

  /// SIG_IGN as a number: the value of a C function pointer that is compared and never called.
  private static var ignored: Int { unsafe unsafeBitCast(SIG_IGN, to: Int.self) }
}
