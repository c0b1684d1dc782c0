// Teaching a person's memory: "this was ..." on a moment of the last minute, and what was taught.

import { personPath } from "./api.js";
import { affect, dayAndTime, looks, sentence } from "./format.js";
import { write } from "./page.js";

const KEPT_MILLIS = 60_000;
const REST_MILLIS = 3000;
// A moment as far as that from what was asked for is not what was meant.
const NEAR_MILLIS = 1500;
const TEACH_MILLIS = 45_000;

export class Teach {
  #api;
  #name;
  #section;
  #now;
  /** Answers of the last minute, oldest first. */
  #moments = [];
  #shown = "";

  /** @param now gives the server's time */
  constructor(api, section, name, now) {
    this.#api = api;
    this.#name = name;
    this.#section = section;
    this.#now = now;
    const form = this.#find("form");
    form.addEventListener("input", () => this.draw());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#teach(form);
    });
    this.draw();
  }

  #find(selector) {
    return this.#section.querySelector(selector);
  }

  /** An answer came. */
  take(emotion) {
    this.#moments.push(emotion);
    while (this.#moments[0].ingestedAt < emotion.ingestedAt - KEPT_MILLIS) {
      this.#moments.shift();
    }
  }

  clear() {
    this.#moments = [];
    this.show(null);
  }

  #moment() {
    const wanted = this.#now() - 1000 * Number(this.#find("[name=ago]").value);
    let nearest = null;
    for (const moment of this.#moments) {
      const apart = Math.abs(moment.ingestedAt - wanted);
      if (apart <= NEAR_MILLIS && (nearest === null || apart < Math.abs(nearest.ingestedAt - wanted))) {
        nearest = moment;
      }
    }
    return nearest;
  }

  /** Writes what is chosen. */
  draw() {
    const form = this.#find("form");
    const isLabel = form.elements.what.value === "label";
    write(this.#find("output.ago"), `${form.elements.ago.value} s`);
    write(this.#find("output.arousal"), affect(Number(form.elements.arousal.value)));
    write(this.#find("output.valence"), affect(Number(form.elements.valence.value)));
    this.#find("div.label").hidden = !isLabel;
    const moment = this.#moment();
    write(
      this.#find(".then"),
      moment === null
        ? "Nothing was answered there."
        : moment.quality?.readable === false
          ? "Then the face was not readable."
          : moment.ofPerson === false
            ? "Then the face did not look like this person."
            : `Then the answer was arousal ${affect(moment.arousal)}, valence ${affect(moment.valence)}: ` +
                `looks ${looks(moment.arousal, moment.valence)}.`,
    );
  }

  async #teach(form) {
    const moment = this.#moment();
    if (moment === null) {
      this.#say("Nothing was answered at that moment; choose another one.");
      return;
    }
    const { stream, sequence, capturedAt } = moment;
    const isLabel = form.elements.what.value === "label";
    const lesson = isLabel
      ? {
          arousal: Number(form.elements.arousal.value),
          valence: Number(form.elements.valence.value),
          stream,
          sequence,
        }
      : { neutral: true, stream, from: capturedAt - REST_MILLIS, to: capturedAt };
    const button = this.#find("button[type=submit]");
    button.disabled = true;
    this.#say("Teaching…");
    try {
      const answer = await this.#ask("POST", "", JSON.stringify(lesson));
      this.#say(
        answer.state === "PENDING"
          ? "Sent, and not answered yet. It is done as soon as the topology reads it."
          : "Taught. It counts from the next frame on.",
      );
    } catch (failure) {
      this.#say(`Not taught. ${sentence(failure.message)}`);
    } finally {
      button.disabled = false;
    }
  }

  #ask(method, rest, body) {
    return this.#api.json(personPath(this.#name, `/teaching${rest}`), {
      method,
      body,
      millis: TEACH_MILLIS,
    });
  }

  #say(text) {
    write(this.#find(".outcome"), text);
  }

  /** @param taught as the server's memory has it; null for no memory */
  show(taught) {
    const lessons = taught ?? [];
    const key = JSON.stringify(lessons.map((lesson) => lesson.id));
    if (key === this.#shown) {
      return;
    }
    this.#shown = key;
    this.#find(".untaught").hidden = lessons.length > 0;
    this.#find(".lessons").replaceChildren(
      ...[...lessons].sort((a, b) => b.seenAt - a.seenAt).map((lesson) => this.#item(lesson)),
    );
  }

  #item({ id, neutral, arousal, valence, seenAt }) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.textContent =
      (neutral ? "At rest" : `Arousal ${affect(arousal)}, valence ${affect(valence)}`) +
      `, ${dayAndTime(seenAt)}`;
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "quiet";
    undo.textContent = "Take back";
    undo.ariaLabel = `Take back: ${text.textContent}`;
    undo.addEventListener("click", async () => {
      undo.disabled = true;
      try {
        await this.#ask("DELETE", `/${encodeURIComponent(id)}`);
        this.#say("Taken back.");
        item.remove();
      } catch (failure) {
        this.#say(`Not taken back. ${sentence(failure.message)}`);
        undo.disabled = false;
      }
    });
    item.append(text, " ", undo);
    return item;
  }
}
