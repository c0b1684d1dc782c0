// What was answered for one person, by time.

// A longer silence is shown as one.
const GAP_MILLIS = 3000;

/** The columns, in the order in which the server sends them. */
const COLUMNS = ["time", "arousal", "valence", "priorArousal", "priorValence", "activity", "neurons"];

/**
 * Points in columns, as the charts want them. Arousal, valence and activity are null where the PK answered
 * alone; all are null in a gap.
 */
export class History {
  #keptMillis;

  constructor(keptMillis) {
    this.#keptMillis = keptMillis;
    for (const column of COLUMNS) {
      this[column] = [];
    }
  }

  get newest() {
    return this.time.length === 0 ? -Infinity : this.time[this.time.length - 1];
  }

  /** A point that is not newer than the newest is left out: charts go forward. */
  push(time, arousal, valence, priorArousal, priorValence, activity, neurons, fromMemory) {
    const newest = this.newest;
    if (!(time > newest)) {
      return;
    }
    if (time - newest > GAP_MILLIS && newest > 0) {
      this.#append([newest + 1, null, null, null, null, null, null]);
    }
    this.#append(
      fromMemory
        ? [time, arousal, valence, priorArousal, priorValence, activity, neurons]
        : [time, null, null, priorArousal, priorValence, null, neurons],
    );
    // Now and then, not at each point: cutting moves all that stays.
    if (this.time[0] < time - 1.2 * this.#keptMillis) {
      this.#cut(this.indexOf(time - this.#keptMillis));
    }
  }

  #append(values) {
    COLUMNS.forEach((column, i) => this[column].push(values[i]));
  }

  #cut(points) {
    for (const column of COLUMNS) {
      this[column].splice(0, points);
    }
  }

  /** Puts older points, rows as the server sends them, before what has come meanwhile. */
  prepend(rows) {
    const later = COLUMNS.map((column) => this[column]);
    const firstLater = later[0].length === 0 ? Infinity : later[0][0];
    for (const column of COLUMNS) {
      this[column] = [];
    }
    for (const [time, a, v, pa, pv, activity, neurons, source] of rows) {
      if (time < firstLater) {
        this.push(time, a, v, pa, pv, activity, neurons, source === 1);
      }
    }
    if (firstLater - this.newest > GAP_MILLIS && Number.isFinite(firstLater) && this.newest > 0) {
      this.#append([this.newest + 1, null, null, null, null, null, null]);
    }
    COLUMNS.forEach((column, i) => {
      this[column] = this[column].concat(later[i]);
    });
  }

  /** Of the first point that is not older. */
  indexOf(time) {
    let [low, high] = [0, this.time.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.time[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
