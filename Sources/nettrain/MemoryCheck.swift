import Glibc
import Training

/// Refuses networks that cannot be held, before an allocation fails or the system ends the program.
enum MemoryCheck {
  /// - Throws: A usage error, if training needs more memory than the program may have.
  static func check(sizes: [Int], batchSize: Int, precision: Precision, keepsFiles: Bool) throws {
    // The network, as layers and as panels, and a copy for what is said of it; then the best one, both as tensors and
    // twice as the bytes of a file.
    let needed = bytesNeeded(
      sizes: sizes, batchSize: batchSize, precision: precision, parametersHeld: keepsFiles ? 10 : 3)
    guard needed > bytesAvailable else { return }
    let gigabytes = { (bytes: Double) in Formatting.fixed(bytes / 1e9, decimals: 1) }
    throw Failure(
      .usage,
      "--hidden: to train a network \(sizes) with mini-batches of \(batchSize) takes \(gigabytes(needed)) GB, but there "
        + "are \(gigabytes(bytesAvailable)) GB of memory; choose smaller layers or mini-batches")
  }

  /// Weights and biases; inputs and targets, three buffers for each neuron and example, in training and in evaluation.
  private static func bytesNeeded(sizes: [Int], batchSize: Int, precision: Precision, parametersHeld: Double) -> Double
  {
    let parameters = zip(sizes, sizes.dropFirst()).reduce(0.0) { $0 + Double($1.0 + 1) * Double($1.1) }
    let rows = Double(batchSize + evaluationChunkSize)
    let buffers = rows * sizes.dropFirst().reduce(Double(sizes[0])) { $0 + 3 * Double($1) }
    return (parametersHeld * parameters + buffers) * (precision == .double ? 8 : 4)
  }

  /// The machine's memory, or what a limit of the process leaves of it.
  private static var bytesAvailable: Double {
    let machine = Double(sysconf(CInt(_SC_PHYS_PAGES))) * Double(sysconf(CInt(_SC_PAGESIZE)))
    var limit = rlimit()
    let isKnown = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    return isKnown ? min(machine, Double(limit.rlim_cur)) : machine
  }
}
