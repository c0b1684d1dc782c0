// The neurons of a memory in two dimensions, by likeness or by label; the best-matching unit lights up.

import { colourOf, colours, faint } from "./colours.js";
import { affect } from "./format.js";
import { canvasOf, wantsCalm, write } from "./page.js";

const MARGIN = 26;
const MOVE_MILLIS = 450;
const GLOW_MILLIS = 900;
const MOST_GLOWS = 12;
// For who wants less motion, another neuron is lit at most so often.
const CALM_MILLIS = 1000;
const REACH = 14;
// Edges of this age are half as strong.
const EDGE_HALF_AGE = 25;
const EDGE_STRENGTH = 0.7;
// Of many edges each is fainter, or the neurons could not be seen for them.
const EDGES_HALF_AS_STRONG = 500;

export class MemoryMap {
  #canvas;
  #readout;
  #memory = null;
  #byLabels = false;
  /** id -> {neuron, x, y, fromX, fromY, toX, toY}, in units of the plane. */
  #points = new Map();
  #degrees = new Map();
  #bounds = { x: [-1, 1], y: [-1, 1] };
  #movedAt = -Infinity;
  #glows = [];
  #picked = null;
  #isDirty = true;
  #drawnAs = "";

  constructor(canvas, readout) {
    this.#canvas = canvas;
    this.#readout = readout;
    canvas.addEventListener("pointermove", (event) => this.#pick(this.#nearest(event)));
    canvas.addEventListener("pointerdown", (event) => this.#pick(this.#nearest(event)));
    canvas.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param memory as the server sends it, or null for none */
  show(memory) {
    this.#memory = memory;
    const before = this.#points;
    this.#points = new Map();
    this.#degrees = new Map();
    for (const neuron of memory?.neurons ?? []) {
      const old = before.get(neuron.id);
      const [x, y] = this.#placeOf(neuron);
      this.#points.set(neuron.id, { neuron, x: old?.x ?? x, y: old?.y ?? y, toX: x, toY: y });
    }
    for (const [one, other] of memory?.edges ?? []) {
      this.#degrees.set(one, (this.#degrees.get(one) ?? 0) + 1);
      this.#degrees.set(other, (this.#degrees.get(other) ?? 0) + 1);
    }
    this.#move();
    if (this.#picked !== null) {
      this.#pick(this.#points.has(this.#picked) ? this.#picked : null);
    }
  }

  arrange(byLabels) {
    this.#byLabels = byLabels;
    for (const point of this.#points.values()) {
      [point.toX, point.toY] = this.#placeOf(point.neuron);
    }
    this.#move();
  }

  #placeOf({ x, y, arousal, valence }) {
    return this.#byLabels ? [valence, arousal] : [x, y];
  }

  #move() {
    for (const point of this.#points.values()) {
      point.fromX = point.x;
      point.fromY = point.y;
    }
    const to = [...this.#points.values()];
    this.#bounds = this.#byLabels
      ? { x: [-1, 1], y: [-1, 1] }
      : { x: extent(to.map((point) => point.toX)), y: extent(to.map((point) => point.toY)) };
    this.#movedAt = performance.now();
    this.#isDirty = true;
  }

  /** A frame came, and this neuron fitted best. */
  light(id) {
    const newest = this.#glows[this.#glows.length - 1];
    const isTooSoon = wantsCalm() && newest !== undefined && performance.now() - newest.at < CALM_MILLIS;
    if (this.#points.has(id) && !isTooSoon) {
      this.#glows = this.#glows.filter((glow) => glow.id !== id).slice(1 - MOST_GLOWS);
      this.#glows.push({ id, at: performance.now() });
      this.#isDirty = true;
    }
  }

  draw(now) {
    const look = `${colours.version} ${this.#canvas.clientWidth} ${this.#canvas.clientHeight} ${devicePixelRatio}`;
    if (!this.#isDirty && look === this.#drawnAs) {
      return;
    }
    const area = canvasOf(this.#canvas);
    if (area === null) {
      return;
    }
    this.#drawnAs = look;
    const share = wantsCalm() ? 1 : Math.min(1, (now - this.#movedAt) / MOVE_MILLIS);
    const eased = share * share * (3 - 2 * share);
    for (const point of this.#points.values()) {
      point.x = point.fromX + eased * (point.toX - point.fromX);
      point.y = point.fromY + eased * (point.toY - point.fromY);
    }
    this.#glows = this.#glows.filter(
      (glow, i) => now - glow.at < GLOW_MILLIS || i === this.#glows.length - 1,
    );
    const isStill = share === 1 && this.#glows.every((glow) => now - glow.at > GLOW_MILLIS);
    this.#isDirty = !isStill;
    this.#paint(area, now);
  }

  #paint({ context: c, width, height }, now) {
    if (this.#byLabels) {
      this.#axes(c, width, height);
    }
    const place = this.#scale(width, height);
    c.lineWidth = 1;
    const edges = this.#memory?.edges ?? [];
    const strength = EDGE_STRENGTH / (1 + edges.length / EDGES_HALF_AS_STRONG);
    for (const [one, other, age] of edges) {
      const [a, b] = [this.#points.get(one), this.#points.get(other)];
      if (a && b) {
        c.strokeStyle = faint(colours["strong-line"], strength / (1 + age / EDGE_HALF_AGE));
        c.beginPath();
        c.moveTo(...place(a));
        c.lineTo(...place(b));
        c.stroke();
      }
    }
    for (const glow of this.#glows) {
      const point = this.#points.get(glow.id);
      if (point) {
        const left = Math.max(0.25, 1 - (now - glow.at) / GLOW_MILLIS);
        const [x, y] = place(point);
        disc(c, x, y, radiusOf(point.neuron) + 5 + 9 * left, faint(colours.accent, 0.35 * left));
      }
    }
    c.lineWidth = 1;
    const outline = faint(colours.ink, 0.35);
    for (const point of this.#points.values()) {
      const { neuron } = point;
      const [x, y] = place(point);
      disc(c, x, y, radiusOf(neuron), colourOf(neuron.arousal, neuron.valence), outline);
    }
    if (this.#byLabels) {
      this.#lessons(c, place);
    }
    const best = this.#glows[this.#glows.length - 1];
    this.#ring(c, place, best?.id, colours.ink, 2.5);
    this.#ring(c, place, this.#picked, colours.accent, 2.5);
  }

  /** What was taught, where its label is; it is no neuron, and has no place by likeness. */
  #lessons(c, place) {
    c.lineWidth = 2;
    c.strokeStyle = colours.accent;
    for (const { arousal, valence } of this.#memory?.taught ?? []) {
      const [x, y] = place({ x: valence, y: arousal });
      c.beginPath();
      c.moveTo(x, y - 7);
      c.lineTo(x + 7, y);
      c.lineTo(x, y + 7);
      c.lineTo(x - 7, y);
      c.closePath();
      c.stroke();
    }
  }

  #ring(c, place, id, colour, lineWidth) {
    const point = this.#points.get(id);
    if (point) {
      const [x, y] = place(point);
      c.lineWidth = lineWidth;
      disc(c, x, y, radiusOf(point.neuron) + 2.5, null, colour);
    }
  }

  #axes(c, width, height) {
    c.strokeStyle = colours.line;
    c.lineWidth = 1;
    c.beginPath();
    c.moveTo(MARGIN, height / 2);
    c.lineTo(width - MARGIN, height / 2);
    c.moveTo(width / 2, MARGIN);
    c.lineTo(width / 2, height - MARGIN);
    c.stroke();
    c.fillStyle = colours.muted;
    c.font = "12px system-ui, sans-serif";
    c.textAlign = "center";
    c.fillText("aroused", width / 2, 16);
    c.fillText("calm", width / 2, height - 8);
    c.textAlign = "left";
    c.fillText("displeased", 8, height / 2 - 6);
    c.textAlign = "right";
    c.fillText("pleased", width - 8, height / 2 - 6);
  }

  /** From the plane to the canvas; by likeness one unit is as long across as down. */
  #scale(width, height) {
    const [left, right] = this.#bounds.x;
    const [bottom, top] = this.#bounds.y;
    let across = (width - 2 * MARGIN) / (right - left);
    let down = (height - 2 * MARGIN) / (top - bottom);
    if (!this.#byLabels) {
      across = down = Math.min(across, down);
    }
    const [middleX, middleY] = [(left + right) / 2, (bottom + top) / 2];
    return ({ x, y }) => [width / 2 + (x - middleX) * across, height / 2 - (y - middleY) * down];
  }

