import Datasets
import Files

extension DataFolder {
  /// Notes on what a user may not expect of the files.
  var notes: [String] {
    var notes = differingCopyNotes
    if firstLabel > 0 {
      notes.append(
        "the labels of \(path.shown) begin at \(firstLabel), which is class 0 here: there are \(classCount) classes")
    }
    return notes
  }

  /// Notes on files of which another copy has other contents.
  var differingCopyNotes: [String] {
    differingCopies.map { "\($0.read.shown) and \($0.other.shown) differ; the first is read, so remove one of them" }
  }
}
