/// Numbers in rows and columns.
struct Grid<Element: Numeric & Comparable> {
  let height: Int
  let width: Int
  /// The numbers, row by row.
  private(set) var elements: [Element]

  init(height: Int, width: Int, _ elements: [Element]) {
    precondition(elements.count == height * width, "a number for each place")
    (self.height, self.width, self.elements) = (height, width, elements)
  }

  /// A grid of zeros.
  init(height: Int, width: Int) {
    self.init(height: height, width: width, Array(repeating: 0, count: height * width))
  }

  subscript(y: Int, x: Int) -> Element {
    get { elements[y * width + x] }
    set { elements[y * width + x] = newValue }
  }

  /// The grid with rows and columns exchanged.
  var transposed: Grid {
    Grid(height: width, width: height, (0..<width).flatMap { x in (0..<height).map { self[$0, x] } })
  }

  /// The grid with rows and columns of zeros all around.
  func padded(by margin: Int) -> Grid {
    var result = Grid(height: height + 2 * margin, width: width + 2 * margin)
    for y in 0..<height {
      for x in 0..<width { result[y + margin, x + margin] = self[y, x] }
    }
    return result
  }

  /// The sum of each number and its eight neighbours; outside are zeros.
  var sumsOfNine: Grid {
    func rowSums(_ grid: Grid) -> Grid {
      var result = grid
      for y in 0..<grid.height {
        for x in 0..<grid.width {
          if x > 0 { result[y, x] += grid[y, x - 1] }
          if x + 1 < grid.width { result[y, x] += grid[y, x + 1] }
        }
      }
      return result
    }
    return rowSums(rowSums(self).transposed).transposed
  }

  /// The greatest number of the square of (2·radius + 1)² around each place.
  func maxima(radius: Int) -> Grid {
    func rowMaxima(_ grid: Grid) -> Grid {
      var result = grid
      for y in 0..<grid.height {
        for x in 0..<grid.width {
          for other in max(0, x - radius)...min(grid.width - 1, x + radius) {
            result[y, x] = max(result[y, x], grid[y, other])
          }
        }
      }
      return result
    }
    return rowMaxima(rowMaxima(self).transposed).transposed
  }
}
