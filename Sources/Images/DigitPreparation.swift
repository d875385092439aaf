extension GreyImage {
  /// The digit of a photo or drawing in the form of MNIST's images: bright ink on black, the longer side of the digit 20 of
  /// 28 pixels, its centre of mass in the middle.
  ///
  /// The steps, numbered here as there, are those of [Preparation](Images.docc/Preparation.md), which gives each formula. Real
  /// numbers are added in a fixed order, so that other programs can form the same bytes.
  /// - Parameter side: The rows and columns of the result.
  /// - Returns: The pixels, row by row; `nil` if nothing stands out from the background.
  public func digit(side: Int) -> [UInt8]? {
    precondition(side > 0, "an image has rows")
    let inner = (40 * side + 28) / 56
    guard let box = InkBox(of: reduced)?.grid.thickened(for: inner) else { return nil }
    let longer = max(box.height, box.width)
    func scaled(_ size: Int) -> Int { max(1, (2 * size * inner + longer) / (2 * longer)) }
    // Step 7: first along x.
    let digit = box.transposed.averaged(into: scaled(box.width)).transposed.averaged(into: scaled(box.height))
    return digit.stretched.centred(side: side)
  }

  /// The bytes that the preparation of this picture allocates at most.
  public var preparationByteCount: Int {
    let step = (max(height, width) + 511) / 512
    return 120 * ((height + step - 1) / step) * ((width + step - 1) / step) + 3_000_000
  }

  /// Step 2: the picture with at most 512 pixels along its longer side; its pixels are means of square blocks.
  private var reduced: Grid<Int> {
    let step = (max(height, width) + 511) / 512
    var result = Grid<Int>(height: (height + step - 1) / step, width: (width + step - 1) / step)
    for y in 0..<result.height {
      for x in 0..<result.width {
        let (rows, columns) = (y * step..<min(height, (y + 1) * step), x * step..<min(width, (x + 1) * step))
        var sum = 0
        for row in rows {
          for column in columns { sum += Int(pixels[row * width + column]) }
        }
        let count = rows.count * columns.count
        result[y, x] = (2 * sum + count) / (2 * count)
      }
    }
    return result
  }
}

extension Grid<Int> {
  /// Step 6: the strokes of ink in a box, widened where they would be thinner than two pixels when its longer side takes
  /// `inner` pixels.
  ///
  ///     thickness = 2·ΣS / Σ|∇S|        S: sums of nine pixels, which noise disturbs little
  fileprivate func thickened(for inner: Int) -> Grid<Double> {
    let (inner, longer) = (Double(inner), Double(Swift.max(height, width)))
    let sums = padded(by: 1).sumsOfNine.padded(by: 1)
    var slopes = 0.0
    for y in 0..<sums.height - 1 {
      for x in 0..<sums.width - 1 {
        let (right, down) = (Double(sums[y, x + 1] - sums[y, x]), Double(sums[y + 1, x] - sums[y, x]))
        slopes += (right * right + down * down).squareRoot()
      }
    }
    let thickness = 2 * Double(sums.elements.reduce(0, +)) / slopes * inner / longer
    let radius = Int(((2 - thickness) / 2 * longer / inner + 0.5).rounded(.down))
    let box = radius < 1 ? self : padded(by: radius).maxima(radius: radius)
    return Grid<Double>(height: box.height, width: box.width, box.elements.map { Double($0) })
  }
}

extension Grid<Double> {
  /// Step 7: `count` rows of equal height, each the mean of the rows that it covers, also of parts of them.
  fileprivate func averaged(into count: Int) -> Grid<Double> {
    var result = Grid(height: count, width: width)
    for i in 0..<count {
      let (low, high) = (Double(i * height) / Double(count), Double((i + 1) * height) / Double(count))
      for j in Int(low)..<Swift.min(height, Int(high.rounded(.up))) {
        let overlap = Swift.min(high, Double(j + 1)) - Swift.max(low, Double(j))
        guard overlap > 0 else { continue }
        let weight = overlap * Double(count) / Double(height)
        for x in 0..<width { result[i, x] += weight * self[j, x] }
      }
    }
    return result
  }

  /// Step 8: the numbers as bytes. That which a twentieth of them is above becomes 255.
  fileprivate var stretched: Grid<Int> {
    let bright = Swift.max(1, elements.sorted()[elements.count - 1 - elements.count / 20])
    return Grid<Int>(
      height: height, width: width,
      elements.map { Int((Swift.min(255, $0 * 255 / bright) + 0.5).rounded(.down)) })
  }
}

extension Grid<Int> {
  /// Step 9: the bytes in a black square. Their centre of mass is in its middle, as far as they stay inside; `nil` if there
  /// is no mass.
  fileprivate func centred(side: Int) -> [UInt8]? {
    let mass = elements.reduce(0, +)
    guard mass > 0 else { return nil }
    func start(_ moment: Int, _ size: Int) -> Int {
      // The numerator may be negative, and the quotient is then limited to 0 in any case.
      Swift.min(Swift.max(0, ((side + 1) * mass - 2 * moment) / (2 * mass)), side - size)
    }
    var (down, right) = (0, 0)
    for y in 0..<height {
      for x in 0..<width { (down, right) = (down + y * self[y, x], right + x * self[y, x]) }
    }
    let (top, left) = (start(down, height), start(right, width))
    var image = [UInt8](repeating: 0, count: side * side)
    for y in 0..<height {
      for x in 0..<width { image[(top + y) * side + left + x] = UInt8(self[y, x]) }
    }
    return image
  }
}