  #nearest(event) {
    const place = this.#scale(this.#canvas.clientWidth, this.#canvas.clientHeight);
    let [nearest, least] = [null, REACH * REACH];
    for (const [id, point] of this.#points) {
      const [x, y] = place(point);
      const distance = (x - event.offsetX) ** 2 + (y - event.offsetY) ** 2;
      if (distance < least) {
        [nearest, least] = [id, distance];
      }
    }
    return nearest;
  }

  #key(event) {
    const ids = [...this.#points.keys()];
    const at = ids.indexOf(this.#picked);
    const next = {
      ArrowRight: at + 1,
      ArrowDown: at + 1,
      ArrowLeft: at - 1,
      ArrowUp: at - 1,
      Home: 0,
      End: ids.length - 1,
    }[event.key];
    if (event.key === "Escape") {
      this.#pick(null);
    } else if (next !== undefined && ids.length > 0) {
      event.preventDefault();
      this.#pick(ids[(next + ids.length) % ids.length]);
      // Spoken only when somebody moves by key: the pointer passes over hundreds.
      this.#readout.ariaLive = "polite";
    }
  }

  #pick(id) {
    if (id !== null || this.#picked !== null) {
      this.#picked = id;
      this.#isDirty = true;
    }
    const point = this.#points.get(id);
    if (point) {
      const { neuron } = point;
      write(
        this.#readout,
        `Neuron ${neuron.id}: arousal ${affect(neuron.arousal)}, valence ${affect(neuron.valence)}, ` +
          `habituation ${neuron.habituation.toFixed(2)}, ${this.#degrees.get(neuron.id) ?? 0} edges`,
      );
    } else {
      write(this.#readout, "Point at a neuron, or move through them with the arrow keys.");
    }
  }
}

