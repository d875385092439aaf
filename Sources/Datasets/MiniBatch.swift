public import LinearAlgebra

/// Some examples as matrices, with one row for each: what a network is given at once.
public struct MiniBatch<Scalar: BLASScalar>: Sendable {
  /// The pixels divided by 255, `[B, pixels]`.
  public var inputs: InputRows<Scalar> { isSparse ? .sparse(nonzeroPixels) : .dense(pixels) }

  /// What the outputs should be, `[B, classes]`.
  public private(set) var targets: Matrix<Scalar>

  /// The classes, `[B]`.
  public private(set) var labels: [UInt8]

  private let capacity: Int
  private let isSparse: Bool
  private var pixels: Matrix<Scalar>
  private var nonzeroPixels: SparseRows<Scalar>
  private let pixelValues: [Scalar]
  private let hit: Scalar
  private let miss: Scalar

  /// The number of examples, B.
  public var count: Int { labels.count }

  /// Room for mini-batches of at most `capacity` examples.
  ///
  /// - Parameters:
  ///   - capacity: The largest B; no memory is allocated later.
  ///   - pixelCount: The number of inputs.
  ///   - classCount: The number of outputs.
  ///   - hit: The target of the output that stands for the example's class.
  ///   - miss: The target of every other output.
  ///   - isSparse: Whether the inputs are sparse; the examples must then be compressed.
  public init(
    capacity: Int, pixelCount: Int, classCount: Int, hit: Scalar = 1, miss: Scalar = 0, isSparse: Bool = false
  ) {
    self.capacity = capacity
    self.isSparse = isSparse
    pixels = Matrix(rows: isSparse ? 0 : capacity, columns: pixelCount)
    targets = Matrix(rows: capacity, columns: classCount)
    labels = Array(repeating: 0, count: capacity)
    pixelValues = (0...255).map { Scalar($0) / 255 }
    nonzeroPixels = SparseRows(values: pixelValues, capacity: capacity)
    self.hit = hit
    self.miss = miss
  }

  /// Takes the examples that stand at some places of an order.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func gather(_ examples: Examples, in order: ExampleOrder, _ places: Range<Int>) {
    precondition(places.count <= capacity, "a mini-batch holds no more examples than it was made for")
    precondition(examples.dataset.pixelCount == pixels.columns, "the inputs are the pixels")
    targets.resize(rows: places.count)
    labels.removeAll(keepingCapacity: true)
    let first = examples.range.lowerBound
    for position in order.positions[places] {
      labels.append(examples.dataset.labels.bytes[first + Int(position)])
    }
    gatherPixels(of: examples, at: order.positions[places])
    formTargets()
  }

  private mutating func gatherPixels(of examples: Examples, at positions: ArraySlice<UInt32>) {
    if let compressed = examples.compressedPixels { nonzeroPixels.select(positions, of: compressed) }
    guard !isSparse else {
      precondition(examples.compressedPixels != nil, "sparse inputs come from compressed examples")
      return
    }
    pixels.resize(rows: positions.count)
    if examples.compressedPixels != nil {
      nonzeroPixels.expand(into: &pixels)
    } else {
      copyPixels(of: examples, at: positions)
    }
  }

  private mutating func copyPixels(of examples: Examples, at positions: ArraySlice<UInt32>) {
    let (bytes, values) = (examples.dataset.images.bytes, pixelValues)
    let (source, valueOfPixel) = (bytes.span, values.span)
    let width = pixels.columns
    pixels.withMutableElements { pixels in
      var next = 0
      for position in positions {
        let image = (examples.range.lowerBound + Int(position)) * width
        for pixel in source.extracting(image..<image + width).indices {
          pixels[next] = valueOfPixel[Int(source[image + pixel])]
          next += 1
        }
      }
    }
  }

  private mutating func formTargets() {
    let width = targets.columns
    let (hit, miss) = (hit, miss)
    let labels = labels
    targets.withMutableElements { targets in
      for index in targets.indices { targets[index] = miss }
      for row in labels.indices {
        precondition(Int(labels[row]) < width, "each class has an output")
        targets[row * width + Int(labels[row])] = hit
      }
    }
  }
}
