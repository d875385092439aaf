public import Memory

/// The contents of a file that are not an image that can be used.
public enum ImageError: Error, Equatable, CustomStringConvertible {
  /// The file has no bytes.
  case empty
  /// The file is of a format that is known, and not read.
  case otherFormat(String)
  /// The file is of no format that is known.
  case unknownFormat
  /// The image has more pixels than are read.
  case tooLarge(width: Int, height: Int)
  /// The file is too short for its image.
  case truncated
  /// The file breaks the rules of its format.
  case damaged(String)
  /// There is no memory for the image.
  case notEnoughMemory(MemoryShortage)

  /// Problem and remedy in one line.
  public var description: String {
    switch self {
    case .empty: "is empty; give an image"
    case .otherFormat(let name):
      "is a \(name) file, and PNG, PGM and IDX are read; convert it, as with ImageMagick's 'convert FILE FILE.png'"
    case .unknownFormat: "is no image that is known; give a PNG, PGM or IDX file"
    case .tooLarge(let width, let height):
      "has \(width) × \(height) pixels, and at most \(GreyImage.greatestPixelCount / 1_000_000) million are read; make it "
        + "smaller"
    case .truncated: "ends before its image does; copy it again"
    case .damaged(let fault): "is damaged (\(fault)); save the image again"
    case .notEnoughMemory(let shortage): "\(shortage); make the image smaller, or allow more memory"
    }
  }
}
