// Where an expression is between pleased and displeased, aroused and calm; where it was, and where the
// PK alone sees it.

import { colours, mixed } from "./colours.js";
import { isLeftToPrior } from "./format.js";
import { canvasOf, wantsCalm } from "./page.js";

const TRAIL_MILLIS = 4000;
const TRAIL_STEP_MILLIS = 40;
// Answers come four times a second; the dot glides from one to the next.
const GLIDE_MILLIS = 110;
const SETTLED = 0.001;
const MARGIN = 9;

export class Circumplex {
  #canvas;
  #corners;
  #target = null;
  #dot = null;
  #ring = null;
  #trail = [];
  #drawnAt = 0;
  #drawnAs = "";
  #isDirty = true;

  /** @param corners whether there is room for words in the corners, too */
  constructor(canvas, corners = false) {
    this.#canvas = canvas;
    this.#corners = corners;
  }

  /** Shows another person, who has been nowhere yet. */
  reset() {
    this.#target = null;
    this.#dot = null;
    this.#ring = null;
    this.#trail = [];
    this.#isDirty = true;
  }

  /** @param answer arousal, valence, prior, source */
  show(answer) {
    if (answer !== this.#target) {
      this.#target = answer;
      this.#isDirty = true;
    }
  }

  /** Draws what has changed, if anything has. */
  draw(now) {
    const look = `${colours.version} ${this.#canvas.clientWidth} ${devicePixelRatio}`;
    this.#move(now);
    if (!this.#isDirty && this.#trail.length === 0 && look === this.#drawnAs) {
      return;
    }
    const area = canvasOf(this.#canvas);
    if (area === null) {
      return;
    }
    this.#drawnAs = look;
    this.#isDirty = false;
    this.#ground(area);
    if (this.#dot !== null) {
      this.#marks(area, now);
    }
  }

  #move(now) {
    const elapsed = Math.min(1000, now - this.#drawnAt);
    this.#drawnAt = now;
    const target = this.#target;
    while (this.#trail.length > 0 && now - this.#trail[0].at > TRAIL_MILLIS) {
      this.#trail.shift();
      this.#isDirty = true;
    }
    if (target === null) {
      return;
    }
    const [dot, ring] = [
      [target.valence, target.arousal],
      [target.prior.valence, target.prior.arousal],
    ];
    const share = this.#dot === null || wantsCalm() ? 1 : 1 - Math.exp(-elapsed / GLIDE_MILLIS);
    this.#dot = this.#approach(this.#dot ?? dot, dot, share);
    this.#ring = this.#approach(this.#ring ?? ring, ring, share);
    const last = this.#trail[this.#trail.length - 1];
    if (
      last === undefined
        ? this.#isDirty
        : now - last.at >= TRAIL_STEP_MILLIS && (last.x !== this.#dot[0] || last.y !== this.#dot[1])
    ) {
      this.#trail.push({ x: this.#dot[0], y: this.#dot[1], at: now });
    }
  }

  #approach([x, y], [toX, toY], share) {
    if (Math.abs(toX - x) < SETTLED && Math.abs(toY - y) < SETTLED) {
      return [toX, toY];
    }
    this.#isDirty = true;
    return [x + share * (toX - x), y + share * (toY - y)];
  }

  #ground({ context: c, width, height }) {
    c.fillStyle = colours.sunken;
    c.beginPath();
    c.roundRect(0, 0, width, height, 10);
    c.fill();
    c.strokeStyle = mixed(colours["strong-line"], colours.sunken, 0.45);
    c.lineWidth = 1;
    c.beginPath();
    c.arc(width / 2, height / 2, width / 2 - MARGIN, 0, 2 * Math.PI);
    c.moveTo(MARGIN, height / 2);
    c.lineTo(width - MARGIN, height / 2);
    c.moveTo(width / 2, MARGIN);
    c.lineTo(width / 2, height - MARGIN);
    c.stroke();
    const size = this.#corners ? 12 : 10;
    c.font = `${size}px system-ui, sans-serif`;
    c.fillStyle = colours.muted;
    const middle = height / 2 - 4;
    word(c, "aroused", width / 2, MARGIN + size, "center");
    word(c, "calm", width / 2, height - MARGIN - 4, "center");
    word(c, "displeased", MARGIN + 3, middle, "left");
    word(c, "pleased", width - MARGIN - 3, middle, "right");
    if (this.#corners) {
      word(c, "tense", MARGIN, MARGIN + size - 2, "left");
      word(c, "excited", width - MARGIN, MARGIN + size - 2, "right");
      word(c, "gloomy", MARGIN, height - MARGIN, "left");
      word(c, "relaxed", width - MARGIN, height - MARGIN, "right");
    }
  }

  #marks({ context: c, width, height }, now) {
    const x = (valence) => width / 2 + valence * (width / 2 - MARGIN);
    const y = (arousal) => height / 2 - arousal * (height / 2 - MARGIN);
    const radius = this.#corners ? 8 : 6;
    c.lineCap = "round";
    this.#trail.forEach((point, i) => {
      const next = this.#trail[i + 1] ?? { x: this.#dot[0], y: this.#dot[1] };
      const age = Math.min(1, (now - point.at) / TRAIL_MILLIS);
      // Opaque: where pieces overlap, what lets through would make beads.
      c.strokeStyle = mixed(colours.accent, colours.sunken, 0.75 * (1 - age) ** 1.5);
      c.lineWidth = 1 + (radius / 2 - 0.5) * (1 - age);
      c.beginPath();
      c.moveTo(x(point.x), y(point.y));
      c.lineTo(x(next.x), y(next.y));
      c.stroke();
    });
    const isMemory = this.#target.source === "MEMORY" && !isLeftToPrior(this.#target);
    const [dotX, dotY] = [x(this.#dot[0]), y(this.#dot[1])];
    if (isMemory) {
      const [ringX, ringY] = [x(this.#ring[0]), y(this.#ring[1])];
      c.strokeStyle = colours.prior;
      c.lineWidth = 1;
      c.beginPath();
      c.moveTo(ringX, ringY);
      c.lineTo(dotX, dotY);
      c.stroke();
      disc(c, ringX, ringY, radius - 2, colours.sunken, colours.prior, 2);
      disc(c, dotX, dotY, radius, colours.accent, colours.surface, 2);
    } else {
      disc(c, dotX, dotY, radius - 1, colours.sunken, colours.accent, 3);
    }
  }
}

function word(context, text, x, y, align) {
  context.textAlign = align;
  context.fillText(text, x, y);
}

function disc(context, x, y, radius, fill, stroke, lineWidth) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = stroke;
  context.lineWidth = lineWidth;
  context.stroke();
}
