// One person: now, over time, the memory, and what the PK imagines.

import { personPath } from "./api.js";
import { writeState } from "./card.js";
import { CHARTS, TimeChart } from "./chart.js";
import { Circumplex } from "./circumplex.js";
import { downloadCsv } from "./csv.js";
import { Faces } from "./faces.js";
import { Fellows } from "./fellows.js";
import { askToForget } from "./forget.js";
import {
  affect,
  ago,
  answeredBy,
  count,
  duration,
  looks,
  qualityNumbers,
  qualityWords,
  rate,
  sentence,
  timeOfDay,
} from "./format.js";
import { History } from "./history.js";
import { ColourScale, MemoryMap } from "./memory-map.js";
import { eachFrame, fromTemplate, remember, remembered, say, write } from "./page.js";
import { Teach } from "./teach.js";
import { explainTerms } from "./terms.js";

const KEPT_MILLIS = 15 * 60_000;
// Frames come faster; a chart has no room for more.
const POINT_MILLIS = 90;
// Numbers that change faster cannot be read.
const NUMBERS_MILLIS = 200;
const WORDS_MILLIS = 1000;
const SPOKEN_MILLIS = 3000;
const MEMORY_MILLIS = 2000;
const TOLD_MILLIS = 2000;

export class PersonView {
  element = fromTemplate("person-view");
  #api;
  #people;
  #name;
  #history = new History(KEPT_MILLIS);
  #latest = null;
  #frozen = null;
  #stream = null;
  #circumplex;
  #charts = {};
  #map;
  #scale;
  #faces = null;
  #teach;
  #fellows;
  #memoryTimer = null;
  #closed = new AbortController();
  #stop = [];
  #isForgetting = false;
  #isForgotten = false;
  #hasPast = false;
  #written = { numbers: -Infinity, words: -Infinity, spoken: -Infinity };
  #cursor = null;

  constructor(api, people, name) {
    this.#api = api;
    this.#people = people;
    this.#name = name;
    const find = (selector) => this.element.querySelector(selector);
    find("h1").textContent = name;
    this.#empty();
    explainTerms(this.element);
    this.#circumplex = new Circumplex(find(".now .circumplex"), true);
    this.#map = new MemoryMap(find(".map"), find(".readout"));
    this.#scale = new ColourScale(find(".colours"));
    this.#teach = new Teach(api, find(".teach"), name, () => this.#people.time);
    this.#fellows = new Fellows(find(".fellows"), name);
    const windows = find(".course .windows");
    windows.querySelector(`[value="${remembered("person-window", "30")}"]`).checked = true;
    windows.addEventListener("change", (event) => remember("person-window", event.target.value));
    find(".arrangement").addEventListener("change", (event) =>
      this.#map.arrange(event.target.value === "labels"),
    );
    find(".forget").addEventListener("click", () =>
      askToForget(this.#api, this.#name, (state) => this.#forgetting(state)),
    );
    find(".csv-window").addEventListener("click", () =>
      this.#download(this.#people.time - this.#seconds * 1000),
    );
    find(".csv-all").addEventListener("click", () => this.#download(null));
  }

  get title() {
    return this.#name;
  }

  /** What became of a wish to forget the person; that nothing is left, the stream of people says. */
  #forgetting(state) {
    if (state === "asked") {
      this.#isForgetting = true;
    } else {
      this.#isForgotten = state === "forgotten";
      // The receipt and the stream of people come by two ways; until both are here, nothing is asked.
      setTimeout(() => {
        this.#isForgetting = false;
      }, TOLD_MILLIS);
    }
    this.changed();
  }

  get #seconds() {
    return Number(this.element.querySelector(".windows :checked").value);
  }

