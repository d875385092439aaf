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
}
