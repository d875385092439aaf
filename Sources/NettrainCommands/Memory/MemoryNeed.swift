import LinearAlgebra
import Memory

/// The memory that a command needs, in bytes.
///
/// It is checked before any work: later an allocation would fail, or OpenBLAS would ask forever for its buffers.
struct MemoryNeed {
  /// The data, and what every command allocates besides, such as text and buffers of files.
  private var always = 3e6

  /// The most that is in memory besides at one time.
  private var most = 0.0

  /// The buffers of the BLAS that are not mapped yet.
  var buffers = 1

  /// The threads that will be started.
  var threads = 0

  /// The most that is in memory at one time.
  var bytes: Double { always + most }

  /// Adds something that stays in memory.
  mutating func add(_ bytes: Double) { always += bytes }

  /// Adds what is in memory at one moment, besides what stays.
  mutating func add(atOneMoment bytes: Double) { most = max(most, bytes) }

  /// Checks that there is as much memory, and takes a buffer of the BLAS.
  /// - Parameters:
  ///   - work: The work that needs the memory, as a line about it begins.
  ///   - remedy: The remedy besides more memory.
  /// - Throws: A failure, if there is not enough.
  func check(for work: String, _ remedy: String) throws {
    // No BLAS runs more threads; a wrong number is refused later.
    let reserve = BLASLibrary.reservedBytes(buffers: min(buffers, 1024), stacks: min(threads, 1024))
    do {
      try Memory.check(use: Int(min(bytes, 0x1p60)), reserve: reserve)
    } catch {
      throw Failure(.notEnoughMemory, "\(work): \(error); \(remedy), or allow more memory")
    }
    if buffers > 0 { BLASLibrary.reserveBuffer() }
  }
}
