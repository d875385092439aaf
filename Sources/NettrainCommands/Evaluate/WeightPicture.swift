/// The picture of the first layer's weights: an image for each of its neurons, one pixel for each input.
///
/// Blue is negative and orange positive, which the colour-blind tell apart; both deepen with the size of the weight, and all
/// neurons share one scale.
struct WeightPicture {
  /// The weights of each neuron, as rows of an image.
  let neurons: [[[Double]]]

  /// The width and height of the picture in pixels.
  var size: (width: Int, height: Int) {
    let (tiles, width) = (tiles, 1000)
    let height = Self.share * Double(width) * Double(tiles.count) / Double(tiles[0].count)
    // A higher picture cannot be drawn: its pixels are wider than high.
    return (width, Int(min(height, 10_000).rounded()) + Self.heading)
  }

  /// The share of the width that the weights take, and the height of the heading in pixels.
  private static let (share, heading) = (0.86, 60)

  private var tiles: [[Double?]] { Gnuplot.tiled(neurons, columns: columnCount) }

  /// About as many columns as rows, as far as they can be drawn.
  private var columnCount: Int {
    let columns = (1...neurons.count).first { $0 * $0 >= neurons.count } ?? 1
    let (rowLimit, columnLimit) =
      (Gnuplot.greatestTileCount(side: neurons[0].count), Gnuplot.greatestTileCount(side: neurons[0][0].count))
    return max(min(columns, columnLimit), (neurons.count + rowLimit - 1) / rowLimit)
  }

  /// The commands of gnuplot.
  var commands: String {
    let greatest = neurons.reduce(0) { $1.reduce($0) { $1.reduce($0) { max($0, $1.magnitude) } } }
    let tiles = tiles
    let top = 1 - Double(Self.heading - 10) / Double(size.height)
    return """
      \(Gnuplot.matrix("tiles", tiles))
      unset key
      unset tics
      unset border
      set title 'Weights from the pixels to each of \(neurons.count) neurons'
      set xrange [-1:\(tiles[0].count)]
      set yrange [\(tiles.count):-1]
      set margins at screen 0.02, screen \(0.02 + Self.share), screen 0.01, screen \(top)
      set palette defined (-1 '#08519c', -0.4 '#6baed6', 0 '#ffffff', 0.4 '#fdae6b', 1 '#a63603')
      set cbrange [\(-greatest):\(greatest)]
      set cbtics
      plot $tiles matrix with image
      """
  }
}
