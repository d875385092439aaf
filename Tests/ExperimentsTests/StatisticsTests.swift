import Foundation
import Testing
import Training

@testable import Experiments

/// The numbers of mpmath, SciPy and statsmodels, made by `Reference/make_statistics.py`.
private struct Reference: Decodable {
  struct T: Decodable { var freedom, t, p: Double }
  struct Quantile: Decodable { var freedom, p, quantile: Double }
  struct Numbers: Decodable {
    var values: [Double]
    var mean, sd, low, high, p: Double
  }
  struct Corrected: Decodable { var p, holm: [Double] }
  struct Pairs: Decodable {
    var first, second: Int
    var p: Double
  }
  struct Crossed: Decodable {
    var count: Int
    var first, second: [String]
    var mean, half_width: Double
  }

  var t: [T]
  var quantiles: [Quantile]
  var samples: [Numbers]
  var holm: [Corrected]
  var mcnemar: [Pairs]
  var crossed: [Crossed]
}

@Suite("Statistics") struct StatisticsTests {
  private let reference: Reference

  init() throws {
    let path = try #require(Bundle.module.path(forResource: "Reference/statistics", ofType: "json"))
    reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: URL(filePath: path)))
  }

  /// Whether two numbers agree to 1e-10 of the greater, or of 1e-200 where both underflow.
  private func agree(_ value: Double, _ expected: Double) -> Bool {
    (value - expected).magnitude <= 1e-10 * max(value.magnitude, expected.magnitude, 1e-190)
  }

  @Test("two-sided p of Student's t are mpmath's, from 1 degree of freedom to a million")
  func pOfT() {
    for row in reference.t {
      let p = StudentT(degreesOfFreedom: row.freedom).twoSidedP(row.t)
      #expect(agree(p, row.p), "t = \(row.t), ν = \(row.freedom): \(p), not \(row.p)")
    }
  }

  @Test("quantiles of Student's t are mpmath's")
  func quantiles() {
    for row in reference.quantiles {
      let quantile = StudentT(degreesOfFreedom: row.freedom).quantile(row.p)
      #expect(agree(quantile, row.quantile), "p = \(row.p), ν = \(row.freedom): \(quantile), not \(row.quantile)")
    }
  }

  @Test("mean, standard deviation, interval and p of a sample are those of SciPy's t test, also of equal values")
  func samples() throws {
    for row in reference.samples {
      let sample = Sample(row.values)
      let interval = try #require(sample.interval)
      #expect(agree(sample.mean, row.mean))
      #expect((try #require(sample.standardDeviation) - row.sd).magnitude < 1e-12)
      #expect((interval.low - row.low).magnitude < 1e-10 && (interval.high - row.high).magnitude < 1e-10)
      #expect(agree(try #require(sample.pOfZero), row.p), "\(row.values)")
    }
  }

  @Test("a single number has neither deviation nor interval nor p")
  func singleNumber() {
    let sample = Sample([0.5])
    #expect(sample.mean == 0.5)
    #expect(sample.standardDeviation == nil && sample.interval == nil && sample.pOfZero == nil)
  }

  @Test("Holm's correction is statsmodels', in the order of the tests, with ties")
  func holmCorrection() {
    for row in reference.holm {
      for (corrected, expected) in zip(holm(row.p), row.holm) { #expect(agree(corrected, expected), "\(row.p)") }
    }
    #expect(holm([]) == [])
  }

  @Test("McNemar's exact p is statsmodels', and 1 where nothing differs")
  func mcNemarTest() {
    for row in reference.mcnemar {
      let p = mcNemar(first: row.first, second: row.second)
      #expect(agree(p, row.p), "\(row.first), \(row.second): \(p), not \(row.p)")
    }
  }

  @Test("intervals over seeds and examples are those of statsmodels' analysis of variance, and with one seed SciPy's")
  func crossedEffects() throws {
    for row in reference.crossed {
      func bits(_ texts: [String]) throws -> [CorrectBits] {
        try texts.map { try #require(CorrectBits(base64: $0, count: row.count)) }
      }
      let interval = try #require(CrossedEffects(bits(row.first), bits(row.second)).interval)
      #expect((interval.estimate - row.mean).magnitude < 1e-12)
      #expect(agree(interval.halfWidth, row.half_width), "\(interval.halfWidth), not \(row.half_width)")
    }
  }

  @Test("two equal classifiers differ by 0 ± 0")
  func equalClassifiers() throws {
    var bits = CorrectBits(count: 10)
    bits[3] = true
    for seeds in 1...3 {
      let same = [CorrectBits](repeating: bits, count: seeds)
      #expect(CrossedEffects(same, same).interval == Interval(estimate: 0, halfWidth: 0))
    }
  }
}
