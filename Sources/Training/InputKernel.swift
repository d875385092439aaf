import Datasets

/// How the products of the first layer with its inputs are formed.
public enum InputKernel: String, CaseIterable, Sendable {
  /// By the BLAS, from all inputs.
  case dense
  /// From those inputs that are not 0, as rows of weights that are added up.
  case sparse

  /// The kernel that trains faster.
  public static func fastest(density: Double, neurons: Int, batchSize: Int, scalarBits: Int) -> InputKernel {
    density < 0.4 ? .sparse : .dense
  }

  /// Whether dense mini-batches are made faster from compressed pixels than by a look at every pixel.
  static func expansionPays(for examples: Examples) -> Bool { examples.isCompressible && examples.density < 0.5 }
}
