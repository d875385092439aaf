private import CKernels

/// The instructions that our own kernels use on this processor.
///
/// They are compiled for several processors, and the bits of a result depend on which: a fused multiplication and addition
/// rounds once.
public enum VectorInstructions {
  /// `AVX-512`, `AVX2` or `portable`.
  public static var name: String { unsafe String(cString: nettrain_instructions()) }

  /// Whether they work with vectors of 64 bytes.
  public static var areWide: Bool { name == "AVX-512" }
}
