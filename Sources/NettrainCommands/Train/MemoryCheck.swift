import Glibc
import LinearAlgebra
import Training

/// Refuses networks that cannot be held, before an allocation fails or the system ends the program.
enum MemoryCheck {
  /// Checks that a run fits into the memory that the program may have.
  static func check(_ run: Run, keepsFiles: Bool) throws {
    try check(
      sizes: run.sizes, batchSize: run.configuration.batchSize, precision: run.configuration.precision,
      keepsFiles: keepsFiles)
  }

  /// Checks that the training of a network fits into the memory that the program may have.
  static func check(sizes: [Int], batchSize: Int, precision: Precision, keepsFiles: Bool) throws {
    // The network in rows and in panels, and a copy; then the best one, both as tensors and twice as the bytes of a file.
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
    return (parametersHeld * parameters + buffers) * Double(precision.byteCount)
  }

  /// The memory of the machine, or the limit of the process if that is lower.
  private static var bytesAvailable: Double {
    let machine = Double(sysconf(CInt(_SC_PHYS_PAGES))) * Double(sysconf(CInt(_SC_PAGESIZE)))
    var limit = rlimit()
    let isKnown = unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0
    return isKnown ? min(machine, Double(limit.rlim_cur)) : machine
  }
}
