import Foundation
import Images
import TestSupport
import Testing

/// Pages in a real browser, of which one at a time runs: each has many processes.
@Suite(
  "Pages in Chromium", .serialized,
  .enabled(if: hasChromium, "chromium is not installed; scripts/setup chromium installs it"))
struct PageInBrowserTests {
  /// Trains a model, writes its page and runs a script there, which finds no fault.
  func check(
    _ training: String, _ script: String, _ body: ([String: Any], String) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      try await train(training, "model", in: folder)
      #expect(try await nettrain("page", "model", "page.html", in: folder).status == 0)
      let findings = try await browse(folder + "/page.html", script)
      #expect(findings.faults == [])
      try await body(try #require(findings.value as? [String: Any]), folder)
    }
  }

  func train(_ options: String, _ name: String, in folder: String) async throws {
    let outcome = try await shell("\"$nettrain\" \(options) --quiet --save \(name)", in: folder)
    try #require(outcome.status == 0, "\(outcome.error)")
  }

  @Test("a page begins with an example that is read, and its buttons show others, clear and undo")
  func buttons() async throws {
    let script = """
      const begin = answersShown()[0].read;
      const press = async (id) => {
        document.getElementById(id).click();
        await shownAgain();
        return answersShown()[0];
      };
      const examples = [];
      for (let count = 0; count < 10; count += 1) examples.push((await press('example')).read);
      const cleared = await press('clear');
      const again = await press('undo');
      return { begin, examples, cleared, again: again.read, title: document.title };
      """
    try await check("--epochs 10 --hidden 100", script) { value, _ in
      let examples = try #require(value["examples"] as? [String])
      #expect(value["begin"] as? String == "3")
      #expect(examples == "4567890123".map(String.init))
      let cleared = try #require(value["cleared"] as? [String: Any])
      #expect(cleared["read"] as? String == "–" && cleared["sum"] as? String == "–")
      #expect(cleared["outputs"] as? [String] == Array(repeating: "–", count: 10))
      #expect(cleared["image"] as? [Int] == Array(repeating: 0, count: 784))
      #expect(value["again"] as? String == examples.last)
      #expect(value["title"] as? String == "Draw a digit")
    }
  }

  @Test("a pointer draws strokes, also from outside the drawing area, and Ctrl+Z takes back the last")
  func strokes() async throws {
    let script = """
      document.getElementById('clear').click();
      const ink = () => [[50, 20], [50, 80], [80, 50], [20, 20]].map(([x, y]) => greys(paper)[
        Math.floor(y * paper.height / 100) * paper.width + Math.floor(x * paper.width / 100)]);
      const before = ink();
      stroke([50, 10], [50, 90]);
      const vertical = ink();
      await shownAgain();
      const read = answersShown()[0].read;
      stroke([50, 50], [130, 50], [80, 50]);
      const both = ink();
      point('pointermove', [20, 20]);
      const after = ink();
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true }));
      const undone = ink();
      document.getElementById('clear').click();
      stroke([20, 20]);
      return { before, vertical, read, both, after, undone, dot: ink() };
      """
    try await check("--epochs 10", script) { value, _ in
      #expect(value["before"] as? [Int] == [0, 0, 0, 0])
      #expect(value["vertical"] as? [Int] == [255, 255, 0, 0])
      #expect(value["read"] as? String == "1")
      #expect(value["both"] as? [Int] == [255, 255, 255, 0])
      #expect(value["after"] as? [Int] == [255, 255, 255, 0], "a pointer that is up does not draw")
      #expect(value["undone"] as? [Int] == [255, 255, 0, 0])
      #expect(value["dot"] as? [Int] == [0, 0, 0, 255])
    }
  }

  @Test("the keyboard draws: arrows move the pen, aslant if two are held, and space sets it down and lifts it")
  func keyboard() async throws {
    let script = """
      document.getElementById('clear').click();
      paper.focus();
      const visible = !document.getElementById('pen').hidden;
      press(' ');
      for (let count = 0; count < 14; count += 1) press('ArrowDown');
      press(' ');
      const ink = ([x, y]) => greys(paper)[Math.floor(y * 5.6) * 560 + Math.floor(x * 5.6)];
      const vertical = [[50, 25], [50, 50], [50, 75], [75, 50]].map(ink);
      press('ArrowRight');
      press('ArrowRight', { shiftKey: true });
      const lifted = greys(paper).filter((grey) => grey > 0).length;
      await shownAgain();
      const read = answersShown()[0].read;
      const words = await new Promise((resolve) => setTimeout(() => resolve(text('#spoken')), 1000));
      press('Delete');
      const cleared = greys(paper).some((grey) => grey > 0);
      press('Backspace');
      const undone = greys(paper).filter((grey) => grey > 0).length;
      press('Delete');
      press(' ');
      for (const key of ['ArrowLeft', 'ArrowUp']) {
        paper.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      }
      for (let count = 0; count < 9; count += 1) {
        paper.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true, repeat: true }));
      }
      const pen = document.getElementById('pen');
      return { visible, vertical, lifted, read, words, cleared, undone, left: pen.style.left, top: pen.style.top };
      """
    try await check("--epochs 10", script) { value, _ in
      #expect(value["visible"] as? Bool == true)
      #expect(value["vertical"] as? [Int] == [255, 255, 255, 0])
      #expect(value["read"] as? String == "1")
      let words = try #require(value["words"] as? String)
      #expect(words.wholeMatch(of: /model reads 1, output \d\.\d\d/) != nil, "\(words)")
      #expect(value["cleared"] as? Bool == false)
      #expect(value["undone"] as? Int == value["lifted"] as? Int)
      // From 54.5 % and 75 % by 11 steps to the left and 10 up, each of 1/28.
      let left = try #require(Double((value["left"] as? String ?? "").dropLast()))
      let top = try #require(Double((value["top"] as? String ?? "").dropLast()))
      #expect(abs(left - (50 + 100 / 28.0 + 100 / 112.0 - 1100 / 28.0)) < 0.01, "\(left)")
      #expect(abs(top - (75 - 1000 / 28.0)) < 0.01, "\(top)")
    }
  }

