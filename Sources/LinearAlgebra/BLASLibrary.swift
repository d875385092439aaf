import Glibc

private import COpenBLAS

/// The BLAS that this program runs on.
///
/// The bits of a product depend on the library, on the kernel that it chose for this processor and on its number of
/// threads. A run that is to be repeated exactly records all three.
public enum BLASLibrary {
  /// Library, version and kernel, such as `OpenBLAS 0.3.21 Haswell`.
  public static var description: String { "\(name) \(kernel)" }

  /// Name and version, such as `OpenBLAS 0.3.21`.
  public static var name: String {
    let configuration = unsafe String(cString: openblas_get_config())
    return configuration.split(separator: " ").prefix(2).joined(separator: " ")
  }

  /// The kernel chosen for this processor, such as `Haswell`.
  public static var kernel: String { unsafe String(cString: openblas_get_corename()) }

  /// Whether the kernel works with vectors of 64 bytes.
  public static var hasWideVectors: Bool { ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(kernel) }

  /// Sets the number of threads that one product may use.
  ///
  /// The small products of a mini-batch lose by threading: trainings set 1 unless asked otherwise.
  /// - Returns: The number that the library accepted, which is at most the one it was built for.
  @discardableResult
  public static func setThreads(_ count: Int) -> Int {
    precondition(count > 0, "at least one thread")
    openblas_set_num_threads(Int32(clamping: count))
    return Int(openblas_get_num_threads())
  }

  /// The address space of the buffers that the library maps, one for each product under way and each thread of one, and of
  /// the stacks of threads.
  public static func reservedBytes(buffers: Int, stacks: Int) -> Int {
    var attributes = pthread_attr_t()
    var stack = 0
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_getstacksize(&attributes, &stack)
    unsafe pthread_attr_destroy(&attributes)
    return buffers * bufferSize + stacks * stack
  }

  /// Makes the library map the buffer of this thread. Without memory for it the library would ask for it forever, so this
  /// is called when there is known to be some.
  ///
  /// Solving the equation 1·x = 1 maps it, while a small product need not.
  public static func reserveBuffer() {
    var (a, x) = (1.0, 1.0)
    unsafe cblas_dtrsm(CblasRowMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, 1, 1, 1, &a, 1, &x, 1)
  }

  /// `BUFFER_SIZE` of OpenBLAS.
  private static var bufferSize: Int {
    #if arch(x86_64)
      128 << 20
    #else
      32 << 20
    #endif
  }
}
