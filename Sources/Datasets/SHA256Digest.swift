private import Crypto

/// The hash by which files are known again.
public enum SHA256Digest {
  /// The SHA-256 of parts that follow one another, in 64 hexadecimal digits.
  public static func hexadecimal(of parts: [UInt8]...) -> String {
    var hash = SHA256()
    for part in parts { hash.update(data: part) }
    return hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
