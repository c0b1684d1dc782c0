// Pictures that the PK makes of a person: fetched with the token, and only when somebody sees them.

import { personPath } from "./api.js";
import { sentence } from "./format.js";
import { write } from "./page.js";

const CELLS = 5;
// Nearer to another cell by this much of a cell, or the mark stays: it would flicker on the border.
const STICKY = 0.15;

/** One picture in a .sheet: itself, or why there is none. */
class Sheet {
  #api;
  #path;
  #image;
  #none;
  #alt;
  #url = null;

  constructor(api, element, path, alt) {
    this.#api = api;
    this.#path = path;
    this.#image = element.querySelector("img");
    this.#none = element.querySelector(".none");
    this.#alt = alt;
  }

  async load(signal) {
    if (this.#url === null) {
      write(this.#none, "Imagining…");
    }
    try {
      const picture = await this.#api.blob(this.#path, { signal });
      this.clear();
      this.#url = URL.createObjectURL(picture);
      this.#image.src = this.#url;
      this.#image.alt = this.#alt;
      this.#image.hidden = false;
      write(this.#none, "");
      return true;
    } catch (failure) {
      if (!signal.aborted) {
        this.clear();
        write(this.#none, sentence(failure.message));
      }
      return false;
    }
  }

  clear() {
    if (this.#url !== null) {
      URL.revokeObjectURL(this.#url);
      this.#url = null;
      this.#image.hidden = true;
      this.#image.removeAttribute("src");
    }
    write(this.#none, "");
  }
}

export class Faces {
  #square;
  #figure2;
  #cell;
  #at = null;
  #again;
  #isLoaded = false;
  #isSeen = false;
  #hasMemory = false;
  #shown = new AbortController();
  #watch;

  constructor(api, element, name) {
    const [square, figure2] = element.querySelectorAll(".sheet");
    this.#square = new Sheet(
      api,
      square,
      personPath(name, "/imagined.jpg?size=5"),
      "25 imagined faces of this person: from displeased on the left to pleased on the right, from calm below to aroused above",
    );
    this.#figure2 = new Sheet(
      api,
      figure2,
      personPath(name, "/figure2.jpg"),
      "Three imagined faces of this person, and below each the same with the encoder's activation laid over",
    );
    this.#cell = square.querySelector(".cell");
    this.#again = element.querySelector(".again");
    this.#again.addEventListener("click", () => this.#load());
    this.#again.disabled = true;
    this.#watch = new IntersectionObserver(([entry]) => {
      this.#isSeen = entry.isIntersecting;
      this.#loadFirst();
    });
    this.#watch.observe(element);
  }

  /** @param hasMemory whether there is a memory to imagine from */
  offer(hasMemory) {
    this.#hasMemory = hasMemory;
    this.#loadFirst();
  }

  #loadFirst() {
    if (this.#isSeen && this.#hasMemory && !this.#isLoaded) {
      this.#load();
    }
  }

  async #load() {
    this.#isLoaded = true;
    this.#again.disabled = true;
    const { signal } = this.#shown;
    // One after the other: each takes the PK for a moment.
    this.#cell.hidden = !(await this.#square.load(signal));
    await this.#figure2.load(signal);
    this.#again.disabled = signal.aborted;
  }

  /** Marks the imagined face that is nearest to an answer. */
  mark({ arousal, valence }) {
    const column = ((valence + 1) / 2) * (CELLS - 1);
    const row = ((1 - arousal) / 2) * (CELLS - 1);
    const [x, y] = this.#at ?? [Infinity, Infinity];
    if (Math.abs(column - x) < 0.5 + STICKY && Math.abs(row - y) < 0.5 + STICKY) {
      return;
    }
    this.#at = [Math.round(column), Math.round(row)];
    this.#cell.style.transform = `translate(${100 * this.#at[0]}%, ${100 * this.#at[1]}%)`;
  }

  /** The person was forgotten, and with them what was imagined. */
  clear() {
    // What is still being imagined is of somebody who is forgotten.
    this.#shown.abort();
    this.#shown = new AbortController();
    this.#square.clear();
    this.#figure2.clear();
    this.#cell.hidden = true;
    this.#again.disabled = true;
    this.#hasMemory = false;
    this.#isLoaded = false;
  }

  close() {
    this.#watch.disconnect();
    this.clear();
  }
}
