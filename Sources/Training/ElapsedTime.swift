extension ContinuousClock.Instant {
  /// The seconds from this moment to another one; 0 if the clock has gone back, as that of a virtual machine may when it is
  /// moved. A checkpoint with a negative time would be refused.
  package func seconds(until end: ContinuousClock.Instant = .now) -> Double { max(0, (end - self) / .seconds(1)) }
}
