private import CCrypto

/// The SHA-256 of bytes that arrive in parts, by libcrypto.
///
///     SHA256Digest.hexadecimal(of: [])        // e3b0c44298fc1c14…
@safe
public final class SHA256Digest {
  private let context: OpaquePointer?

  /// The digest of no bytes yet.
  public init() {
    unsafe context = EVP_MD_CTX_new()
    let status = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(status == 1, "libcrypto has SHA-256")
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds bytes.
  public func update(_ bytes: Span<UInt8>) {
    _ = unsafe bytes.withUnsafeBufferPointer { unsafe EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
  }

  /// The digest of all bytes, in 64 hexadecimal digits. It ends the digest: call it once.
  public func finalize() -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    _ = unsafe digest.withUnsafeMutableBufferPointer { unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil) }
    return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The digest of parts that follow one another, in 64 hexadecimal digits.
  public static func hexadecimal(of parts: [UInt8]...) -> String {
    let digest = SHA256Digest()
    for part in parts { digest.update(part.span) }
    return digest.finalize()
  }
}
