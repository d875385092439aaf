import Glibc
public import SystemPackage

/// The name of a file is a sequence of bytes, which need not be UTF-8. Inside the program names are strings all the same,
/// by this coding:
///
/// - A byte that does not belong to a UTF-8 character is the scalar U+10FF00 + byte, which is private.
/// - So are the four bytes of a character that is itself one of these scalars, U+10FF80 to U+10FFFF.
///
/// Different bytes are different strings, and `fileNameBytes` gives the bytes back. Strings are equal in Swift even if they
/// differ in the composition of their characters; names are compared as `utf8`, or as files by `isSameFile`.
extension String {
  /// The name of these bytes.
  public init(fileName bytes: some Collection<UInt8>) {
    let bytes = Array(bytes)
    if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: \.isCodedByte) {
      self = text
      return
    }
    self = ""
    var rest = bytes[...]
    while let first = rest.first {
      let length =
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
      let character = String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first
      if let character, !character.isCodedByte {
        unicodeScalars.append(character)
        rest = rest.dropFirst(length)
      } else {
        if let scalar = Unicode.Scalar(0x10FF00 + UInt32(first)) { unicodeScalars.append(scalar) }
        rest = rest.dropFirst()
      }
    }
  }

  /// The name that ends before the first zero byte.
  public init(fileNameAt pointer: UnsafePointer<CChar>) {
    let bytes = unsafe UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))
    self = unsafe String(fileName: bytes)
  }

  /// The bytes of a name.
  public var fileNameBytes: [UInt8] {
    unicodeScalars.reduce(into: []) { bytes, scalar in
      if scalar.isCodedByte {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar stands for a byte of a name that is not text.
  var isCodedByte: Bool { value >= 0x10FF80 }
}

extension FilePath {
  /// The path with a name.
  public init(name: String) {
    let characters = name.fileNameBytes.map { CChar(bitPattern: $0) }
    self.init(platformString: characters.prefix { $0 != 0 } + [0])
  }

  /// The name of the path.
  public var name: String { unsafe withPlatformString { unsafe String(fileNameAt: $0) } }

  /// The name of the last part of the path; empty if it has none.
  public var lastName: String { lastComponent.map { FilePath(root: nil, [$0]).name } ?? "" }

  /// The path with another part at its end.
  func appending(name: String) -> FilePath { pushing(FilePath(name: name)) }

  /// The folder where relative names begin.
  public static var workingFolder: FilePath {
    guard let path = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(path) }
    return unsafe FilePath(platformString: path)
  }
}
