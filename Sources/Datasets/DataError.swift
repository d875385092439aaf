package import Files
package import Memory
package import SystemPackage

/// A fault of a data file or folder, with its remedy.
public struct DataError: Error, Equatable, CustomStringConvertible {
  /// The file or folder, as the user may find it.
  public let path: String

  /// The fault.
  package let fault: Fault

  /// A fault of the file or folder at `path`.
  package init(path: String, fault: Fault) {
    self.path = path
    self.fault = fault
  }

  /// Whether a file or folder is missing or unreadable; otherwise it was read and is malformed.
  public var isMissing: Bool {
    switch fault {
    case .noSuchFolder, .notAFolder, .noFileNamed, .severalSets, .unreadableFolder: true
    case .file(let error): error.isMissing
    default: false
    }
  }

  /// File, fault and remedy in one line.
  public var description: String {
    if case .file(let error) = fault { "\(error)" } else { "\(path.shown): \(fault)" }
  }

  /// The faults of data files, from the folder down to the bytes. `description` explains each.
  package enum Fault: Error, Equatable {
    case noSuchFolder
    case notAFolder
    case noFileNamed(String)
    case severalSets([String])
    case unreadableFolder(Errno)
    case file(FileError)
    case notEnoughMemory(MemoryShortage)

    case empty
    case webPage
    case corruptGzip(String)
    case truncatedGzip
    case bytesAfterGzip

    case notIDX([UInt8])
    case unknownElementType(UInt8)
    case unsupportedElementType(String)
    case wrongRank(expected: Int, found: Int)
    case wrongColumnCount(Int)
    case labelsInsteadOfImages
    case imagesInsteadOfLabels
    case truncatedHeader
    case emptyDimension([Int])
    case dimensionsOverflow([Int])
    case truncated(expected: Int, found: Int)
    case trailingBytes(expected: Int)

    case countsDiffer(labels: Int, images: Int, imageFile: String)
    case imageSizesDiffer(test: String, training: String)
    case labelOutOfRange(label: Int, position: Int)
    case unknownClass(label: UInt8, position: Int, greatest: UInt8)
    case nothingToTrainOn(validation: Int, examples: Int)
  }
}

extension DataError.Fault: CustomStringConvertible {
  /// Fault and remedy, without the file.
  package var description: String {
    switch self {
    case .noSuchFolder:
      "there is no such folder, and no data file whose name begins so; give the folder of the four IDX files, or the "
        + "beginning of their names"
    case .notAFolder:
      "this is a file; give the folder that holds the four IDX files, or the beginning of their names"
    case .noFileNamed(let name):
      "the folder has no \(name.shown)[.gz]; put it there"
    case .severalSets(let sets):
      "more than one set of data files is there; give one of \(sets.prefix(6).map(\.shown).joined(separator: ", "))"
        + (sets.count > 6 ? " and \(sets.count - 6) others" : "")
    case .unreadableFolder(let reason):
      FileError.unreadable(reason)
    case .file(let error):
      "\(error)"
    case .notEnoughMemory(let shortage):
      "\(shortage); use fewer or smaller images, or allow more memory"
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
    case .wrongColumnCount(let found):
      "the labels are a table of \(count(found, "column")), and QMNIST's have 8; use a file of the right kind"
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
      "\(count(labels, "label")) for the \(count(images, "image")) of \(imageFile.shown); use files that belong together"
    case .imageSizesDiffer(let test, let training):
      "the images are \(test) pixels, but the training images \(training); use files that belong together"
    case .labelOutOfRange(let label, let position):
      "label \(label) at position \(position), but classes are numbers from 0 to 255; use a file of classes"
    case .unknownClass(let label, let position, let greatest):
      "label \(label) at position \(position), but the training labels end at \(greatest); "
        + "use files that belong together"
    case .nothingToTrainOn(let validation, let examples):
      "\(validation) validation examples leave nothing to train on, for the training file has \(examples); "
        + "choose at most \(examples - 1)"
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
