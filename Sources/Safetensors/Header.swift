import Memory

/// The header of a file: a JSON object of a fixed form.
///
///     {"__metadata__": {STRING: STRING, …}, NAME: {"dtype": STRING, "shape": [N, …], "data_offsets": [BEGIN, END]}, …}
struct Header {
  typealias Fault = SafetensorsError.Code

  /// The size of the number before the header, which is the header's length.
  static let lengthOfLength = 8

  /// The largest header that the format allows, in bytes.
  static let greatestLength = 100_000_000

  /// The name of the member that contains the metadata instead of a tensor.
  static let metadataName = "__metadata__"

  /// A tensor and the offsets of its data, counted from the end of the header.
  struct Entry {
    let name: String
    let dtype: DType
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  /// The tensors in the order of their data.
  let entries: [Entry]

  let metadata: [String: String]
}

extension Header {
  /// Parses a header that is followed by `dataCount` bytes of data.
  init(_ text: [UInt8], dataCount: Int) throws(Fault) {
    guard String(validating: text, as: UTF8.self) != nil else { throw .headerNotUTF8 }
    guard let first = text.first else { throw .emptyHeader }
    guard first == UInt8(ascii: "{") else { throw .headerStart(first) }
    var reader = JSONReader(text)
    var names: Set<String> = []
    var entries: [Entry] = []
    var metadata: [String: String] = [:]
    try reader.readObject { name, reader throws(Fault) in
      guard !name.isEmpty else { throw .emptyName }
      guard names.insert(name).inserted else { throw .duplicateName(name) }
      if name == Header.metadataName {
        metadata = try Header.readMetadata(from: &reader)
      } else {
        entries.append(try Entry(name, from: &reader))
      }
    }
    try reader.expectOnlySpaces()
    entries.sort { ($0.begin, $0.end) < ($1.begin, $1.end) }
    self.init(entries: entries, metadata: metadata)
    try checkPlaces(dataCount: dataCount)
  }

  /// Checks that the data of the tensors lies end to end and fills the file.
  private func checkPlaces(dataCount: Int) throws(Fault) {
    var end = 0
    for entry in entries {
      guard entry.begin <= entry.end else { throw .reversedOffsets(entry.name, begin: entry.begin, end: entry.end) }
      guard entry.begin == end else { throw .misplaced(entry.name, expected: end, found: entry.begin) }
      guard let bits = entry.dtype.bitCount(shape: entry.shape) else {
        throw .shapeOverflow(entry.name, shape: entry.shape)
      }
      guard bits.isMultiple(of: 8) else { throw .partialByte(entry.name, entry.dtype, shape: entry.shape) }
      let count = Int(bits / 8)
      end = entry.end
      guard end - entry.begin == count else {
        throw .wrongSize(entry.name, expected: count, found: end - entry.begin)
      }
    }
    guard end <= dataCount else { throw .truncatedData(expected: end, found: dataCount) }
    guard end == dataCount else { throw .trailingData(expected: end, found: dataCount) }
  }

  private static func readMetadata(from reader: inout JSONReader) throws(Fault) -> [String: String] {
    var metadata: [String: String] = [:]
    try reader.readObject { key, reader throws(Fault) in
      guard metadata.updateValue(try reader.readString(), forKey: key) == nil else {
        throw .duplicateMetadataKey(key)
      }
    }
    return metadata
  }

  /// The JSON text, padded with spaces to a multiple of 8 bytes.
  func encoded() -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { precedes($0.key, $1.key) }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\(quoted(Header.metadataName)):{\(texts.joined(separator: ","))}")
    }
    members += entries.map { entry in
      let shape = entry.shape.map { String($0) }.joined(separator: ",")
      return quoted(entry.name) + #":{"dtype":"\#(entry.dtype.rawValue)","shape":[\#(shape)],"#
        + #""data_offsets":[\#(entry.begin),\#(entry.end)]}"#
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    precondition(text.count <= Header.greatestLength, "a header has at most 100,000,000 bytes")
    return text
  }
}

extension Header.Entry {
  /// Reads the object that describes a tensor.
  fileprivate init(_ name: String, from reader: inout JSONReader) throws(Header.Fault) {
    var keys: Set<String> = []
    var dtype: DType?
    var shape: [Int]?
    var offsets: [Int]?
    try reader.readObject { key, reader throws(Header.Fault) in
      guard keys.insert(key).inserted else { throw .duplicateKey(key, of: name) }
      switch key {
      case "dtype":
        let text = try reader.readName()
        dtype = DType(rawValue: text)
        guard dtype != nil else { throw .unknownDType(text, of: name) }
      case "shape":
        shape = try reader.readIntegers()
      case "data_offsets":
        let numbers = try reader.readIntegers()
        guard numbers.count == 2 else { throw .wrongOffsetCount(numbers.count, of: name) }
        offsets = numbers
      default:
        throw .unknownKey(key, of: name)
      }
    }
    guard let dtype else { throw .missingKey("dtype", of: name) }
    guard let shape else { throw .missingKey("shape", of: name) }
    guard let offsets else { throw .missingKey("data_offsets", of: name) }
    self.init(name: name, dtype: dtype, shape: shape, begin: offsets[0], end: offsets[1])
  }
}

/// Checks that there is memory for so many bytes.
func checkMemory(for bytes: Int) throws(SafetensorsError.Code) {
  do { try Memory.check(use: bytes) } catch { throw .notEnoughMemory(error) }
}
