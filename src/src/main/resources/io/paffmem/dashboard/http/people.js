// Everyone, as the server tells of them; and, of those who are looked at, what was before.

import { personPath } from "./api.js";
import { Groups } from "./groups.js";
import { History } from "./history.js";

const KEPT_MILLIS = 5 * 60_000;
// Of more people than fit on any screen.
const MOST_HISTORIES = 200;
const MOST_REQUESTS = 4;

export class People {
  #api;
  #listener;
  #stream;
  #now = new Map();
  #histories = new Map();
  #wanted = [];
  #requests = 0;
  #frozen = null;
  #groups = null;
  #offset = 0;
  #complete = false;

  /**
   * @param listener `changed(membersToo)`, `gone(name)`, and what a stream tells: `opened`, `lost`,
   *     `refused`
   */
  constructor(api, listener) {
    this.#api = api;
    this.#listener = listener;
    this.#stream = api.stream("/v1/people", {
      event: (name, data) => this.#event(name, data),
      opened: () => {
        // The first event of a connection has everyone in it.
        this.#complete = false;
        // Whatever was missed comes with the past, for those who are looked at.
        this.#histories.clear();
        listener.opened();
      },
      lost: (millis) => listener.lost(millis),
      refused: (refusal) => listener.refused(refusal),
    });
  }

  close() {
    this.#stream.close();
  }

  /** Everyone by name; as they were while paused. */
  get all() {
    return this.#frozen?.people ?? this.#now;
  }

  /** Who of them stand together. */
  get groups() {
    this.#groups ??= new Groups(this.all.keys());
    return this.#groups;
  }

  /** Whether the server has said who is there. */
  get areKnown() {
    return this.#complete;
  }

  /** The server's clock; stands still while paused. */
  get time() {
    return this.#frozen?.time ?? Date.now() + this.#offset;
  }

  get isPaused() {
    return this.#frozen !== null;
  }

  pause() {
    // What is told of a person is replaced and never changed, so copying the map freezes all of it.
    this.#frozen = { people: new Map(this.#now), time: this.time };
  }

  goOn() {
    this.#frozen = null;
    this.#groups = null;
    this.#listener.changed(true);
  }

  #event(name, data) {
    if (name === "people") {
      this.#offset = data.serverTime - Date.now();
      this.#take(data.people);
    } else if (name === "gone") {
      this.#leave(data.person);
      this.#listener.changed(true);
    }
  }

  #leave(name) {
    this.#now.delete(name);
    this.#frozen?.people.delete(name);
    this.#histories.delete(name);
    this.#groups = null;
    this.#listener.gone(name);
  }

  #take(people) {
    const before = this.#now.size;
    let membersToo = !this.#complete;
    if (!this.#complete) {
      this.#complete = true;
      const before = this.#now;
      this.#now = new Map();
      const there = new Set(people.map((person) => person.person));
      for (const name of before.keys()) {
        if (!there.has(name)) {
          this.#leave(name);
        }
      }
    }
    for (const person of people) {
      this.#now.set(person.person, person);
      const { prior } = person;
      this.#histories
        .get(person.person)
        ?.push(
          person.lastFrameAt,
          person.arousal,
          person.valence,
          prior.arousal,
          prior.valence,
          person.activity,
          person.neurons,
          person.source === "MEMORY",
        );
    }
    membersToo ||= this.#now.size !== before;
    if (membersToo) {
      this.#groups = null;
    }
    this.#listener.changed(membersToo && !this.isPaused);
  }

  /** What was answered for somebody who is looked at; the past comes as soon as the server sends it. */
  historyOf(name) {
    let history = this.#histories.get(name);
    if (history) {
      // The latest last, so that the first is who was not looked at for longest.
      this.#histories.delete(name);
      this.#histories.set(name, history);
      return history;
    }
    history = new History(KEPT_MILLIS);
    this.#histories.set(name, history);
    if (this.#histories.size > MOST_HISTORIES) {
      this.#histories.delete(this.#histories.keys().next().value);
    }
    this.#wanted.push(name);
    this.#fetchPast();
    return history;
  }

  async #fetchPast() {
    if (this.#requests >= MOST_REQUESTS || this.#wanted.length === 0) {
      return;
    }
    // Who was scrolled to last is looked at now.
    const name = this.#wanted.pop();
    const history = this.#histories.get(name);
    this.#requests++;
    try {
      const past = await this.#api.json(personPath(name, `?seconds=${KEPT_MILLIS / 1000}`));
      if (this.#histories.get(name) === history) {
        history?.prepend(past.history);
        this.#listener.changed(false);
      }
    } catch {
      // The chart then begins now.
    } finally {
      this.#requests--;
      this.#fetchPast();
    }
  }
}
