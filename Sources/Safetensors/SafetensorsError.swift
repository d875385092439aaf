import Files
public import Memory

/// A safetensors file that cannot be read, or bytes that are not one.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
  /// The fault.
  public let code: Code

  /// The file, as the caller named it; `nil` for bytes in memory.
  public let path: String?

  /// A fault of the file at `path`, or of bytes in memory.
  public init(_ code: Code, path: String? = nil) {
    self.code = code
    self.path = path
  }

  /// The failure to open or read the file; `nil` if its contents are at fault.
  public var cause: FileError? {
    if case .file(let cause) = code { cause } else { nil }
  }

  /// The file does not exist or may not be read, as opposed to malformed contents.
  public var isMissing: Bool { cause?.isMissing ?? false }

  /// Path, problem and remedy in one line.
  public var description: String {
    cause?.description ?? (path.map { "\($0.shown): " } ?? "") + "\(code.problem); \(code.remedy)"
  }

  /// The faults, from the file down to the bytes of a tensor.
  public enum Code: Error, Equatable {
    /// The file cannot be opened or read.
    case file(FileError)
    /// There is no memory for the contents.
    case notEnoughMemory(MemoryShortage)

    /// The file has no bytes.
    case empty
    /// The file ends inside the header's length.
    case truncatedLength(found: Int)
    /// The header's length is above the format's 100,000,000 bytes.
    case headerTooLong(UInt64)
    /// The file ends inside the header.
    case truncatedHeader(expected: Int, found: Int)

    /// The header has no bytes, is not UTF-8 text, or ends before its last `}`.
    case emptyHeader, headerNotUTF8, headerEnds
    /// The header begins with a byte other than `{`.
    case headerStart(UInt8)
    /// Something other than spaces follows the last `}`.
    case bytesAfterHeader(position: Int)
    /// The next character is not one that the grammar of the header allows.
    case unexpected(position: Int, expected: String)
    /// A number is larger than the size of any file.
    case numberTooLarge(position: Int)
    /// A string contains a control character, which must be escaped.
    case controlCharacter(UInt8, position: Int)
    /// A string contains an escape sequence that JSON does not define.
    case badEscape(position: Int)
    /// A string contains one half of a surrogate pair.
    case loneSurrogate(position: Int)

    /// A name, key or type has more than 256 bytes.
    case nameTooLong(position: Int)
    /// A tensor's name is the empty string.
    case emptyName
    /// Two tensors have the same name, or the metadata occurs twice. Names are compared as Unicode does: a letter with
    /// an accent is the same in composed and in decomposed form.
    case duplicateName(String)
    /// Two strings of the metadata have the same key.
    case duplicateMetadataKey(String)
    /// A tensor has a key that the format does not define.
    case unknownKey(String, of: String)
    /// A tensor has a key twice.
    case duplicateKey(String, of: String)
    /// A tensor lacks a key.
    case missingKey(String, of: String)
    /// A tensor's element type is not one of ``DType``.
    case unknownDType(String, of: String)
    /// A tensor does not have two offsets, begin and end.
    case wrongOffsetCount(Int, of: String)

    /// A tensor's data ends before it begins.
    case reversedOffsets(String, begin: Int, end: Int)
    /// A tensor's data does not begin where the data before it ends.
    case misplaced(String, expected: Int, found: Int)
    /// The size of a tensor overflows.
    case shapeOverflow(String, shape: [Int])
    /// A tensor's elements end inside a byte.
    case partialByte(String, DType, shape: [Int])
    /// A tensor's data has another length than its shape says.
    case wrongSize(String, expected: Int, found: Int)
    /// The file ends inside the data.
    case truncatedData(expected: Int, found: Int)
    /// The file has more bytes than the tensors.
    case trailingData(expected: Int, found: Int)
  }
}

