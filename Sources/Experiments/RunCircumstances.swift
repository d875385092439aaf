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
}
