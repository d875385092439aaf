import Datasets
public import LinearAlgebra

/// The method of the first layer's products with its inputs.
public enum InputKernel: String, CaseIterable, Codable, Sendable {
  /// By the BLAS, from all inputs.
  case dense
  /// From the nonzero inputs, by adding up their rows of weights.
  case sparse

  /// The kernel that is likely to train faster.
  ///
  /// It follows from the arguments and the instructions alone and is not timed, so that a repeated run has the same bits.
  /// The cost of a pixel in the forward pass and the update is estimated by
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
  ///   - precision: The floating-point type.
  ///   - blasHasWideVectors: Whether the BLAS works with vectors of 64 bytes and not of 32.
  ///   - hasWideVectors: Whether our own kernels do.
  /// - Returns: The kernel, one that is possible for images of this size.
  public static func fastest(
    density: Double, pixelCount: Int, neurons: Int, batchSize: Int, precision: Precision,
    blasHasWideVectors: Bool = BLASLibrary.hasWideVectors, hasWideVectors: Bool = VectorInstructions.areWide
  ) -> InputKernel {
    guard Pixels.areCompressible(pixelCount: pixelCount) else { return .dense }
    let scalarBits = 8 * precision.byteCount
    let (a, b) = precision == .double ? (0.047, 0.39) : (0.023, 0.25)
    // Up to this size OpenBLAS has kernels for small matrices, where it has wide vectors.
    let isSmall = neurons * batchSize * pixelCount <= 1_000_000
    let blasFactor = blasHasWideVectors ? (isSmall ? 0.25 : 0.54) : 1
    // The time to write out a mini-batch; a large one leaves the nearest cache.
    let p = Double(scalarBits) / 64 * (batchSize >= 64 ? 0.66 : 0.25)
    let dense = p + blasFactor * Double(neurons) * (a + b / Double(batchSize))

    let vectors = Double((neurons * scalarBits + 511) / 512)
    let sparse = density * max(1.5 + 0.33 * vectors, 0.6 * vectors) * (hasWideVectors ? 1 : 1.1)
    return sparse < dense ? .sparse : .dense
  }
}
