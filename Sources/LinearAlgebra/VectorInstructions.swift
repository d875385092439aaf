private import CKernels

/// The processor instructions that the kernels of `CKernels` use.
///
/// The kernels are compiled for several processors, and the bits of a result depend on the choice: a fused
/// multiply-add rounds once.
public enum VectorInstructions {
  /// `AVX-512`, `AVX2` or `portable`.
  public static var name: String { unsafe String(cString: nettrain_instructions()) }

  /// Whether the kernels work with vectors of 64 bytes.
  public static var areWide: Bool { name == "AVX-512" }
}
