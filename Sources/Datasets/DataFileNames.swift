private import Files
private import SystemPackage

/// Finds the four files of a data set under the names that their makers gave them.
///
/// | makers | names |
/// |---|---|
/// | MNIST, Fashion-MNIST, KMNIST | `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-…` |
/// | EMNIST | `emnist-letters-train-images-idx3-ubyte`, `emnist-letters-test-…` |
/// | QMNIST | `qmnist-train-images-idx3-ubyte`, `qmnist-train-labels-idx2-int`, `qmnist-test-…` |
///
/// Each name also occurs as `….idx3-ubyte` and with `.gz`.
struct DataFileNames {
  /// One of the two parts of a data set.
  enum Part: CaseIterable {
    case training
    case test

    /// The words for it in the names of files, the usual one first.
    fileprivate var words: [String] { self == .training ? ["train"] : ["t10k", "test"] }
  }

  /// A file that was found.
  struct Found {
    /// The file to read.
    var path: String
    /// Other files that could stand for it: compressed or not, or under another of its names.
    var others: [String]
  }

  /// The folder, or the beginning of the names, as it was given.
  private let path: String

  /// All that stands before `train-images-idx3-ubyte`: a folder with its slash, and the name of a set with its hyphen.
  private let beginning: String

  /// The files of a folder; where `path` is no folder, the files whose names begin so.
  ///
  /// In a folder without MNIST's own names, the only set there is taken.
  /// - Throws: `DataError`, if there is no such folder and no such file, or if more than one set begins so.
  init(_ path: String) throws(DataError) {
    self.path = path
    let type: FileType?
    do {
      type = try Stat(FilePath(name: path)).type
    } catch {
      guard error == .noSuchFileOrDirectory || error == .notDirectory else {
        throw DataError(path: path, fault: .unreadableFolder(error))
      }
      type = nil
    }
    let isFolder = type == .directory
    let own = path + (path.hasSuffix(isFolder ? "/" : "-") ? "" : isFolder ? "/" : "-")
    if Self.hasFiles(own) {
      beginning = own
      return
    }
    let sets = isFolder || !path.hasSuffix("/") ? Self.beginnings(from: isFolder ? own : path) : []
    guard sets.count <= 1 else { throw DataError(path: path, fault: .severalSets(sets.map(Self.withoutHyphen))) }
    guard isFolder || !sets.isEmpty else {
      throw DataError(path: path, fault: type == nil ? .noSuchFolder : .notAFolder)
    }
    beginning = sets.first ?? own
  }

  /// The file of a part with its images or labels.
  func find(_ part: Part, _ content: IDXReader.Content) throws(DataError) -> Found {
    var paths: [String] = []
    for ending in Self.endings(part, content) {
      let path = FilePath(name: beginning + ending)
      do {
        _ = try Stat(path)
        paths.append(path.name)
      } catch {
        guard error == .noSuchFileOrDirectory else {
          throw DataError(path: path.name, fault: .unreadableFolder(error))
        }
      }
    }
    guard let first = paths.first else {
      throw DataError(path: path, fault: .noFileNamed(missingName(part, content)))
    }
    return Found(path: first, others: Array(paths.dropFirst()))
  }

  /// The name to tell for a missing file: it has the spelling of those that are there.
  private func missingName(_ part: Part, _ content: IDXReader.Content) -> String {
    let others = Self.allEndings.filter { Self.exists(beginning + $0) }
    let word = others.contains { $0.hasPrefix("test-") } ? part.words.last : part.words.first
    let isTable = content == .labels && others.contains { $0.contains("idx2-int") }
    let set = FilePath(name: beginning + "train").lastName.dropLast("train".count)
    let suffix = isTable ? "idx2-int" : content.suffixes[0]
    return "\(set)\(word ?? "")-\(content == .images ? "images" : "labels")-\(suffix)"
  }

  /// The names that a file may have after the beginning, the first choice first.
  private static func endings(_ part: Part, _ content: IDXReader.Content) -> [String] {
    let kind = content == .images ? "images" : "labels"
    return part.words.flatMap { word in
      content.suffixes.flatMap { suffix in
        ["-", "."].flatMap { separator in
          ["", ".gz"].map { "\(word)-\(kind)\(separator)\(suffix)\($0)" }
        }
      }
    }
  }

  /// All names that a file of a data set may have after the beginning.
  private static var allEndings: [String] {
    Part.allCases.flatMap { endings($0, .images) + endings($0, .labels) }
  }

  /// Whether any of the four files has this beginning.
  private static func hasFiles(_ beginning: String) -> Bool {
    allEndings.contains { exists(beginning + $0) }
  }

  private static func exists(_ path: String) -> Bool { (try? Stat(FilePath(name: path))) != nil }

  /// The beginnings of the names of all sets whose files begin with `start`, a folder and perhaps a part of a name.
  private static func beginnings(from start: String) -> [String] {
    let folder = start.utf8.lastIndex(of: UInt8(ascii: "/")).map { start[...$0] } ?? ""
    let endings = allEndings
    let names = (try? entryNames(ofFolder: folder.isEmpty ? "." : String(folder))) ?? []
    let sets = names.compactMap { name -> String? in
      guard (folder + name).utf8.starts(with: start.utf8), let ending = endings.first(where: name.hasSuffix) else {
        return nil
      }
      let set = String(name.dropLast(ending.count))
      return set.isEmpty || set.hasSuffix("-") ? folder + set : nil
    }
    // Names are compared as bytes.
    let distinct = Set(sets.map { Array($0.utf8) }).sorted { $0.lexicographicallyPrecedes($1) }
    return distinct.map { String(decoding: $0, as: UTF8.self) }
  }

  private static func withoutHyphen(_ beginning: String) -> String {
    beginning.hasSuffix("-") ? String(beginning.dropLast()) : beginning
  }
}

extension IDXReader.Content {
  /// The ends of the names of such files, the usual one first.
  fileprivate var suffixes: [String] { self == .images ? ["idx3-ubyte"] : ["idx1-ubyte", "idx2-int"] }
}