  @Test("a drawing is prepared as a picture of it is, to one grey level")
  func preparation() async throws {
    let script = """
      const drawings = [
        () => drawing.showExample(0), () => drawing.showExample(8),
        () => stroke([50, 50]), () => stroke([0, 0], [100, 100]), () => stroke([2, 3], [98, 3], [97, 99], [1, 96]),
        () => {
          for (let x = 0; x < 100; x += 7) stroke([x, 30], [x, 60]);
        },
      ];
      const results = [];
      for (const draw of drawings) {
        drawing.clear();
        draw();
        await shownAgain();
        const canvas = btoa(greys(paper).map((grey) => String.fromCharCode(grey)).join(''));
        results.push({ canvas, image: answersShown()[0].image });
      }
      return { results, small: prepareAll() };

      function prepareAll() {
        return \(Self.pictures.map { [$0.width, $0.height] }).map(([width, height], index) => {
          const bytes = Uint8Array.from(atob(pictures[index]), (character) => character.charCodeAt(0));
          return [28, 14].map((side) => [...(prepare(bytes, width, height, side) ?? new Uint8Array(side * side))]);
        });
      }
      """
    let pictures = Self.pictures.map { Data($0.pixels).base64EncodedString() }
    try await check("--epochs 0", "const pictures = \(pictures);\n" + script) { value, _ in
      func isSame(_ image: [Int]?, as picture: GreyImage, side: Int = 28) throws -> Bool {
        let digit = picture.digit(side: side) ?? Array(repeating: 0, count: side * side)
        return try zip(#require(image), digit).allSatisfy { abs($0 - Int($1)) <= 1 }
      }
      let results = try #require(value["results"] as? [[String: Any]])
      #expect(results.count == 6)
      for result in results {
        let bytes = try #require(Data(base64Encoded: result["canvas"] as? String ?? ""))
        let picture = GreyImage(width: 560, height: 560, pixels: Array(bytes))
        #expect(try isSame(result["image"] as? [Int], as: picture))
      }
      let small = try #require(value["small"] as? [[[Int]]])
      #expect(small.count == Self.pictures.count)
      #expect(small.allSatisfy { $0[0].count == 784 && $0[1].count == 196 })
      #expect(small.map { $0[0].contains(255) } == (0..<24).map { $0 < 23 }, "the last has no ink")
      for (images, picture) in zip(small, Self.pictures) {
        #expect(try isSame(images[0], as: picture) && isSame(images[1], as: picture, side: 14))
      }
    }
  }

  /// Pictures of two strokes, thick and thin, dark and light, on even and uneven paper with noise; the last has no ink.
  private static let pictures = (0..<24).map { number in
    let (width, height) = (40 + 7 * (number % 9), 40 + 5 * (number % 11))
    let thickness = [1, 2, 6][number % 3]
    var noise = number
    let pixels = (0..<width * height).map { index in
      let (x, y) = (index % width, index / width)
      noise = (noise * 1_103_515_245 + 12345) % 2_147_483_648
      let isUneven = number % 4 > 1
      let paper = 40 + 30 * (number % 5) + (isUneven ? 50 * x / width + 40 * y * y / (height * height) : 0)
      let isInk = abs(x - y / 2 - 10) < thickness || abs(y - height / 2) < thickness && x > 15
      let ink = isInk && number < 23 && (8..<height - 8).contains(y) ? (number % 2 == 0 ? 90 : -40 - paper / 3) : 0
      return UInt8(min(255, max(0, paper + ink + noise >> 16 % (number % 7 + 1))))
    }
    return GreyImage(width: width, height: height, pixels: pixels)
  }

  @Test("at least 95 of 100 bundled digits, painted on the drawing area, are read as the originals are")
  func bundledDigits() async throws {
    let images = try await shell(
      "gzip -dc \(root)/data/t10k-images-idx3-ubyte.gz | tail -c +17 | head -c 78400 | base64 -w 0")
    let script = """
      const bytes = Uint8Array.from(atob('\(images.output)'), (c) => c.charCodeAt(0));
      const network = new Network(models[0]);
      const small = document.createElement('canvas');
      const misses = [];
      for (let index = 0; index < 100; index += 1) {
        const image = bytes.slice(784 * index, 784 * (index + 1));
        showImage(small, image, 28);
        const context = paper.getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(small, 0, 0, paper.width, paper.height);
        answer();
        const original = String(indexOfGreatest(network.propagate(image).outputs));
        if (answersShown()[0].read !== original) misses.push([index, original, answersShown()[0].read]);
      }
      return { misses };
      """
    try await check("--epochs 10 --hidden 100 --output sigmoid --seed 1", script) { value, _ in
      let misses = try #require(value["misses"] as? [[Any]])
      #expect(misses.count <= 5, "\(misses)")
    }
  }
}