extension SafetensorsError.Code {
  fileprivate var problem: String {
    switch self {
    case .file(let cause): cause.description
    case .notEnoughMemory(let shortage): shortage.description
    case .empty: "the file is empty"
    case .truncatedLength(let found):
      "this is not a safetensors file: it has \(count(found, "byte")), but the length of its header alone takes 8"
    case .headerTooLong(let length):
      "this is not a safetensors file: its first 8 bytes declare a header of \(length) bytes, above the "
        + "\(Header.greatestLength) allowed"
    case .truncatedHeader(let expected, let found):
      "the header is to have \(count(expected, "byte")), but only \(found) follow: the file is cut off, or no "
        + "safetensors file"
    case .emptyHeader: "this is not a safetensors file: it declares a header of 0 bytes"
    case .headerNotUTF8: "the header is not UTF-8 text"
    case .headerStart(let byte): "the header begins with the byte \(hexadecimal(byte)), not with {"
    case .headerEnds: "the header ends inside its JSON text"
    case .bytesAfterHeader(let position): "byte \(position): something other than spaces follows the header's last }"
    case .unexpected(let position, let expected):
      "byte \(position): the header has something else in place of \(expected)"
    case .numberTooLarge(let position): "byte \(position): the header has a number beyond all sizes"
    case .controlCharacter(let byte, let position):
      "byte \(position): the header has the control character \(hexadecimal(byte)) in a text"
    case .badEscape(let position): "byte \(position): the header has a \\ that nothing in JSON begins with"
    case .loneSurrogate(let position): "byte \(position): the header has half of a character"
    case .nameTooLong(let position): "byte \(position): the header has a name of more than 256 bytes"
    case .emptyName: "a tensor's name is empty"
    case .duplicateName(let name): "the name \(shown(name)) stands twice in the header"
    case .duplicateMetadataKey(let key): "the key \(shown(key)) stands twice in the metadata"
    case .unknownKey(let key, let name): "tensor \(shown(name)) has the key \(shown(key)), which the format has not"
    case .duplicateKey(let key, let name): "tensor \(shown(name)) has the key \(shown(key)) twice"
    case .missingKey(let key, let name): "tensor \(shown(name)) has no \(key)"
    case .unknownDType(let dtype, let name):
      "tensor \(shown(name)) has elements of the type \(shown(dtype)), which is not known"
    case .wrongOffsetCount(let found, let name):
      "tensor \(shown(name)) has \(count(found, "offset")) in place of a begin and an end"
    case .reversedOffsets(let name, let begin, let end):
      "tensor \(shown(name)) is to end at \(end), before its begin at \(begin)"
    case .misplaced(let name, let expected, let found):
      "tensor \(shown(name)) is to begin at \(found), but what stands before it ends at \(expected)"
    case .shapeOverflow(let name, let shape):
      "tensor \(shown(name)) is to have \(product(shape)) elements, more than can be"
    case .partialByte(let name, let dtype, let shape):
      "tensor \(shown(name)) of \(product(shape)) elements of \(dtype.bitCount) bits ends inside a byte"
    case .wrongSize(let name, let expected, let found):
      "tensor \(shown(name)) takes \(count(expected, "byte")) by its shape, but \(found) by its offsets"
    case .truncatedData(let expected, let found):
      "the header declares \(count(expected, "byte")) of data, but only \(found) are there"
    case .trailingData(let expected, let found):
      "the header declares \(count(expected, "byte")) of data, but \(found) are there"
    }
  }

  fileprivate var remedy: String {
    switch self {
    case .notEnoughMemory: "use a smaller file, or allow more memory"
    case .truncatedLength, .headerTooLong, .emptyHeader, .headerStart: "give the name of a safetensors file"
    case .unknownDType: "convert the tensor to a type that is"
    case .nameTooLong, .emptyName, .duplicateName, .duplicateMetadataKey, .unknownKey, .duplicateKey:
      "write the file anew without it"
    default: "use another copy of the file"
    }
  }

  /// A name from a file, in quotation marks.
  private func shown(_ name: String) -> String {
    "“\(name.shown(limit: 80))”"
  }

  private func product(_ shape: [Int]) -> String {
    shape.isEmpty ? "1" : shape.prefix(8).map { String($0) }.joined(separator: " × ") + (shape.count > 8 ? " × …" : "")
  }

  private func hexadecimal(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
