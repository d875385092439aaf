import Glibc
import LinearAlgebra
import Testing

@Suite("Sigmoid of a matrix") struct MatrixSigmoidTests {
  /// σ and σ′ by the kernel, for numbers in one row.
  private func sigmoid<Scalar: BLASScalar>(_ z: [Scalar]) -> (values: [Scalar], slopes: [Scalar]) {
    var values = Matrix(rows: 1, columns: z.count, elements: z)
    var slopes = Matrix<Scalar>(rows: 1, columns: z.count)
    values.applySigmoid(slopes: &slopes)
    return (values.elements, slopes.elements)
  }

  /// The largest errors in ulp of the true numbers, where these are normal.
  private func largestErrors<Scalar: BLASScalar>(_ z: [Scalar]) -> (value: Scalar, slope: Scalar) {
    var largest: (value: Scalar, slope: Scalar) = (0, 0)
    let (values, slopes) = sigmoid(z)
    for index in z.indices {
      // σ(−|z|) to 64 bits, by the C library's exponential of long doubles.
      let exponential = exp(-abs(Float80(z[index])))
      let (head, tail) = (1 / (1 + exponential), exponential / (1 + exponential))
      let (value, slope) = (z[index] < 0 ? tail : head, head * tail)
      func error(_ computed: Scalar, _ true: Float80) -> Scalar {
        let rounded = Scalar(`true`)
        return rounded.isNormal ? Scalar(abs(Float80(computed) - `true`) / Float80(rounded.ulp)) : 0
      }
      largest.value = max(largest.value, error(values[index], value))
      largest.slope = max(largest.slope, error(slopes[index], slope))
    }
    return largest
  }

  @Test("in double precision σ is within 4 ulp and σ′ within 6, over the whole range")
  func double() {
    let far = (-7100...7100).map { Double($0) / 10 + Double($0 % 7) / 1000 }
    let near = (-20000...20000).map { Double($0) / 1117 }
    let errors = largestErrors(far + near + [0, 1e-300, -1e-300, 0x1p-30])
    #expect(errors.value <= 4 && errors.slope <= 6)
    #expect(errors.value > 0.5, "errors are measured")
  }

  @Test("in single precision σ is within 4 ulp and σ′ within 6, over the whole range")
  func single() {
    let far = (-8800...8800).map { Float($0) / 100 + Float($0 % 7) / 1000 }
    let near = (-20000...20000).map { Float($0) / 1117 }
    let errors = largestErrors(far + near + [0, 1e-30, -1e-30, 0x1p-30])
    #expect(errors.value <= 4 && errors.slope <= 6)
    #expect(errors.value > 0.5, "errors are measured")
  }

  @Test("each number has its own result, however many there are", arguments: 1...35)
  func counts(count: Int) {
    let z = (0..<count).map { Double($0) - 12.5 }
    let (values, slopes) = sigmoid(z)
    for index in z.indices {
      #expect(abs(values[index] - 1 / (1 + exp(-z[index]))) <= 1e-15)
      #expect(abs(slopes[index] - values[index] * (1 - values[index])) <= 1e-15)
    }
  }

  @Test("where σ is hardly more than 0 it and its slope are so too, and beyond they are 0 or 1")
  func ends() {
    let double = sigmoid([-740.0, 740, -1e300, 1e300, -.infinity, .infinity])
    #expect(double.values[0] > 0 && double.values[0] < 1e-300)
    #expect(double.values[1...] == [1, 0, 1, 0, 1])
    #expect(double.slopes[1] == double.slopes[0] && double.slopes[0] == double.values[0])
    #expect(double.slopes[2...] == [0, 0, 0, 0])
    let single = sigmoid([-100 as Float, 100, -1e38, .infinity])
    #expect(single.values[0] > 0 && single.values[0] < 1e-37)
    #expect(single.values[1...] == [1, 0, 1])
    #expect(single.slopes[2...] == [0, 0])
  }

  @Test("what is not a number stays none")
  func notANumber() {
    #expect(sigmoid([Double.nan, 0]).values[0].isNaN && sigmoid([Double.nan, 0]).slopes[0].isNaN)
    #expect(sigmoid([Float.nan, 0]).values[0].isNaN && sigmoid([Float.nan, 0]).values[1] == 0.5)
  }
}
