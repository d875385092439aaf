import Glibc

/// The terminals that the program writes to.
enum Terminal {
  /// The width of what standard output carries for people, in columns: 80, or that of a narrower terminal.
  static var outputWidth: Int { min(80, width(of: STDOUT_FILENO) ?? 80) }

  /// The columns of the terminal that a descriptor is open on; `nil` if it is none, or does not know.
  static func width(of descriptor: CInt) -> Int? {
    var size = winsize()
    let isKnown = unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 1
    return isKnown ? Int(size.ws_col) : nil
  }
}
