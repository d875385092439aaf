import Assessment

/// The picture of an assessment: the confusion matrix, the reliability of the activations, and the worst mistakes.
///
/// Its colours are shades of blue with black and white, which every eye tells apart.
struct EvaluationPicture {
  let assessment: Assessment
  /// The label that stands for class 0.
  let firstLabel: Int
  /// The images of the most confident mistakes, each as rows of pixels.
  let images: [(mistake: Assessment.Mistake, rows: [[UInt8]])]

  static let size = (width: 1080, height: 800)
  /// The greatest number of mistakes that are drawn.
  static let imageCount = 10

  /// The commands of gnuplot.
  var commands: String {
    """
    set multiplot
    unset key
    set border linecolor '#555555'
    set tics nomirror scale 0.5
    \(confusion)
    \(reliability)
    \(mistakes)
    unset multiplot
    """
  }

  /// A cell's colour is the share of its class that was misread so; those that are right are grey.
  private var confusion: String {
    let (matrix, classes) = (assessment.confusion, 0..<assessment.confusion.classCount)
    let greatest = classes.flatMap { label in classes.map { misreadShare(label, $0) } }.max() ?? 0
    let cells = classes.map { label in classes.map { label == $0 ? nil : 100 * misreadShare(label, $0) } }
    var counts: [String] = []
    // More classes could not be read.
    for label in classes where classes.count <= 20 {
      for read in classes where matrix[label, read] > 0 {
        let isDark = misreadShare(label, read) > 0.55 * greatest
        counts.append("\(read + firstLabel) \(label + firstLabel) \(matrix[label, read]) \(isDark ? 0xFFFFFF : 0)")
      }
    }
    let (first, last) = (Double(firstLabel) - 0.5, Double(firstLabel + classes.count) - 0.5)
    // Gnuplot draws no labels from an empty block or one of NaN; what lies outside the axes is not seen.
    return """
      \(Gnuplot.matrix("cells", cells))
      \(Gnuplot.block("counts", counts.isEmpty ? ["-9 -9 0 0"] : counts))
      set margins at screen 0.06, screen 0.46, screen 0.40, screen 0.93
      set title 'Images of each class, by what was read'
      set xlabel 'read as'
      set ylabel 'class'
      set xrange [\(first):\(last)]
      set yrange [\(last):\(first)]
      set xtics 0,\(classes.count > 20 ? 5 : 1)
      set ytics 0,\(classes.count > 20 ? 5 : 1)
      set palette defined (0 '#ffffff', 0.02 '#e3eef9', 0.5 '#6baed6', 1 '#08306b')
      set cbrange [0:\(max(100 * greatest, 0.01))]
      set cblabel 'misread, in % of the class'
      set colorbox
      set object 1 rectangle from graph 0,0 to graph 1,1 behind fillcolor '#dddddd' fillstyle solid noborder
      plot $cells matrix using ($1 + \(firstLabel)):($2 + \(firstLabel)):3 with image pixels, $counts using 1:2:3:4 with labels textcolor rgb variable
      unset object 1
      unset colorbox
      """
  }

  /// The share of a class that was misread as another.
  private func misreadShare(_ label: Int, _ read: Int) -> Double {
    let count = assessment.confusion.count(of: label)
    return label == read || count == 0 ? 0 : Double(assessment.confusion[label, read]) / Double(count)
  }

  /// The accuracy by activation, with Wilson's intervals.
  private var reliability: String {
    guard let calibration = assessment.calibration else {
      return note("Linear outputs are no probabilities.", x: 0.8, y: 0.665)
    }
    let bins = calibration.bins.compactMap { bin -> String? in
      guard let activation = bin.meanActivation, let accuracy = bin.accuracy else { return nil }
      let interval = WilsonInterval(successes: bin.correctCount, of: bin.count)
      return "\(activation) \(accuracy) \(interval.low) \(interval.high) \(bin.count)"
    }
    let error = Formatting.fixed(calibration.expectedError, decimals: 4)
    return """
      \(Gnuplot.block("bins", bins))
      set margins at screen 0.63, screen 0.97, screen 0.40, screen 0.93
      set title 'Share that is right, by activation (expected error \(error))'
      set xlabel 'activation of the class that was read'
      set ylabel 'share that is right, with 95 % intervals'
      set xrange [0:1]
      set yrange [0:1]
      set xtics 0,0.2
      set ytics 0,0.2
      set grid linecolor '#dddddd'
      plot x with lines linecolor '#999999' dashtype 2, \\
        $bins using 1:2:3:4 with yerrorbars linecolor '#08519c' linewidth 1.5 pointtype 7 pointsize 0.7, \\
        $bins using 1:2:(sprintf("%d", $5)) with labels left offset character 0.8,-0.6 textcolor '#333333' font ',10'
      unset grid
      """
  }

  /// A line of text in place of a panel.
  private func note(_ text: String, x: Double, y: Double) -> String {
    """
    unset title
    unset xlabel
    unset ylabel
    unset tics
    unset border
    set label 1 '\(text)' at screen \(x), screen \(y) center
    plot [0:1] [0:1] -1
    unset label 1
    """
  }

  private var mistakes: String {
    guard let width = images.first?.rows.first?.count else {
      return note("No image was misread.", x: 0.5, y: 0.15)
    }
    let columns = min(Self.imageCount, Gnuplot.greatestTileCount(side: width))
    let images = images.prefix(columns)
    let tiles = Gnuplot.tiled(images.map { $0.rows.map { $0.map(Double.init) } }, columns: columns)
    let step = tiles[0].count / columns
    let names = images.enumerated().map { index, image in
      let activation = Formatting.fixed(image.mistake.activation, decimals: 3)
      return
        "\(step * index + (step - 1) / 2) \"\(image.mistake.label + firstLabel), read as \(image.mistake.read + firstLabel)\\n\(activation)\""
    }
    return """
      \(Gnuplot.matrix("tiles", tiles))
      \(Gnuplot.block("names", names))
      set margins at screen 0.03, screen 0.97, screen 0.05, screen 0.21
      set title 'The most confident mistakes, with the activation of the class that was read' offset 0,1.8
      unset xlabel
      unset ylabel
      unset tics
      unset border
      set xrange [-0.5:\(tiles[0].count)]
      set yrange [\(tiles.count):-0.5]
      set cbrange [0:255]
      set palette gray negative
      plot $tiles matrix with image, $names using 1:(-0.5):2 with labels offset 0,1.2 font ',11'
      """
  }
}
