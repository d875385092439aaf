import Glibc
import LinearAlgebra
import Testing

@Suite("Activations of a matrix") struct MatrixActivationTests {
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

  /// tanh and its slope by the kernel, for numbers in one row.
  private func hyperbolicTangent<Scalar: BLASScalar>(_ z: [Scalar]) -> (values: [Scalar], slopes: [Scalar]) {
    var values = Matrix(rows: 1, columns: z.count, elements: z)
    var slopes = Matrix<Scalar>(rows: 1, columns: z.count)
    values.applyHyperbolicTangent(slopes: &slopes)
    return (values.elements, slopes.elements)
  }

  /// The largest errors of tanh and its slope in ulp, by the C library's long doubles.
  private func largestErrorsOfTangent<Scalar: BLASScalar>(_ z: [Scalar]) -> (value: Scalar, slope: Scalar) {
    var largest: (value: Scalar, slope: Scalar) = (0, 0)
    let (values, slopes) = hyperbolicTangent(z)
    for index in z.indices {
      let (value, cosine) = (tanh(Float80(z[index])), cosh(Float80(z[index])))
      func error(_ computed: Scalar, _ true: Float80) -> Scalar {
        let rounded = Scalar(`true`)
        return rounded.isNormal ? Scalar(abs(Float80(computed) - `true`) / Float80(rounded.ulp)) : 0
      }
      largest.value = max(largest.value, error(values[index], value))
      largest.slope = max(largest.slope, error(slopes[index], 1 / (cosine * cosine)))
    }
    return largest
  }

  @Test("tanh is within 4 ulp and its slope within 8, over the whole range and near 0, in either precision")
  func tangent() {
    let far = (-3500...3500).map { Double($0) / 10 + Double($0 % 7) / 1000 }
    let near = (-20000...20000).map { Double($0) / 3117 } + (0...1000).map { Double($0) * 0x1p-40 }
    let double = largestErrorsOfTangent(far + near + [0, 1e-300, -1e-300, 0x1p-30])
    #expect(double.value <= 4 && double.slope <= 8, "\(double)")
    let single = largestErrorsOfTangent((far.filter { abs($0) < 40 } + near + [1e-30, -1e-30]).map { Float($0) })
    #expect(single.value <= 4 && single.slope <= 8, "\(single)")
    #expect(double.value > 0.5 && single.value > 0.5, "errors are measured")
  }

  @Test("tanh of what is far is 1 with a slope of 0, and of what is not a number none")
  func tangentEnds() {
    let ends = hyperbolicTangent([-1e300, 1e300, -.infinity, .infinity])
    #expect(ends.values == [-1, 1, -1, 1] && ends.slopes == [0, 0, 0, 0])
    #expect(hyperbolicTangent([Double.nan]).values[0].isNaN && hyperbolicTangent([Float.nan]).slopes[0].isNaN)
  }

  @Test("the rectifier keeps what is above 0, with slope 1, and what is not a number")
  func rectifier() {
    var values = Matrix(rows: 2, columns: 3, elements: [-2.0, 0, 3, -0.0, .infinity, .nan])
    var slopes = Matrix<Double>(rows: 2, columns: 3)
    values.applyRectifier(slopes: &slopes)
    #expect(values.elements.dropLast() == [0, 0, 3, 0, .infinity] && values.elements[5].isNaN)
    #expect(slopes.elements == [0, 0, 1, 0, 1, 0])
  }
}
