internal import Memory
public import SparseInputs

/// The pixels of images, a byte each, in the form that training reads.
///
/// Mostly black images are compressed as they are read, so that all their bytes are never in memory at once.
public enum Pixels: Sendable {
  /// Every pixel, image after image.
  case bytes([UInt8])
  /// The nonzero pixels, a row for each image.
  case compressed(CompressedRows)

  /// The greatest number of pixels of an image that can be compressed.
  public static var greatestCompressibleCount: Int { CompressedRows.largestColumnCount }

  /// Whether images of so many pixels can be compressed.
  public static func areCompressible(pixelCount: Int) -> Bool { pixelCount <= greatestCompressibleCount }

  /// The pixels of images that follow one another.
  init(_ bytes: [UInt8], pixelCount: Int) {
    var collector = PixelCollector(pixelCount: pixelCount, plausibleCount: bytes.count)
    collector.append(bytes.span)
    self = collector.pixels
  }

  /// The same pixels, compressed.
  func compressed(pixelCount: Int) -> Pixels {
    switch self {
    case .bytes(let bytes): .compressed(CompressedRows(bytes.span, columnCount: pixelCount))
    case .compressed: self
    }
  }

  /// The same images in the order of these positions.
  func reordered(_ positions: [Int], pixelCount: Int) -> Pixels {
    switch self {
    case .bytes(let bytes):
      var reordered: [UInt8] = []
      reordered.reserveCapacity(bytes.count)
      for position in positions { reordered += bytes[position * pixelCount..<(position + 1) * pixelCount] }
      return .bytes(reordered)
    case .compressed(let rows): return .compressed(rows.reordered(positions))
    }
  }

  /// The number of nonzero pixels in some images.
  func nonzeroCount(inImages images: Range<Int>, pixelCount: Int) -> Int {
    switch self {
    case .bytes(let bytes):
      CompressedRows.nonzeroCount(
        bytes.span.extracting(images.lowerBound * pixelCount..<images.upperBound * pixelCount))
    case .compressed(let rows): rows.entryCount(ofRows: images)
    }
  }
}

/// Collects the pixels of images that arrive in parts. The density of the first part chooses the form.
struct PixelCollector {
  private let pixelCount: Int
  private let plausibleCount: Int
  private var compressed: CompressedRows?
  private var bytes: [UInt8] = []

  init(pixelCount: Int, plausibleCount: Int) {
    (self.pixelCount, self.plausibleCount) = (pixelCount, plausibleCount)
  }

  /// Up to this share of nonzero pixels, dense mini-batches are formed faster from compressed pixels than from bytes.
  private static var greatestDensity: Double { 0.5 }

  /// The entries that are reserved for each one that the first images let expect: growing would hold them twice.
  static var reserve: Double { 1.1 }

  /// Whether images are compressed.
  static func compresses(pixelCount: Int, density: Double) -> Bool {
    Pixels.areCompressible(pixelCount: pixelCount) && density < greatestDensity
  }

  /// Appends whole images.
  mutating func append(_ images: Span<UInt8>) {
    if compressed == nil && bytes.isEmpty && !images.isEmpty { chooseForm(images) }
    if compressed == nil {
      unsafe images.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    } else {
      compressed?.append(images)
    }
  }

  /// Grows the storage by a quarter if more images do not fit into what was reserved.
  /// - Throws: `MemoryShortage`, if there is no memory for that.
  mutating func makeRoom(for images: Span<UInt8>) throws(MemoryShortage) {
    if let rows = compressed {
      guard let (rowCount, entryCount) = rows.capacity(whenGrowingFor: images) else { return }
      try Memory.check(use: 8 * rowCount + 3 * entryCount)
      compressed?.reserveCapacity(rows: rowCount, entries: entryCount)
    } else if !bytes.isEmpty, bytes.capacity - bytes.count < images.count {
      let count = bytes.count + max(bytes.count / 4, images.count)
      try Memory.check(use: count)
      bytes.reserveCapacity(count)
    }
  }

  private mutating func chooseForm(_ images: Span<UInt8>) {
    let density = Double(CompressedRows.nonzeroCount(images)) / Double(images.count)
    if Self.compresses(pixelCount: pixelCount, density: density) {
      compressed = CompressedRows(columnCount: pixelCount)
      compressed?.reserveCapacity(
        rows: plausibleCount / pixelCount, entries: Int(Self.reserve * density * Double(plausibleCount)))
    } else {
      bytes.reserveCapacity(plausibleCount)
    }
  }

  /// The pixels of all images.
  var pixels: Pixels { compressed.map { .compressed($0) } ?? .bytes(bytes) }
}
