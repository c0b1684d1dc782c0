// Values over time, drawn by uPlot. The newest is always at the right end; its grid stands still.

import uPlot from "/page/uplot/uPlot.esm.js";
import { colours, faint } from "./colours.js";
import { affect, count } from "./format.js";
import { wantsCalm } from "./page.js";

const AXIS_FONT = "11px system-ui, sans-serif";
const CALM_MILLIS = 1000;
const FASTEST_MILLIS = 33;
const BAND = 0.13;

/** Seconds between the lines of the grid, by the seconds shown. */
const STEPS = new Map([
  [30, 5],
  [60, 10],
  [300, 60],
  [900, 180],
]);

/**
 * What a chart shows: columns of a History with the names of their colours, the range of values (null: from
 * zero to what there is), and how a value is written.
 */
export const CHARTS = {
  arousal: { columns: ["arousal", "priorArousal"], colour: "arousal", range: [-1, 1], write: affect },
  valence: { columns: ["valence", "priorValence"], colour: "valence", range: [-1, 1], write: affect },
  activity: { columns: ["activity"], colour: "ink", range: [0, 1], write: (value) => value.toFixed(2) },
  neurons: { columns: ["neurons"], colour: "ink", range: null, write: count },
};

export class TimeChart {
  #host;
  #kind;
  #plot;
  #drawn = { at: -Infinity, look: "", points: "" };
  #seconds = 30;
  #to = 0;

  /**
   * @param kind one of CHARTS
   * @param isSmall whether there is no room for axes
   * @param onCursor called with the time under the cursor, or null
   */
  constructor(host, kind, { isSmall = false, onCursor } = {}) {
    this.#host = host;
    this.#kind = kind;
    this.#plot = new uPlot(this.#options(isSmall, onCursor), this.#noData(), host);
  }

  destroy() {
    this.#plot.destroy();
  }

  #noData() {
    return [[], ...this.#kind.columns.map(() => [])];
  }

  #options(isSmall, onCursor) {
    const { columns, colour, range } = this.#kind;
    const grid = { stroke: () => colours.line, width: 1 };
    const axis = {
      stroke: () => colours.muted,
      font: AXIS_FONT,
      grid,
      ticks: { show: false },
    };
    const series = columns.map((_, i) =>
      i === 0
        ? {
            stroke: () => colours[colour],
            width: isSmall ? 1.75 : 2,
            points: { show: false },
          }
        : {
            stroke: () => colours.prior,
            width: isSmall ? 1 : 1.5,
            dash: [4, 3],
            points: { show: false },
          },
    );
    const bands =
      columns.length < 2
        ? []
        : [
            { series: [1, 2], fill: () => faint(colours[colour], BAND) },
            { series: [2, 1], fill: () => faint(colours[colour], BAND) },
          ];
    return {
      ...this.#size(),
      padding: isSmall ? [3, 0, 3, 0] : [8, 18, 0, 0],
      legend: { show: false },
      select: { show: false },
      cursor: isSmall
        ? { show: false }
        : {
            y: false,
            drag: { x: false, y: false },
            points: { size: 7, fill: () => colours[colour] },
            sync: { key: "time" },
          },
      hooks: onCursor ? { setCursor: [(plot) => onCursor(plot.data[0][plot.cursor.idx] ?? null)] } : {},
      scales: {
        x: { time: false, range: () => [this.#to - this.#seconds * 1000, this.#to] },
        y: { range: range === null ? (_, __, most) => [0, roomFor(most)] : range },
      },
      series: [{}, ...series],
      bands,
      axes: isSmall
        ? [{ show: false }, { ...axis, size: 0, splits: () => [0], values: () => [""] }]
        : [
            {
              ...axis,
              size: 26,
              gap: 8,
              splits: () => this.#splits(),
              values: (_, splits) => splits.map((at) => this.#agoText((this.#to - at) / 1000)),
            },
            {
              ...axis,
              size: 36,
              gap: 6,
              splits: range === null ? undefined : () => [range[0], (range[0] + range[1]) / 2, range[1]],
              values: (_, splits) =>
                splits.map((at) =>
                  range === null ? at : at < 0 ? `−${-at}` : at > 0 && range[0] < 0 ? `+${at}` : at,
                ),
            },
          ],
    };
  }

  #size() {
    return { width: Math.max(10, this.#host.clientWidth), height: Math.max(10, this.#host.clientHeight) };
  }

  #splits() {
    const step = STEPS.get(this.#seconds);
    const splits = [];
    for (let ago = this.#seconds; ago >= 0; ago -= step) {
      splits.push(this.#to - ago * 1000);
    }
    return splits;
  }

  #agoText(seconds) {
    const whole = Math.round(seconds);
    if (whole === 0) {
      return "now";
    }
    return this.#seconds >= 300 ? `−${whole / 60} min` : `−${whole} s`;
  }

  /** Draws the last seconds of a history, if a pixel's worth of time has gone by. */
  draw(now, history, to, seconds) {
    const { width, height } = this.#size();
    const look = `${seconds} ${width} ${height} ${colours.version}`;
    const points = `${to} ${history.time.length}`;
    const pixelMillis = Math.max(wantsCalm() ? CALM_MILLIS : FASTEST_MILLIS, (seconds * 1000) / width);
    const isDue = points !== this.#drawn.points && now - this.#drawn.at >= pixelMillis;
    if (look === this.#drawn.look && !isDue) {
      return;
    }
    this.#drawn = { at: now, look, points };
    this.#seconds = seconds;
    this.#to = to;
    if (width !== this.#plot.width || height !== this.#plot.height) {
      this.#plot.setSize({ width, height });
    }
    // One point before the window, so that the line comes from beyond the edge.
    const from = Math.max(0, history.indexOf(to - seconds * 1000) - 1);
    this.#plot.setData(["time", ...this.#kind.columns].map((column) => history[column].slice(from)));
  }
}

/** The top of an axis that begins at zero: round, and not changed by each new neuron. */
function roomFor(most) {
  const step = most > 400 ? 200 : most > 80 ? 100 : 20;
  return Math.max(step, Math.ceil(((most ?? 0) + 1) / step) * step);
}
