public import Files
internal import Memory

/// A file whose first bytes tell how it is to be read.
public final class InputFile {
  /// The file's name, for messages.
  public let path: String

  private let reader: ByteReader

  /// Opens a file and reads its beginning.
  public init(_ file: ReadableFile) throws(DataError) {
    path = file.path
    do throws(DataError.Fault) {
      reader = try ByteReader(file)
      guard !reader.peek(1).isEmpty else { throw .empty }
    } catch {
      throw DataError(path: file.path, fault: error)
    }
  }

  /// The first bytes of the file as it is stored, at most `count`.
  public func start(_ count: Int) -> ArraySlice<UInt8> { reader.peek(count) }

  /// Whether the file can be IDX: it is gzip, or begins with two bytes of 0.
  public var isIDX: Bool {
    let start = Array(start(2))
    return start == [0x1f, 0x8b] || start == [0, 0]
  }

  /// The file as IDX images, from its header on. Nothing else can be read from it then.
  public func images() throws(DataError) -> IDXReader { try IDXReader(reader, path: path, content: .images) }

  /// All bytes of the file, which is not gzip; `nil` if there are more than `limit`.
  public func bytes(limit: Int) throws(DataError) -> [UInt8]? {
    do throws(DataError.Fault) {
      var bytes: [UInt8] = []
      var part = [UInt8](repeating: 0, count: 1 << 16)
      while case let count = try reader.read(into: &part), count > 0 {
        guard bytes.count + count <= limit else { return nil }
        if bytes.capacity - bytes.count < count {
          do { try Memory.check(use: 2 * bytes.count + count) } catch { throw .notEnoughMemory(error) }
          bytes.reserveCapacity(2 * bytes.count + count)
        }
        bytes += part[..<count]
      }
      return bytes
    } catch {
      throw DataError(path: path, fault: error)
    }
  }
}
