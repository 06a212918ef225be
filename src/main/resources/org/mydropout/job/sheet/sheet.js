"use strict";

const sheet = JSON.parse(document.getElementById("data").textContent);
const style = getComputedStyle(document.documentElement);
const main = document.getElementById("main");
const hint = document.getElementById("hint");
const mark = document.getElementById("mark");
const SVG = "http://www.w3.org/2000/svg";
const count = new Intl.NumberFormat("en-US");

/** The longest line of a heat strip, in elements. */
const STRIP = 256;

/** The most elements of strips that stand side by side. */
const SHORT = 3;

/** How many records stand below each other in a block of images. */
const BLOCK = 5;

function element(parent, name, properties = {}, text) {
  const child = document.createElement(name);
  Object.assign(child, properties);
  if (text !== undefined) child.textContent = text;
  parent.append(child);
  return child;
}

function svgElement(parent, name, attributes, text) {
  const child = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, value);
  if (text !== undefined) child.textContent = text;
  parent.append(child);
  return child;
}

/** Decodes little-endian numbers, which every browser's typed arrays are. */
function decode(base64, Type) {
  const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
  return new Type(bytes.buffer);
}

/** What is decoded when it is first looked at. */
function lazily(make) {
  let made;
  return () => made ??= make();
}

/** How the elements of an array of this size lie in a picture, all channels of a pixel in one cell. */
function layout(size) {
  const [height, width, channels] = sheet.shape ?? [];
  if (sheet.shape && height * width * channels === size) return {width, height, channels, image: true};
  const columns = Math.max(1, Math.min(size, STRIP));
  return {width: columns, height: Math.max(1, Math.ceil(size / columns)), channels: 1, image: false};
}

function color(name) {
  const text = style.getPropertyValue("--" + name).trim();
  return [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16));
}

function blend(from, to, share) {
  return from.map((value, i) => value + (to[i] - value) * share);
}

/** Fills a canvas, one canvas pixel for each pixel of the picture. */
function paint(canvas, place, size, colorAt) {
  canvas.width = place.width;
  canvas.height = place.height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(place.width, place.height);
  for (let pixel = 0; pixel * place.channels < size; pixel++) {
    const [r, g, b] = colorAt(pixel * place.channels);
    image.data.set([r, g, b, 255], pixel * 4);
  }
  context.putImageData(image, 0, 0);
}

/** The colours of values: gray or RGB for images, blue above and orange below zero otherwise. */
function valueColors(values, place) {
  const {low, high} = sheet.scale;
  const odd = color("odd");
  if (place.image) {
    const level = v => 255 * Math.min(1, Math.max(0, (v - low) / (high - low || 1)));
    return at => {
      const cell = Array.from(values.subarray(at, at + place.channels));
      if (!cell.every(Number.isFinite)) return odd;
      return place.channels === 3 ? cell.map(level) : Array(3).fill(level(cell[0]));
    };
  }
  const zero = color("zero"), plus = color("plus"), minus = color("minus");
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  return at => {
    const v = values[at];
    if (!Number.isFinite(v)) return odd;
    return blend(zero, v < 0 ? minus : plus, Math.min(1, Math.abs(v) / most));
  };
}

/** The colours of a mask: what is dropped stands out; between for pixels of several channels. */
function maskColors(kept, place) {
  const dropped = color("dropped"), zero = color("zero"), quiet = color("line");
  const base = blend(zero, quiet, .6);
  return at => {
    let drops = 0;
    for (let i = at; i < at + place.channels; i++) drops += kept(i) ? 0 : 1;
    return blend(base, dropped, drops / place.channels);
  };
}

/** What is known of one picture. */
function picture(data, before) {
  const values = lazily(() => decode(data.values, Float32Array));
  const draws = sheet.layers.map((layer, i) => data.draws?.[i] === undefined ? undefined
      : lazily(() => decode(data.draws[i], layer.bits > 32 ? Float64Array : Uint32Array)));
  return {
    ...data, values, before,
    size: data.size,
    draw: (layer, index) => draws[layer]?.()[index],
    kept: index => sheet.layers.every((layer, i) => {
      const draw = draws[i]?.()[index];
      return draw === undefined || draw < layer.threshold;
    }),
    masked: draws.some(draw => draw !== undefined),
  };
}

