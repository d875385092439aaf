import Files

/// The circumstances that the numbers of a run depend on besides its choices and data; `nil` for those that a log does not
/// tell.
public struct RunCircumstances: Hashable, Sendable {
  /// The version of nettrain.
  public var version: String?
  /// The BLAS and its kernel.
  public var blas: String?
  /// The instructions that the other products are compiled for.
  public var instructions: String?
  /// The threads of a matrix product.
  public var threads: Int
  /// The folder of the data, or the beginning of their names.
  public var directory: String?

  /// The circumstances of a run.
  public init(version: String?, blas: String?, instructions: String?, threads: Int, directory: String?) {
    (self.version, self.blas, self.instructions, self.threads) = (version, blas, instructions, threads)
    self.directory = directory
  }

  /// The program and the arithmetic, on which the last bits of a run depend: `nettrain 0.2.0, OpenBLAS 0.3.21 Haswell, AVX2`.
  var arithmetic: String {
    ["nettrain \(version ?? "of unknown version")", blas ?? "unknown BLAS", instructions ?? "unknown instructions"]
      .joined(separator: ", ").shown
  }
}
