private import CMemory
import Glibc
import SystemPackage

/// The memory that this process may have.
///
/// Two things can be short. Address space is mapped, with or without use: a limit on it (`ulimit -v`) makes allocations
/// fail. Physical memory is what is written to: beyond it the system ends processes.
public enum Memory {
  /// Makes the memory that is mapped that which is in use, so that it can be told beforehand. To be called at the start.
  public static func settleAllocator() { nettrain_map_large_blocks() }

  /// Checks that there is memory for what is about to be done.
  ///
  /// - Parameters:
  ///   - use: The bytes that will be allocated and written to.
  ///   - reserve: The bytes that will be mapped besides, and mostly not written to.
  /// - Throws: `MemoryShortage`, with the needs of the whole process.
  public static func check(use: Int, reserve: Int = 0) throws(MemoryShortage) {
    guard use <= physical else { throw MemoryShortage(needed: use, available: physical) }
    let (sum, overflows) = use.addingReportingOverflow(reserve)
    guard !overflows, nettrain_has_room(sum) else {
      let mapped = mapped
      throw MemoryShortage(needed: mapped + (overflows ? .max - mapped : sum), available: mapped + room)
    }
  }

  /// The bytes that are mapped; 0 if the system does not say.
  private static var mapped: Int {
    (firstNumber(in: "/proc/self/statm") ?? 0) * Int(sysconf(CInt(_SC_PAGESIZE)))
  }

  /// The bytes that could be mapped besides, to a tenth of a megabyte.
  private static var room: Int {
    var (least, most) = (0, 1 << 47)
    while most - least > 100_000 {
      let middle = (least + most) / 2
      if nettrain_has_room(middle) { least = middle } else { most = middle }
    }
    return least
  }

  /// The memory of the machine, or that of the control group if that is less.
  private static var physical: Int {
    let machine = sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))
    return groups.flatMap { ["\($0)/memory.max", "\($0)/memory.limit_in_bytes"] }.compactMap(firstNumber)
      .reduce(machine, min)
  }

  /// The directories of the control groups that may limit the memory. In a container, its own group is at the top.
  private static var groups: [String] {
    let (top, formerTop) = ("/sys/fs/cgroup", "/sys/fs/cgroup/memory")
    let lines = text(of: "/proc/self/cgroup")?.split(separator: "\n") ?? []
    return [top, formerTop]
      + lines.compactMap { line in
        // NUMBER:CONTROLLERS:PATH, where those of today leave the controllers empty.
        let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3 else { return nil }
        return fields[1] == "" ? "\(top)\(fields[2])" : fields[1] == "memory" ? "\(formerTop)\(fields[2])" : nil
      }
  }

  /// The number that a file of the system begins with; `nil` if it does not.
  private static func firstNumber(in path: String) -> Int? {
    text(of: path).flatMap { Int($0.prefix { $0.isASCII && $0.isNumber }) }
  }

  /// A small file of the system.
  private static func text(of path: String) -> String? {
    guard let file = try? FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec) else { return nil }
    defer { try? file.close() }
    var bytes = [UInt8](repeating: 0, count: 4096)
    var received = 0
    // The first digits of a limit would be another limit.
    while received < bytes.count {
      let count = try? unsafe bytes.withUnsafeMutableBytes {
        try unsafe file.read(into: .init(rebasing: $0[received...]))
      }
      guard let count else { return nil }
      if count == 0 { break }
      received += count
    }
    return String(decoding: bytes.prefix(received), as: UTF8.self)
  }
}