function radiusOf(neuron) {
  return 3.5 + 4.5 * (1 - neuron.habituation);
}

function disc(context, x, y, radius, fill, stroke = null) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  if (fill !== null) {
    context.fillStyle = fill;
    context.fill();
  }
  if (stroke !== null) {
    context.strokeStyle = stroke;
    context.stroke();
  }
}

function extent(values) {
  const least = Math.min(...values);
  const most = Math.max(...values);
  return most - least > 1e-6
    ? [least, most]
    : [(Number.isFinite(least) ? least : 0) - 1, (Number.isFinite(most) ? most : 0) + 1];
}

const SCALE_CELLS = 16;
const SCALE_MARGIN = 17;

/** The colours of all affects, and where the latest answer is among them. */
export class ColourScale {
  #canvas;
  #drawnAs = "";

  constructor(canvas) {
    this.#canvas = canvas;
  }

  draw(answer) {
    const look = `${colours.version} ${this.#canvas.clientWidth} ${answer?.arousal} ${answer?.valence}`;
    if (look === this.#drawnAs) {
      return;
    }
    const area = canvasOf(this.#canvas);
    if (area === null) {
      return;
    }
    this.#drawnAs = look;
    const { context: c, width } = area;
    const side = width - 2 * SCALE_MARGIN;
    const cell = side / SCALE_CELLS;
    for (let row = 0; row < SCALE_CELLS; row++) {
      for (let column = 0; column < SCALE_CELLS; column++) {
        c.fillStyle = colourOf(1 - (2 * row + 1) / SCALE_CELLS, (2 * column + 1) / SCALE_CELLS - 1);
        c.fillRect(SCALE_MARGIN + column * cell, SCALE_MARGIN + row * cell, cell + 0.5, cell + 0.5);
      }
    }
    c.font = "11px system-ui, sans-serif";
    c.fillStyle = colours.muted;
    c.textAlign = "center";
    c.fillText("aroused", width / 2, 11);
    c.fillText("calm", width / 2, width - 4);
    for (const [text, x] of [
      ["displeased", 11],
      ["pleased", width - 4],
    ]) {
      c.save();
      c.translate(x, width / 2);
      c.rotate(-Math.PI / 2);
      c.fillText(text, 0, 0);
      c.restore();
    }
    if (answer) {
      const x = SCALE_MARGIN + ((answer.valence + 1) / 2) * side;
      const y = SCALE_MARGIN + ((1 - answer.arousal) / 2) * side;
      c.lineWidth = 4;
      disc(c, x, y, 5, null, "#000");
      c.lineWidth = 2;
      disc(c, x, y, 5, null, "#fff");
    }
  }
}
