import Glibc
import Synchronization

/// Records the signals of terminals and schedulers that ask a program to end, so that training can end between two
/// mini-batches.
enum StopSignal {
  private static let number = Atomic<Int32>(0)
  private static let firstTime = Atomic<Int>(0)
  private static let isListening = Atomic<Bool>(false)

  /// The first signal; `nil` if there was none.
  static var received: Int32? {
    let number = number.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Throws the failure of a signal that was received.
  static func check() throws {
    if let received { throw Failure(signal: received) }
  }

  /// Whether a second has passed since the first signal. A system call that blocks is then given up.
  static var isOverdue: Bool { received != nil && now > firstTime.load(ordering: .relaxed) }

  /// The seconds of a clock that nobody sets: one that is set back would let a run wait for hours.
  private static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec
  }

  /// Makes it an error to write to a pipe that its reader has closed, as `head` does, even if the parent process ignored
  /// the signal. The error is recorded as this signal, so that what was finished is kept. Programs that are started get
  /// the signal as usual.
  static func noteClosedPipes() {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    unsafe sigaction(SIGPIPE, &action, nil)
  }

  /// The failure of writing to a pipe that its reader has closed. Work that listens to signals stops.
  static func closedPipe() -> Failure {
    if record(SIGPIPE), isListening.load(ordering: .relaxed) { alarm(1) }
    return Failure(signal: received ?? SIGPIPE)
  }

  /// Records a signal, if it is the first.
  /// - Returns: True if it is.
  private static func record(_ signal: Int32) -> Bool {
    let now = now
    guard number.compareExchange(expected: 0, desired: signal, ordering: .relaxed).exchanged else { return false }
    firstTime.store(now, ordering: .relaxed)
    return true
  }

  /// Starts recording: the first signal is recorded, and another one, two seconds or more later, ends the program at once.
  /// One that comes sooner is ignored: `timeout` signals its child and then the process group of the child.
  ///
  /// After the first signal SIGALRM comes every second: a system call that blocks is interrupted even if the signal came
  /// just before it.
  static func listen() {
    // Globals are initialized at first use, which a signal handler must not do.
    _ = (received, firstTime.load(ordering: .relaxed))
    isListening.store(true, ordering: .relaxed)
    var alarmAction = sigaction()
    unsafe alarmAction.__sigaction_handler.sa_handler = { _ in _ = alarm(1) }
    unsafe sigaction(SIGALRM, &alarmAction, nil)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGUSR1] {
      var current = sigaction()
      unsafe sigaction(signal, nil, &current)
      // A shell starts background jobs with SIGINT ignored, and nohup a program with SIGHUP; both mean it.
      if unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == ignored { continue }
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { signal in
        if StopSignal.record(signal) {
          alarm(1)
        } else if StopSignal.now > StopSignal.firstTime.load(ordering: .relaxed) + 1 {
          _exit(128 + signal)
        }
      }
      unsafe sigaction(signal, &action, nil)
    }
  }

  /// SIG_IGN as a number: the value of a C function pointer that is compared and never called.
  private static var ignored: Int { unsafe unsafeBitCast(SIG_IGN, to: Int.self) }
}
