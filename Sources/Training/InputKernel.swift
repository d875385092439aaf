import Datasets
import LinearAlgebra

/// How the products of the first layer with its inputs are formed.
public enum InputKernel: String, CaseIterable, Sendable {
  /// By the BLAS, from all inputs.
  case dense
  /// From those inputs that are not 0, as rows of weights that are added up.
  case sparse

  /// The kernel that is likely to train faster.
  ///
  /// It follows from the arguments and the instructions alone and is not timed, so that a run that is repeated has the same
  /// bits. What a pixel costs in the forward pass and the update is estimated by
  ///
  ///     dense:   p + n·(a + b/B)                     n neurons, B examples in a mini-batch, d the density,
  ///     sparse:  d·max(1.5 + 0.33·v, 0.6·v)          v vectors of 64 bytes that hold the weights of a pixel
  ///
  /// with numbers that were fitted to times of networks of 8 to 512 neurons on images of seven densities, in mini-batches of
  /// 1, 10 and 128. From 30 neurons on, the kernel chosen there was seldom slower than the other by over 5 %.
  ///
  /// - Parameters:
  ///   - density: The share of pixels that are not 0.
  ///   - pixelCount: The pixels of an image.
  ///   - neurons: The neurons of the first layer.
  ///   - batchSize: The examples in a mini-batch.
  ///   - scalarBits: 64 for `Double`, 32 for `Float`.
  ///   - blasHasWideVectors: Whether the BLAS works with vectors of 64 bytes and not of 32.
  ///   - hasWideVectors: Whether our own kernels do.
  /// - Returns: The kernel, which is one that images of this size can have.
  public static func fastest(
    density: Double, pixelCount: Int, neurons: Int, batchSize: Int, scalarBits: Int,
    blasHasWideVectors: Bool = BLASLibrary.hasWideVectors, hasWideVectors: Bool = VectorInstructions.areWide
  ) -> InputKernel {
    guard pixelCount <= CompressedRows.largestColumnCount else { return .dense }
    let (a, b) = scalarBits == 64 ? (0.047, 0.39) : (0.023, 0.25)
    // Up to this size OpenBLAS has kernels for small matrices, where it has wide vectors.
    let isSmall = neurons * batchSize * pixelCount <= 1_000_000
    let blasFactor = blasHasWideVectors ? (isSmall ? 0.25 : 0.54) : 1
    // A mini-batch is written out, in full; a large one leaves the nearest cache.
    let p = Double(scalarBits) / 64 * (batchSize >= 64 ? 0.66 : 0.25)
    let dense = p + blasFactor * Double(neurons) * (a + b / Double(batchSize))

    let vectors = Double((neurons * scalarBits + 511) / 512)
    let sparse = density * max(1.5 + 0.33 * vectors, 0.6 * vectors) * (hasWideVectors ? 1 : 1.1)
    return sparse < dense ? .sparse : .dense
  }

  /// Whether dense mini-batches are made faster from compressed pixels than by a look at every pixel.
  static func expansionPays(for examples: Examples) -> Bool { examples.isCompressible && examples.density < 0.5 }
}
