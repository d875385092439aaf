import CFuzzer
import Glibc
import Targets

// The target is the one that FUZZ_TARGET names. With the argument --verdicts the inputs come from standard input, each after
// its length, a little-endian number of four bytes; a line tells what became of each. Otherwise libFuzzer runs, with its own
// arguments.

if CommandLine.arguments.dropFirst().first == "--verdicts" {
  while let input = nextInput() {
    switch target.run(input, in: scratch) {
    case .read(let contents): print("read", contents)
    case .refused(let line): print("refused", line)
    }
  }
} else {
  exit(
    unsafe LLVMFuzzerRunDriver(&argumentCount, &arguments) { data, count in
      runTimed(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
      return 0
    })
}
