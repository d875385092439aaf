/// The ink of a picture, cut out: steps 3 to 5 of the preparation.
struct InkBox {
  /// How much of the paper's light the ink takes away, from 0 to 255, in the least rectangle that has all ink.
  let grid: Grid<Int>

  /// The ink of a picture; `nil` if nothing stands out from its background.
  init?(of picture: Grid<Int>) {
    let (ink, noise) = Self.ink(picture, PaperLight.light(of: picture))
    let sums = ink.sumsOfNine
    let greatest = sums.elements.max() ?? 0
    guard greatest >= 9 * max(12, 3 * noise) else { return nil }
    var isInk = Grid<Int>(height: ink.height, width: ink.width)
    var (top, bottom, left, right) = (Int.max, Int.min, Int.max, Int.min)
    for y in 0..<ink.height {
      for x in 0..<ink.width {
        let isStrong = 10 * sums[y, x] >= 3 * greatest && 60 * ink[y, x] >= greatest
        guard isStrong && ink[y, x] > 4 * noise else { continue }
        isInk[y, x] = 1
        (top, bottom, left, right) = (min(top, y), max(bottom, y), min(left, x), max(right, x))
      }
    }
    guard top <= bottom else { return nil }
    // Pixels that are neither ink nor beside it are noise.
    let near = isInk.sumsOfNine
    grid = Grid(
      height: bottom - top + 1, width: right - left + 1,
      (top...bottom).flatMap { y in (left...right).map { near[y, $0] > 0 ? ink[y, $0] : 0 } })
  }

  /// Step 4: the share of light that each pixel takes away, and the noise in it.
  private static func ink(_ picture: Grid<Int>, _ light: [Double]) -> (ink: Grid<Int>, noise: Int) {
    var light = light
    var differences = zip(light, picture.elements).map { Int(($0 - Double($1) + 0.5).rounded(.down)) }
    let threshold = 4 * noise(differences) + 4
    let dark = differences.reduce(0) { $1 > threshold ? $0 + $1 : $0 }
    let bright = differences.reduce(0) { $1 < -threshold ? $0 - $1 : $0 }
    if dark < bright {
      differences = differences.map { -$0 }
      light = light.map { 255 - $0 }
    }
    let shares = zip(differences, light).map { Int((Double($0 * 255) / max(64, $1) + 0.5).rounded(.down)) }
    return (Grid(height: picture.height, width: picture.width, shares.map { max(0, $0) }), noise(shares))
  }

  /// Twice the quarter quantile of the magnitudes: of most pixels, which are paper, the lesser half.
  private static func noise(_ numbers: [Int]) -> Int {
    var counts: [Int] = []
    for number in numbers {
      let size = Int(number.magnitude)
      if size >= counts.count { counts += Array(repeating: 0, count: size + 1 - counts.count) }
      counts[size] += 1
    }
    var below = 0
    for (size, count) in counts.enumerated() {
      below += count
      if below > numbers.count / 4 { return 2 * size }
    }
    return 0
  }
}
