import Glibc
import Targets

/// The target that the environment names.
let target: FuzzTarget = {
  let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    print("FUZZ_TARGET is one of " + FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))
    exit(64)
  }
  return target
}()

/// The temporary folder of the environment, which other processes do not use.
let scratch = Scratch(folder: unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp")

/// The time that an input may take, in seconds. It holds for a build that is slowed down by checks.
private let greatestTime = 0.1

/// Runs the target. An input that takes too long three times in a row is a fault.
func runTimed(_ input: [UInt8]) {
  var times: [Double] = []
  repeat {
    let start = processorTime()
    _ = target.run(input, in: scratch)
    times.append(processorTime() - start)
  } while times.count < 3 && times[times.count - 1] > greatestTime
  require(times.contains { $0 <= greatestTime }, "an input takes \(times) s")
}

/// The processor time of this process in seconds: that of other processes does not count.
private func processorTime() -> Double {
  var time = timespec()
  unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
