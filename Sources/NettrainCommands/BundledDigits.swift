import CLinux
import Files
import Glibc
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
    for place in places where (try? Stat(place))?.type == .directory { return place.name }
    throw Failure(
      .missingInput,
      "the bundled digits are not at \(places.map(\.name.shown).joined(separator: " or ")); "
        + "name a folder of IDX files with --data, or theirs in NETTRAIN_DATA")
  }

  /// Whether `$NETTRAIN_DATA` names other digits in their place.
  static var areReplaced: Bool { replacement != nil }

  private static var replacement: String? {
    let folder = unsafe getenv("NETTRAIN_DATA").map { unsafe String(fileNameAt: $0) }
    return folder.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func installedFolder() -> FilePath? {
    // The kernel hands over the name that the program was started by; /proc, which also tells, may be missing.
    guard let name = unsafe UnsafePointer<CChar>(bitPattern: getauxval(UInt(AT_EXECFN))),
      let program = unsafe realpath(name, nil)
    else { return nil }
    defer { unsafe free(program) }
    let folder = unsafe FilePath(platformString: program).removingLastComponent()
    return folder.appending("../share/nettrain/data").lexicallyNormalized()
  }

  private static func sourceFolder(of file: StaticString = #filePath) -> FilePath {
    let root = (1...3).reduce(FilePath(name: "\(file)")) { path, _ in path.removingLastComponent() }
    return root.appending("data")
  }
}
