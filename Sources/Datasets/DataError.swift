/// What is wrong with a data file or folder, and what to do about it.
public struct DataError: Error, Equatable, CustomStringConvertible {
  /// The file or folder, as the user may find it.
  public let path: String

  /// What is wrong with it.
  public let fault: Fault

  /// A fault of the file or folder at `path`.
  public init(path: String, fault: Fault) {
    self.path = path
    self.fault = fault
  }

  /// Whether something is not there or may not be read; otherwise it was read and is malformed.
  public var isMissing: Bool {
    switch fault {
    case .noSuchFolder, .notAFolder, .noFileNamed, .noSuchFile, .notAFile, .unreadable: true
    default: false
    }
  }

  /// File, fault and remedy in one line.
  public var description: String { "\(path): \(fault)" }

  /// The faults of data files, from the folder down to the bytes.
  public enum Fault: Error, Equatable {
    /// The data folder does not exist.
    case noSuchFolder
    /// The path is not a folder.
    case notAFolder
    /// The folder lacks one of the four files.
    case noFileNamed(String)
    /// The file does not exist.
    case noSuchFile
    /// A folder or a device stands where the file should.
    case notAFile
    /// The file cannot be read, for a reason of the operating system.
    case unreadable(String)

    /// The file has no bytes.
    case empty
    /// The file is an HTML page.
    case webPage
    /// The gzip data is damaged, for a reason that zlib tells.
    case corruptGzip(String)
    /// The file ends inside the gzip data.
    case truncatedGzip
    /// Something that is no gzip member follows the gzip data.
    case bytesAfterGzip

    /// The first bytes are not those of an IDX file.
    case notIDX([UInt8])
    /// The type byte has no meaning in the format.
    case unknownElementType(UInt8)
    /// The elements are of another type than unsigned bytes.
    case unsupportedElementType(String)
    /// There are more or fewer dimensions than images or labels have.
    case wrongRank(expected: Int, found: Int)
    /// Labels stand where images belong.
    case labelsInsteadOfImages
    /// Images stand where labels belong.
    case imagesInsteadOfLabels
    /// The file ends inside the header.
    case truncatedHeader
    /// A dimension is 0.
    case emptyDimension([Int])
    /// The product of the dimensions overflows.
    case dimensionsOverflow([Int])
    /// There are fewer elements than the header declares.
    case truncated(expected: Int, found: Int)
    /// There are more bytes than the header declares.
    case trailingBytes(expected: Int)

    /// The label file of the path has another count than its image file.
    case countsDiffer(labels: Int, images: Int, imageFile: String)
    /// The test images have another size than the training images.
    case imageSizesDiffer(test: String, training: String)
    /// A test label is above every training label.
    case unknownClass(label: UInt8, position: Int, greatest: UInt8)
  }
}

extension DataError.Fault: CustomStringConvertible {
  /// Fault and remedy, without the file.
  public var description: String {
    switch self {
    case .noSuchFolder:
      "there is no such folder; give the folder of the four IDX files, or make one with scripts/fetch-mnist"
    case .notAFolder:
      "this is a file; give the folder that holds the four IDX files"
    case .noFileNamed(let name):
      "the folder has no \(name)[.gz]; put it there, or fetch the four files with scripts/fetch-mnist"
    case .noSuchFile:
      "there is no such file; check the name"
    case .notAFile:
      "this is not a regular file; put the IDX file in its place"
    case .unreadable(let reason):
      "cannot be read (\(reason)); check its permissions"
    case .empty:
      "the file is empty; fetch it again"
    case .webPage:
      "this is a web page, not an IDX file: a server answered with a page; delete it and fetch the file again"
    case .corruptGzip(let reason):
      "the gzip data is corrupt (\(reason)); fetch the file again"
    case .truncatedGzip:
      "the gzip data is cut off; fetch the file again"
    case .bytesAfterGzip:
      "other bytes follow the gzip data; fetch the file again"
    case .notIDX(let bytes):
      "this is not an IDX file: it begins with \(hexadecimal(bytes)), not 00 00; fetch the file again"
    case .unknownElementType(let code):
      "the IDX header names an element type that does not exist (\(hexadecimal([code]))); fetch the file again"
    case .unsupportedElementType(let name):
      "the elements are \(name); convert images and labels to unsigned bytes"
    case .wrongRank(let expected, let found):
      "the IDX header has \(count(found, "dimension")), but \(expected == 3 ? "images have 3" : "labels have 1"); "
        + "use a file of the right kind"
    case .labelsInsteadOfImages:
      "this file holds labels, not images; are images and labels swapped?"
    case .imagesInsteadOfLabels:
      "this file holds images, not labels; are images and labels swapped?"
    case .truncatedHeader:
      "the file ends inside its IDX header; fetch the file again"
    case .emptyDimension(let dimensions):
      "the IDX header declares \(product(dimensions)) elements, which is none; use a file that has examples"
    case .dimensionsOverflow(let dimensions):
      "the IDX header declares \(product(dimensions)) elements, more than can be; fetch the file again"
    case .truncated(let expected, let found):
      "the IDX header declares \(count(expected, "byte")), but only \(found) are there; fetch the file again"
    case .trailingBytes(let expected):
      "more bytes follow the \(expected) that the IDX header declares; fetch the file again"
    case .countsDiffer(let labels, let images, let imageFile):
      "\(count(labels, "label")) for the \(count(images, "image")) of \(imageFile); use files that belong together"
    case .imageSizesDiffer(let test, let training):
      "the images are \(test) pixels, but the training images \(training); use files that belong together"
    case .unknownClass(let label, let position, let greatest):
      "label \(label) at position \(position), but the training labels end at \(greatest); "
        + "use files that belong together"
    }
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }

  private func product(_ dimensions: [Int]) -> String {
    dimensions.map { String($0) }.joined(separator: " × ")
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