/** A number in the fewest digits that read as its float32. */
function shortest(value) {
  if (!Number.isFinite(value) || Object.is(value, -0)) return Object.is(value, -0) ? "-0" : String(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(Number(value.toPrecision(9)));
}

function position(index, where) {
  if (!where.image) return "";
  const pixel = Math.floor(index / where.channels);
  return ` (row ${Math.floor(pixel / where.width)}, column ${pixel % where.width})`;
}

/** What a layer drew for an element and compared it with; nothing where it drew none. */
function drawn(shown, index) {
  return sheet.layers.flatMap((layer, i) => {
    const draw = shown.draw(i, index);
    if (draw === undefined) return [];
    const unit = 2 ** layer.bits;
    const isKept = draw < layer.threshold;
    const sign = isKept ? "<" : "≥";
    const name = sheet.layers.length > 1 ? layer.name + ": " : "";
    return [{
      line: `${name}draw ${(draw / unit).toFixed(7)} ${sign} threshold ${(layer.threshold / unit).toFixed(7)}: `
          + (isKept ? "kept" : "dropped"),
      integers: `in integers ${draw} ${sign} ${layer.threshold}`,
    }];
  });
}

function describe(shown, index, where) {
  const value = shortest(shown.values()[index]);
  const before = shown.before?.();
  const head = `${shown.label}, index ${index}${position(index, where)}`;
  if (shown.isOriginal) return `${head}\nvalue ${value}`;
  const lines = [head];
  if (before && before.length === shown.size) lines.push(`before ${shortest(before[index])}`);
  lines.push(`after ${value}`);
  for (const draw of drawn(shown, index)) lines.push(draw.line, draw.integers);
  return lines.join("\n");
}

/** The channels of a pixel, whose first element has this index. */
function describePixel(shown, index, where) {
  if (where.channels === 1) return describe(shown, index, where);
  const lines = [shown.label + position(index, where)];
  const before = shown.before?.();
  for (let i = index; i < index + where.channels; i++) {
    const value = shortest(shown.values()[i]);
    lines.push(`index ${i}: ` + (shown.isOriginal || !before ? value : `before ${shortest(before[i])}, after ${value}`));
    for (const draw of drawn(shown, i)) lines.push("  " + draw.line);
  }
  return lines.join("\n");
}

/** Shows a text beside a place of the window. */
function show(text, x, y) {
  hint.textContent = text;
  hint.hidden = false;
  const box = hint.getBoundingClientRect();
  const left = x + 14 + box.width > innerWidth ? x - box.width - 14 : x + 14;
  const top = y + 14 + box.height > innerHeight ? y - box.height - 14 : y + 14;
  hint.style.left = Math.max(4, left) + "px";
  hint.style.top = Math.max(4, top) + "px";
}

function hide() {
  hint.hidden = true;
  mark.hidden = true;
}

/** Tells of the pixel below the pointer, of a touch as well; the callback gets its first index. */
function onElement(canvas, where, size, text) {
  const at = event => {
    const box = canvas.getBoundingClientRect();
    const border = canvas.clientLeft;
    const cellWidth = canvas.clientWidth / where.width;
    const cellHeight = canvas.clientHeight / where.height;
    const column = Math.floor((event.clientX - box.left - border) / cellWidth);
    const row = Math.floor((event.clientY - box.top - border) / cellHeight);
    if (column < 0 || row < 0 || column >= where.width || row >= where.height) return hide();
    const index = (row * where.width + column) * where.channels;
    if (index >= size) return hide();
    show(text(index), event.clientX, event.clientY);
    mark.hidden = false;
    mark.style.left = box.left + border + column * cellWidth + "px";
    mark.style.top = box.top + border + row * cellHeight + "px";
    mark.style.width = cellWidth + "px";
    mark.style.height = cellHeight + "px";
  };
  canvas.addEventListener("pointermove", at);
  canvas.addEventListener("pointerdown", at);
  canvas.addEventListener("pointerleave", hide);
}

/** Everything that is painted again when the theme or the choice of values or masks changes. */
const painters = [];
const whenSeen = new IntersectionObserver(entries => {
  for (const entry of entries) {
    if (entry.isIntersecting) {
      entry.target.seen = true;
      entry.target.paint();
    }
  }
}, {rootMargin: "400px"});

function painted(parent, where, label, painter) {
  const canvas = element(parent, "canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  canvas.style.aspectRatio = where.image ? `${where.width} / ${where.height}` : "auto";
  if (!where.image) canvas.style.height = (where.height === 1 ? 18 : Math.max(3, Math.round(40 / where.height)) * where.height) + "px";
  if (!where.image) canvas.style.maxWidth = 64 * where.width + "px";
  canvas.width = where.width;
  canvas.height = where.height;
  canvas.paint = () => painter(canvas);
  painters.push(canvas);
  whenSeen.observe(canvas);
  return canvas;
}

function repaint() {
  painters.filter(canvas => canvas.seen).forEach(canvas => canvas.paint());
}

let showsMasks = false;

function drawPicture(parent, shown) {
  const where = layout(shown.size);
  const canvas = painted(parent, where, shown.label + (shown.kept_text ? ": " + shown.kept_text : ""), canvas =>
      paint(canvas, where, shown.size, showsMasks && shown.masked && !shown.isOriginal
          ? maskColors(shown.kept, where) : valueColors(shown.values(), where)));
  onElement(canvas, where, shown.size, index => describePixel(shown, index, where));
  return canvas;
}

function verdict() {
  for (const layer of sheet.layers) {
    const box = element(main, "section", {className: "card verdict" + (layer.verdict.expected ? "" : " unexpected")});
    element(box, "b", {}, layer.verdict.expected ? "✓ " : "✗ ");
    element(box, "span", {className: "sentence"}, (sheet.layers.length > 1 ? layer.name + ", " : "") + layer.verdict.sentence);
  }
  for (const check of sheet.checks) {
    const box = element(main, "section", {className: "card verdict" + (check.expected ? "" : " unexpected")});
    element(box, "b", {}, check.expected ? "✓ " : "✗ ");
    element(box, "span", {className: "sentence"}, check.sentence);
  }
}

function pictures() {
  const card = element(main, "section", {className: "card"});
  const bar = element(card, "div", {className: "bar"});
  element(bar, "h2", {}, "Records");
  if (sheet.layers.length > 0) {
    const choice = element(bar, "div", {className: "choice"});
    for (const [text, masks] of [["values", false], ["masks", true]]) {
      const label = element(choice, "label");
      const radio = element(label, "input", {type: "radio", name: "shows", checked: !masks});
      label.append(text);
      radio.addEventListener("change", () => { showsMasks = masks; repaint(); });
    }
  }
  if (sheet.omitted > 0) {
    element(card, "p", {className: "quiet"}, `The first ${count.format(sheet.rows.length)} of `
        + `${count.format(sheet.rows.length + sheet.omitted)} records are shown; the verdict and the plots below are of all.`);
  }
  const rows = sheet.rows.map(row => {
    const before = row.before === undefined ? undefined : lazily(() => decode(row.before, Float32Array));
    return {
      id: row.id,
      original: before && {label: `id ${row.id}, original`, values: before, size: row.size, isOriginal: true},
      pictures: row.pictures.map(data => ({...picture(data, before), kept_text: data.note,
        label: `id ${row.id}, step ${data.step}`})),
    };
  });
  const isImages = sheet.shape !== undefined;
  (isImages ? imageGrid : stripGrid)(element(card, "div", {className: "scroll"}), rows);
  const legend = element(card, "div", {className: "legend"});
  if (!isImages) {
    const item = element(legend, "span", {}, shortest(Math.fround(-extent())));
    const ramp = element(item, "span", {className: "ramp"});
    ramp.style.background = "linear-gradient(to right, var(--minus), var(--zero), var(--plus))";
    item.append(shortest(Math.fround(extent())));
  }
  element(legend, "span", {}, "Point at an element for its values" + (sheet.layers.length ? ", draw and threshold." : "."));
}

function extent() {
  return Math.max(Math.abs(sheet.scale.low), Math.abs(sheet.scale.high));
}

/** Images in blocks of a few records, which stand side by side where there is room. */
function imageGrid(parent, rows) {
  const columns = Math.max(...rows.map(row => row.pictures.length), 1);
  const steps = rows[0]?.pictures.map(shown => shown.step) ?? [];
  const isRegular = rows.every(row => row.pictures.every((shown, i) => shown.step === steps[i]));
  const width = sheet.shape[1] > 64 ? 140 : 96;
  const blocks = element(parent, "div", {className: "blocks"});
  for (let first = 0; first < rows.length; first += BLOCK) {
    const grid = element(blocks, "div", {className: "images"});
    grid.style.gridTemplateColumns = `minmax(1.8rem, auto) repeat(${columns + 1}, minmax(44px, ${width}px))`;
    element(grid, "div", {className: "head id"}, "id");
    element(grid, "div", {className: "head"}, "original");
    for (let i = 0; i < columns; i++) element(grid, "div", {className: "head"}, isRegular ? `step ${steps[i]}` : "");
    for (const row of rows.slice(first, first + BLOCK)) {
      element(grid, "div", {className: "id"}, row.id);
      if (row.original) drawPicture(grid, row.original);
      else element(grid, "div", {className: "none"}, "not known");
      for (let i = 0; i < columns; i++) {
        const shown = row.pictures[i];
        if (!shown) element(grid, "div", {className: "none"}, "none");
        else if (isRegular) drawPicture(grid, shown);
        else {
          const box = element(grid, "div");
          drawPicture(box, shown);
          element(box, "div", {className: "head"}, `step ${shown.step}`);
        }
      }
    }
  }
}

/** Strips below each other; records of few elements side by side where there is room. */
function stripGrid(parent, rows) {
  const longest = Math.max(...rows.flatMap(row => row.pictures.map(shown => shown.size)), 1);
  const isShort = longest <= SHORT;
  const blocks = element(parent, "div", {className: isShort ? "blocks" : ""});
  let grid;
  for (const row of rows) {
    if (isShort || !grid) {
      grid = element(blocks, "div", {className: "strips"});
      if (isShort) grid.style.gridTemplateColumns = `3.5rem ${64 * longest}px`;
    }
    const lines = (row.original ? [[`id ${row.id}`, row.original]] : [])
        .concat(row.pictures.map((shown, i) => [(row.original || i ? "" : `id ${row.id}, `) + `step ${shown.step}`, shown]));
    lines.forEach(([text, shown], i) => {
      element(grid, "div", {className: "id" + (i ? "" : " first")}, text);
      const canvas = drawPicture(grid, shown);
      if (!i) canvas.classList.add("first");
    });
  }
}

/** Kept ratios of the masks beside the binomial expectation. */
function histogram(parent, layer) {
  const card = element(parent, "section", {className: "card"});
  element(card, "h2", {}, "Kept ratios" + suffix(layer));
  element(card, "p", {className: "quiet"}, "How many masks keep which share of their elements.");
  const box = element(card, "div");
  const legend = element(card, "div", {className: "legend"});
  for (const [name, text] of [["accent", "masks"], ["expected", "binomial expectation"]]) {
    const item = element(legend, "span");
    element(item, "i").style.background = `var(--${name})`;
    item.append(text);
  }
  const draw = () => {
    box.textContent = "";
    const bins = layer.ratios;
    if (bins.length === 0) return;
    const width = Math.max(280, box.clientWidth), height = 220, left = 40, bottom = 34, top = 8, right = 12;
    const svg = svgElement(box, "svg", {viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Histogram of kept ratios"});
    const most = Math.max(1, ...bins.map(bin => Math.max(bin.masks, bin.expected)));
    const from = bins[0].from, to = bins[bins.length - 1].to;
    const x = value => left + (value - from) / (to - from) * (width - left - right);
    const y = value => height - bottom - value / most * (height - bottom - top);
    for (const tick of ticks(0, most, 4).filter(Number.isInteger)) {
      svgElement(svg, "line", {x1: left, x2: width - right, y1: y(tick), y2: y(tick), stroke: "var(--line)"});
      svgElement(svg, "text", {x: left - 6, y: y(tick) + 4, "text-anchor": "end"}, count.format(tick));
    }
    for (const tick of ticks(Math.max(0, from), Math.min(1, to), Math.floor(width / 75))) {
      svgElement(svg, "text", {x: x(tick), y: height - bottom + 16, "text-anchor": "middle"}, String(tick));
    }
    svgElement(svg, "text", {x: (left + width - right) / 2, y: height - 4, "text-anchor": "middle"}, "kept ratio");
    bins.forEach(bin => {
      svgElement(svg, "rect", {x: x(bin.from) + .75, width: Math.max(1, x(bin.to) - x(bin.from) - 1.5), y: y(bin.masks),
        height: y(0) - y(bin.masks), fill: "var(--accent)"});
    });
    svgElement(svg, "polyline", {fill: "none", stroke: "var(--expected)", "stroke-width": 2, "stroke-linejoin": "round",
      points: bins.map(bin => `${(x(bin.from) + x(bin.to)) / 2},${y(bin.expected)}`).join(" ")});
    bins.forEach(bin => {
      if (bins.length === 1) svgElement(svg, "circle", {cx: (x(bin.from) + x(bin.to)) / 2, cy: y(bin.expected), r: 4, fill: "var(--expected)"});
      const zone = svgElement(svg, "rect", {x: x(bin.from), width: x(bin.to) - x(bin.from), y: top, height: height - bottom - top,
        fill: "transparent", class: "bin"});
      const tell = event => show(`kept ratio ${bin.from.toFixed(4)} to ${bin.to.toFixed(4)}\n`
          + `${count.format(bin.masks)} masks, ${bin.expected.toFixed(1)} expected`, event.clientX, event.clientY);
      zone.addEventListener("pointermove", tell);
      zone.addEventListener("pointerdown", tell);
      zone.addEventListener("pointerleave", hide);
    });
  };
  draw();
  let width = box.clientWidth;
  new ResizeObserver(() => {
    if (box.clientWidth !== width) { width = box.clientWidth; draw(); }
  }).observe(box);
}

/** Round numbers between two, about so many. */
function ticks(from, to, wanted) {
  const rough = (to - from) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(s => s >= rough) ?? power;
  const result = [];
  for (let i = Math.ceil(from / step); i * step <= to + step * 1e-9; i++) result.push(Number((i * step).toPrecision(12)));
  return result;
}

/** The keep rate of each position, as its distance from the expected one. */
function positions(parent, layer) {
  const card = element(parent, "section", {className: "card"});
  element(card, "h2", {}, "Keep rate by position" + suffix(layer));
  element(card, "p", {className: "quiet"}, "How often each element is kept, in standard deviations from the expected rate.");
  const hits = decode(layer.positions.hits, Uint32Array);
  const trials = decode(layer.positions.trials, Uint32Array);
  const where = layout(hits.length);
  const deviation = index => {
    const expected = trials[index] * layer.keep;
    return (hits[index] - expected) / Math.sqrt(expected * (1 - layer.keep) || 1);
  };
  const box = element(card, "div");
  if (where.image) box.style.maxWidth = "20rem";
  const canvas = painted(box, where, "Keep rate of each position", canvas => {
    const zero = color("zero"), plus = color("plus"), minus = color("minus");
    paint(canvas, where, hits.length, at => {
      let sum = 0;
      for (let i = at; i < at + where.channels; i++) sum += deviation(i) / where.channels;
      return blend(zero, sum < 0 ? minus : plus, Math.min(1, Math.abs(sum) / 5));
    });
  });
  const tell = index => `index ${index}: ` + (trials[index]
      ? `kept by ${count.format(hits[index])} of ${count.format(trials[index])} masks, `
      + `${(trials[index] * layer.keep).toFixed(1)} expected, ${deviation(index).toFixed(2)} standard deviations`
      : "not known");
  onElement(canvas, where, hits.length, index => [`position${position(index, where) || " " + index}`]
      .concat(Array.from({length: where.channels}, (_, channel) => tell(index + channel))).join("\n"));
  const legend = element(card, "div", {className: "legend"});
  const item = element(legend, "span", {}, "-5");
  element(item, "span", {className: "ramp"}).style.background = "linear-gradient(to right, var(--minus), var(--zero), var(--plus))";
  item.append("+5");
}

function suffix(layer) {
  return sheet.layers.length > 1 ? " of " + layer.name : "";
}

document.title = sheet.title;
document.getElementById("title").textContent = sheet.title;
document.getElementById("command").textContent = sheet.command;
for (const text of sheet.options) element(document.getElementById("options"), "li", {}, text);
verdict();
pictures();
for (const layer of sheet.layers) {
  const pair = element(main, "div", {className: "pair"});
  histogram(pair, layer);
  positions(pair, layer);
}
if (sheet.python) {
  const card = element(main, "section", {className: "card"});
  element(card, "h2", {}, "The same in Python");
  element(card, "pre", {}, sheet.python);
}
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
addEventListener("scroll", hide, {passive: true, capture: true});
