import Files
import Memory
import Safetensors
import SystemPackage

/// A model or checkpoint that a person names; `-` is standard input.
struct SavedFileInput {
  /// The name for messages.
  let name: String
  /// Whether the bytes come from standard input, which is read once.
  let isStandardInput: Bool
  /// The contents.
  let contents: Safetensors

  /// More bytes of standard input are not held. Half of them are enough for 60 million weights.
  private static let greatestByteCount = 1 << 30

  init(_ word: String) throws {
    isStandardInput = word == "-"
    name = isStandardInput ? "standard input" : word
    contents = isStandardInput ? try Self.readStandardInput(name) : try Safetensors(readingFrom: word)
  }

  private static func readStandardInput(_ name: String) throws -> Safetensors {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    do {
      while case let count = try unsafe chunk.withUnsafeMutableBytes({
        try unsafe FileDescriptor.standardInput.read(into: $0)
      }),
        count > 0
      {
        if bytes.capacity - bytes.count < count {
          // What is read is doubled, and then copied into tensors.
          try Memory.check(use: 3 * bytes.count + count)
          bytes.reserveCapacity(2 * bytes.count + count)
        }
        bytes += chunk[..<count]
        guard bytes.count <= greatestByteCount else {
          throw Failure(
            .malformedData, "\(name.shown): there are more than \(greatestByteCount) bytes; give a file instead of -")
        }
      }
    } catch let shortage as MemoryShortage {
      throw Failure(.notEnoughMemory, "\(name.shown): \(shortage); give a smaller model, or allow more memory")
    } catch let error as Errno {
      throw Failure(.missingInput, "\(name.shown): cannot be read (\(error)); give a file instead of -")
    }
    do {
      return try Safetensors(bytes: bytes)
    } catch {
      throw Failure(.malformedData, "\(name.shown): \(error)")
    }
  }
}
