extension ComparisonPageInBrowserTests {
  /// The functions of a script that examines a page.
  static let examination = """
    const colour = (text) => (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    /** The relative luminance of WCAG 2. */
    const luminance = ([red, green, blue]) => {
      const linear = [red, green, blue].map((value) => value / 255)
        .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const contrast = (one, other) => {
      const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    };
    const ground = (element) => {
      for (let box = element; box; box = box.parentElement) {
        const background = colour(getComputedStyle(box).backgroundColor);
        if ((background[3] ?? 1) === 1) return background;
      }
      return [255, 255, 255];
    };
    function textNodes() {
      const nodes = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        if (walker.currentNode.data.trim() && walker.currentNode.parentElement.localName !== 'title') {
          nodes.push(walker.currentNode);
        }
      }
      return nodes;
    }
    function examine() {
      const weak = textNodes().filter(({ parentElement }) => {
        const style = getComputedStyle(parentElement);
        const ink = colour(parentElement instanceof SVGElement ? style.fill : style.color);
        return contrast(ink, ground(parentElement)) < 4.5 || parseFloat(style.fontSize) < 14;
      }).map((node) => node.data);
      const weakCurves = all('.curve, .swatch line')
        .filter((line) => contrast(colour(getComputedStyle(line).stroke), ground(line)) < 3)
        .map((line) => line.outerHTML);
      const isNamed = (picture) => picture.getAttribute('alt') || picture.getAttribute('aria-label') ||
        picture.closest('[aria-hidden=true]');
      const tables = all('table').every((table) => table.caption?.textContent &&
        all('th', table).every((cell) => cell.scope) && all('tr', table).every((row) => row.cells[0].localName === 'th'));
      return {
        isDark: matchMedia('(prefers-color-scheme: dark)').matches,
        levels: all('h1, h2, h3, h4, h5, h6').map((heading) => Number(heading.localName[1])),
        unnamed: all('img, svg').filter((picture) => !isNamed(picture)).map((picture) => picture.outerHTML),
        weak, weakCurves, tables,
        isTooWide: document.documentElement.scrollWidth > innerWidth,
        language: document.documentElement.lang,
      };
    }
    """
}
