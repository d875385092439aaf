public import LinearAlgebra
public import SparseInputs

/// Some examples as matrices, a row for each: the inputs and targets of one training step.
public struct MiniBatch<Scalar: SparseScalar>: Sendable {
  /// The pixels divided by 255, `[B, pixels]`.
  public var inputs: InputRows<Scalar> { isSparse ? .sparse(nonzeroPixels) : .dense(pixels) }

  /// The targets of the outputs, `[B, classes]`.
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

  /// Buffers for mini-batches of at most `capacity` examples.
  ///
  /// - Parameters:
  ///   - capacity: The largest B; no memory is allocated later.
  ///   - pixelCount: The number of inputs.
  ///   - classCount: The number of outputs.
  ///   - targets: The target of the output that stands for the example's class, and that of every other output.
  ///   - isSparse: Whether the inputs are sparse; the pixels must then be compressed.
  public init(
    capacity: Int, pixelCount: Int, classCount: Int, targets: (hit: Double, miss: Double) = (1, 0),
    isSparse: Bool = false
  ) {
    self.capacity = capacity
    self.isSparse = isSparse
    pixels = Matrix(rows: isSparse ? 0 : capacity, columns: pixelCount)
    self.targets = Matrix(rows: capacity, columns: classCount)
    labels = Array(repeating: 0, count: capacity)
    pixelValues = (0...255).map { Scalar($0) / 255 }
    nonzeroPixels = SparseRows(
      values: pixelValues, columnCount: min(pixelCount, CompressedRows.largestColumnCount), capacity: capacity)
    (hit, miss) = (Scalar(targets.hit), Scalar(targets.miss))
  }

  /// Takes the examples at some places of an order.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func gather(_ examples: Examples, in order: ExampleOrder, _ places: Range<Int>) {
    precondition(places.count <= capacity, "a mini-batch holds no more examples than it was made for")
    precondition(examples.dataset.pixelCount == pixels.columns, "the inputs are the pixels")
    let (positions, first) = (order.positions[places], examples.range.lowerBound)
    labels.removeAll(keepingCapacity: true)
    for position in positions { labels.append(examples.dataset.labels[first + Int(position)]) }
    formTargets()
    if !isSparse { pixels.resize(rows: places.count) }
    switch examples.dataset.pixels {
    case .compressed(let rows):
      nonzeroPixels.select(positions, from: first, of: rows)
      if !isSparse { nonzeroPixels.expand(into: &pixels) }
    case .bytes(let bytes):
      precondition(!isSparse, "sparse inputs come from compressed pixels")
      copyPixels(bytes, at: positions, from: first)
    }
  }

  private mutating func copyPixels(_ bytes: [UInt8], at positions: ArraySlice<UInt32>, from first: Int) {
    let values = pixelValues
    let (source, valueOfPixel) = (bytes.span, values.span)
    let width = pixels.columns
    pixels.withMutableElements { pixels in
      var next = 0
      for position in positions {
        let image = (first + Int(position)) * width
        for pixel in source.extracting(image..<image + width).indices {
          pixels[next] = valueOfPixel[Int(source[image + pixel])]
          next += 1
        }
      }
    }
  }

  private mutating func formTargets() {
    targets.resize(rows: labels.count)
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
