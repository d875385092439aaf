import Files

/// A file that a command writes as a whole, once its work is done.
struct OutputFile {
  let path: String
  /// The option with the file, or the file alone, as a message about it begins.
  let name: String
  /// The form of file that the command writes, with its article: "a picture".
  let kind: String
  /// True if a file of another kind may be replaced.
  let force: Bool

  /// A file to be written.
  /// - Parameters:
  ///   - path: The file.
  ///   - option: The option that names it; `nil` for an argument.
  ///   - kind: The form of file that the command writes, with its article.
  ///   - force: Whether a file of another kind may be replaced.
  init(_ path: String, option: String? = nil, kind: String, force: Bool) {
    (self.path, self.kind, self.force) = (path, kind, force)
    name = (option.map { $0 + " " } ?? "") + path.shown
  }

  /// Checks before any work that the file can be written, and that nothing is lost by it.
  /// - Parameters:
  ///   - others: The files that the command reads, and those that it writes besides. They are spared in any case.
  ///   - isForeign: Tells whether something other than a file of the kind is there.
  /// - Throws: A failure, if the file must not or cannot be replaced.
  func check(sparing others: [String], isForeign: (String) -> Bool) throws {
    guard !others.contains(where: { isSameFile($0, path) }) else {
      throw Failure(
        .cannotCreateOutput, "\(name): the command needs this file for something else; choose another name")
    }
    if let stream = standardStream(at: path) {
      throw Failure(.cannotCreateOutput, "\(name): \(stream) is this file already; choose another name")
    }
    removeLeftovers(of: path)
    try checkReplaceable(path)
    guard force || !isForeign(path) else {
      throw Failure(
        .cannotCreateOutput,
        "\(name): this file is not \(kind) that nettrain wrote; choose another name, or replace it with --force")
    }
  }

  /// Replaces the file.
  func write(_ bytes: [UInt8]) throws { try replaceFile(at: path, with: bytes) }
}
