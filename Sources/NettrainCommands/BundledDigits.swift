import FoundationEssentials
import SystemPackage

/// The digits that come with the program.
enum BundledDigits {
  /// The folder of the bundled digits: `$NETTRAIN_DATA`, or `../share/nettrain/data` beside the program, or `data` in
  /// the source tree that it was built in.
  ///
  /// A folder that `$NETTRAIN_DATA` names is used even if it is not there: other digits in its place would go unnoticed.
  static func folder() throws -> String {
    if let replacement { return replacement }
    let places = [installedFolder(), sourceFolder()].compactMap { $0 }
    for place in places where (try? Stat(place))?.type == .directory { return place.string }
    throw Failure(
      .missingInput,
      "the bundled digits are not at \(places.map(\.string).joined(separator: " or ")); "
        + "name a folder of IDX files with --data, or theirs in NETTRAIN_DATA")
  }

  /// Whether `$NETTRAIN_DATA` names other digits in their place.
  static var areReplaced: Bool { replacement != nil }

  private static var replacement: String? {
    ProcessInfo.processInfo.environment["NETTRAIN_DATA"].flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func installedFolder() -> FilePath? {
    guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") else {
      return nil
    }
    return FilePath(program).removingLastComponent().appending("../share/nettrain/data").lexicallyNormalized()
  }

  private static func sourceFolder(of file: StaticString = #filePath) -> FilePath {
    let root = (1...3).reduce(FilePath("\(file)")) { path, _ in path.removingLastComponent() }
    return root.appending("data")
  }
}
