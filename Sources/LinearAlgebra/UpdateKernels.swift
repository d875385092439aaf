internal import CKernels

/// The updates of numbers that touch each of them. `updates.h` of `CKernels` has the formulas.
@unsafe
public enum UpdateKernels<Element: BLASScalar> {
  /// Numbers in memory.
  public typealias Numbers = UnsafeMutableBufferPointer<Element>

  /// w ← retain·w − shrink·sgn w
  public static func decay(_ w: Numbers, retaining retain: Element, shrinkingBy shrink: Element) {
    unsafe Element.updates.decay(w.baseAddress, w.count, retain, shrink)
  }

  /// v ← v − l2·w − l1·sgn w        w ← w + scale·v
  public static func addVelocity(_ v: Numbers, to w: Numbers, scale: Element, l2: Element = 0, l1: Element = 0) {
    precondition(v.count == w.count, "a velocity for each weight")
    unsafe Element.updates.momentum(w.baseAddress, v.baseAddress, w.count, scale, l2, l1)
  }

  /// x ← 0 where |x| < least
  public static func dropSmall(_ x: Numbers, below least: Element) {
    unsafe Element.updates.dropSmall(x.baseAddress, x.count, least)
  }

  /// Adam's step:
  ///
  ///     g ← g + l2·w + l1·sgn w
  ///     m ← β₁m + (1 − β₁)g        v ← β₂v + (1 − β₂)g²        w ← w − rate·m/(root·√v + ε)
  public static func adam(
    _ w: Numbers, gradient g: Numbers, mean m: Numbers, square v: Numbers, _ step: AdamStep<Element>
  ) {
    precondition(w.count == g.count && w.count == m.count && w.count == v.count, "moments for each weight")
    unsafe Element.updates.adam(
      w.baseAddress, g.baseAddress, m.baseAddress, v.baseAddress, w.count, step.rate, step.root, step.l2, step.l1)
  }
}

/// The coefficients of a step of Adam.
public struct AdamStep<Element: BLASScalar>: Sendable {
  /// The learning rate with the correction of the mean, η/(1 − β₁ᵗ).
  public let rate: Element

  /// The correction of the root, 1/√(1 − β₂ᵗ).
  public let root: Element

  /// The share of a weight in its gradient, λ₂/n.
  public let l2: Element

  /// The share of the weight's sign, λ₁/n.
  public let l1: Element

  /// The coefficients of a step, with weight decay or without.
  public init(rate: Element, root: Element, l2: Element = 0, l1: Element = 0) {
    (self.rate, self.root, self.l2, self.l1) = (rate, root, l2, l1)
  }
}

/// The functions of `CKernels` for one floating-point type.
@unsafe
public struct UpdateFunctions<Element: Sendable> {
  typealias Numbers = UnsafeMutablePointer<Element>?

  let decay: (_ w: Numbers, _ count: Int, _ retain: Element, _ shrink: Element) -> Void
  let momentum: (_ w: Numbers, _ v: Numbers, _ count: Int, _ scale: Element, _ l2: Element, _ l1: Element) -> Void
  let dropSmall: (_ x: Numbers, _ count: Int, _ least: Element) -> Void
  let adam:
    (
      _ w: Numbers, _ g: Numbers, _ m: Numbers, _ v: Numbers, _ count: Int, _ rate: Element, _ root: Element,
      _ l2: Element, _ l1: Element
    ) -> Void
}

extension Double {
  /// The functions for double precision.
  @unsafe public static var updates: UpdateFunctions<Double> {
    unsafe UpdateFunctions(
      decay: nettrain_decay_f64, momentum: nettrain_momentum_f64, dropSmall: nettrain_drop_small_f64,
      adam: nettrain_adam_f64)
  }
}

extension Float {
  /// The functions for single precision.
  @unsafe public static var updates: UpdateFunctions<Float> {
    unsafe UpdateFunctions(
      decay: nettrain_decay_f32, momentum: nettrain_momentum_f32, dropSmall: nettrain_drop_small_f32,
      adam: nettrain_adam_f32)
  }
}