  /** Called when it is in the page. */
  start() {
    this.#startCharts();
    this.#faces = new Faces(this.#api, this.element.querySelector(".faces"), this.#name);
    this.#stream = this.#api.stream(`/v1/emotions?person=${encodeURIComponent(this.#name)}`, {
      event: (name, data) => name === "emotion" && this.#take(data),
      opened: () => {
        // Whatever was missed since the connection before comes with the past.
        this.#history = new History(KEPT_MILLIS);
        this.#hasPast = false;
        this.changed();
      },
    });
    this.#fetchMemory();
    this.#stop = [eachFrame((now) => this.#draw(now))];
    this.changed();
  }

  stop() {
    this.#stop.forEach((stop) => stop());
    this.#stream.close();
    this.#faces.close();
    clearTimeout(this.#memoryTimer);
    this.#closed.abort();
    Object.values(this.#charts).forEach((chart) => chart.destroy());
  }

  #startCharts() {
    for (const host of this.element.querySelectorAll("[data-chart]")) {
      const name = host.dataset.chart;
      this.#charts[name] = new TimeChart(host, CHARTS[name], {
        onCursor: (time) => {
          this.#cursor = time;
        },
      });
    }
  }

  async #fetchPast() {
    const history = this.#history;
    try {
      const past = await this.#api.json(personPath(this.#name), { signal: this.#closed.signal });
      history.prepend(past.history);
    } catch {
      // The charts then begin now.
    }
  }

  /** Whether there is a memory to ask for; asking for what is not there would be an error. */
  get #hasMemory() {
    return (this.#people.all.get(this.#name)?.neurons ?? 0) > 0;
  }

  async #fetchMemory() {
    const none = this.element.querySelector(".memory .none");
    if (!this.#hasMemory) {
      this.#showMemory(null);
      write(none, this.#people.areKnown ? NO_MEMORY : "");
      none.hidden = false;
    } else if (!this.#people.isPaused && !document.hidden && !this.#isForgetting) {
      try {
        const path = personPath(this.#name, "/memory");
        const memory = await this.#api.json(path, { signal: this.#closed.signal });
        this.#showMemory(memory);
        none.hidden = true;
      } catch (failure) {
        if (this.#closed.signal.aborted) {
          return;
        }
        // While the server is away, the map stays as it was; the page says so on top.
        if (failure.status > 0) {
          this.#showMemory(null);
          write(none, explainNoMemory(failure));
          none.hidden = false;
          if (failure.code === "memory_unavailable") {
            return;
          }
        }
      }
    }
    this.#memoryTimer = setTimeout(() => this.#fetchMemory(), MEMORY_MILLIS);
  }

  #showMemory(memory) {
    this.#map.show(memory);
    this.#teach.show(memory?.taught);
    const dash = (value) => value ?? "–";
    const facts = {
      count: memory && `${count(memory.neurons.length)} of ${count(memory.capacity)}`,
      edges: memory && count(memory.edges.length),
      seeded: memory && count(memory.seededFrames),
      perceived: memory && count(memory.framesPerceived),
      waiting: memory && count(memory.waitingFrames),
      explained: memory && `${Math.round(100 * memory.projection.explained.reduce((a, b) => a + b, 0))} %`,
      taught: memory && count(memory.taught.length),
      generation: memory && count(memory.generation),
      model: memory && memory.modelVersion,
    };
    for (const [name, text] of Object.entries(facts)) {
      write(this.element.querySelector(`.memory dd.${name}`), dash(text));
    }
    // Longer than its place.
    this.element.querySelector(".memory dd.model").title = facts.model ?? "";
  }

  #take(emotion) {
    if (emotion.ingestedAt - this.#history.newest >= POINT_MILLIS) {
      const { prior } = emotion;
      this.#history.push(
        emotion.ingestedAt,
        emotion.arousal,
        emotion.valence,
        prior.arousal,
        prior.valence,
        emotion.activity,
        emotion.neurons,
        emotion.source === "MEMORY",
      );
    }
    this.#teach.take(emotion);
    this.#latest = emotion;
    if (!this.#people.isPaused) {
      this.#circumplex.show(emotion);
      this.#map.light(emotion.bestMatchingUnit);
      this.#faces.mark(emotion);
    }
  }

  /**
   * The people have changed, perhaps this one.
   *
   * @param membersToo whether some came or went
   */
  changed(membersToo = true) {
    if (membersToo) {
      this.#fellows.show(this.#people.groups.of(this.#name));
    }
    const person = this.#people.all.get(this.#name);
    const notice = this.element.querySelector(".notice");
    const state = this.element.querySelector(".heading .state");
    const isThere = person !== undefined;
    state.hidden = !isThere;
    this.element.querySelector(".actions .forget").disabled = !isThere;
    this.#faces.offer(this.#hasMemory);
    if (isThere) {
      notice.hidden = true;
      writeState(state, person);
      if (this.#latest === null) {
        this.#circumplex.show(person);
      }
      if (!this.#hasPast) {
        this.#hasPast = true;
        this.#fetchPast();
      }
    } else if (this.#people.areKnown) {
      write(notice, this.#isForgotten ? FORGOTTEN : UNKNOWN);
      notice.hidden = false;
    }
  }

  /** Nothing is known of the person any more: empties all; whoever comes again begins anew. */
  gone() {
    this.#latest = null;
    this.#history = new History(KEPT_MILLIS);
    this.#circumplex.reset();
    this.#showMemory(null);
    this.#faces.clear();
    this.#teach.clear();
    this.#empty();
    this.changed();
  }

  #empty() {
    for (const cell of this.element.querySelectorAll(".now .number, .now dd, .looks strong")) {
      cell.textContent = "–";
    }
    for (const cell of this.element.querySelectorAll(".now .prior")) {
      cell.textContent = "PK –";
    }
  }

  #draw(now) {
    const { time, isPaused } = this.#people;
    const person = this.#people.all.get(this.#name);
    // What is shown while paused is what was latest then.
    this.#frozen = isPaused ? (this.#frozen ?? this.#latest) : null;
    const answer = this.#frozen ?? this.#latest ?? person;
    this.#circumplex.draw(now);
    this.#map.draw(now);
    for (const chart of Object.values(this.#charts)) {
      chart.draw(now, this.#history, time, this.#seconds);
    }
    if (now - this.#written.numbers > NUMBERS_MILLIS) {
      this.#written.numbers = now;
      this.#atCursor();
      if (answer !== undefined) {
        this.#scale.draw(answer);
        this.#numbers(answer, person, time);
        if (now - this.#written.words > WORDS_MILLIS) {
          this.#written.words = now;
          this.#teach.draw();
          write(this.element.querySelector(".looks strong"), looks(answer.arousal, answer.valence));
        }
        if (now - this.#written.spoken > SPOKEN_MILLIS) {
          this.#written.spoken = now;
          this.#describe(answer);
        }
      } else {
        this.#scale.draw(null);
      }
    }
  }

  #numbers(answer, person, time) {
    const find = (selector) => this.element.querySelector(`.now ${selector}`);
    for (const name of ["arousal", "valence"]) {
      write(find(`.${name} .number`), affect(answer[name]));
      write(find(`.${name} .prior`), `PK ${affect(answer.prior[name])}`);
    }
    write(find(".source"), answeredBy(answer));
    write(find("dd.quality"), qualityWords(answer.quality));
    find("dd.quality").title = qualityNumbers(answer.quality);
    if (person !== undefined) {
      write(find("dd.rate"), rate(person.framesPerSecond));
      write(find("dd.lag"), duration(person.lagMillis));
      write(find("dd.stream"), person.stream);
      find("dd.stream").title = person.stream;
      write(find("dd.seen"), ago(time - person.lastFrameAt));
    }
  }

  /** What the pictures show, for those who do not see them. */
  #describe(answer) {
    const find = (selector) => this.element.querySelector(selector);
    find(".now .circumplex").ariaLabel =
      `Arousal ${affect(answer.arousal)}, valence ${affect(answer.valence)}: looks ` +
      `${looks(answer.arousal, answer.valence)}`;
    const from = this.#history.indexOf(this.#people.time - this.#seconds * 1000);
    for (const host of this.element.querySelectorAll("[data-chart]")) {
      const name = host.dataset.chart;
      const { columns, write: text } = CHARTS[name];
      const values = this.#history[columns[0]].slice(from).filter((value) => value !== null);
      host.ariaLabel =
        values.length === 0
          ? `${name} over time: nothing yet`
          : `${name} over the last ${this.#seconds} seconds: from ${text(Math.min(...values))} to ` +
            `${text(Math.max(...values))}, latest ${text(values[values.length - 1])}`;
    }
  }

  /** The values under the cursor, at each chart. */
  #atCursor() {
    const i = this.#cursor === null ? -1 : this.#history.indexOf(this.#cursor);
    const time = this.#history.time[i];
    for (const host of this.element.querySelectorAll("[data-chart]")) {
      const { columns, write: text } = CHARTS[host.dataset.chart];
      const values = columns.map((column, n) => {
        const value = this.#history[column][i] ?? null;
        return (n === 0 ? "" : "PK ") + (value === null ? "–" : text(value));
      });
      write(
        host.parentElement.querySelector(".at"),
        time === undefined ? "" : [timeOfDay(time), ...values].join("  "),
      );
    }
  }

  async #download(from) {
    this.element.querySelector(".menu").open = false;
    try {
      await downloadCsv(this.#api, this.#name, from);
    } catch (failure) {
      const notice = this.element.querySelector(".notice");
      write(notice, `No file. ${sentence(failure.message)}`);
      notice.hidden = false;
      say(notice.textContent);
    }
  }
}

const NO_MEMORY = "There is no memory of this person yet.";
const UNKNOWN =
  "Nobody of this name has been seen lately, or your token may not read them. " +
  "They appear here with their next answered frame.";
const FORGOTTEN =
  "This person is forgotten. If frames of them come again, they appear here, as somebody new.";

function explainNoMemory(failure) {
  if (failure.status === 404) {
    return NO_MEMORY;
  }
  if (failure.code === "restoring") {
    return "The memory is being restored. It appears here as soon as that is done.";
  }
  return sentence(failure.message);
}
