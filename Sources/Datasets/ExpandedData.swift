internal import SparseInputs

extension Dataset {
  /// The images that expansion makes of one.
  public static let expansionFactor = 1 + shifts.count

  /// Rows and columns that an image is moved by: down, up, right and left, as the book's `expand_mnist.py` does.
  private static let shifts = [(1, 0), (-1, 0), (0, 1), (0, -1)]

  /// Some images, each followed by itself moved by one pixel down, up, right and left, and then other images as they are.
  ///
  /// Pixels that leave an image are lost, and those that enter it are 0. All are compressed.
  /// - Source: chapter 3, "Artificially expanding the training data".
  func expanded(_ images: Range<Int>, followedBy others: Range<Int>) -> Dataset {
    precondition(Pixels.areCompressible(pixelCount: pixelCount), "a column has a number of 16 bits")
    let entryCount = pixels.nonzeroCount(inImages: images, pixelCount: pixelCount)
    var rows = CompressedRows(columnCount: pixelCount)
    rows.reserveCapacity(
      rows: Self.expansionFactor * images.count + others.count,
      entries: Self.expansionFactor * entryCount + pixels.nonzeroCount(inImages: others, pixelCount: pixelCount) + 8)
    for position in images {
      let image = image(position)
      rows.append(image.span)
      for (down, right) in Self.shifts { rows.append(moved(image, down: down, right: right).span) }
    }
    for position in others { rows.append(image(position).span) }
    let labels = images.flatMap { repeatElement(self.labels[$0], count: Self.expansionFactor) } + self.labels[others]
    return Dataset(pixels: .compressed(rows), rows: imageShape.rows, columns: imageShape.columns, labels: labels)
  }

  /// An image moved by some pixels, with 0 in those that were outside.
  private func moved(_ image: [UInt8], down: Int, right: Int) -> [UInt8] {
    let (rows, columns) = imageShape
    var result = [UInt8](repeating: 0, count: image.count)
    for row in max(0, down)..<min(rows, rows + down) {
      for column in max(0, right)..<min(columns, columns + right) {
        result[row * columns + column] = image[(row - down) * columns + column - right]
      }
    }
    return result
  }
}
