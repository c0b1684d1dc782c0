// One person among others: a card, or a row of the list.

import { CHARTS, TimeChart } from "./chart.js";
import { Circumplex } from "./circumplex.js";
import { affect, ago, count, counted, duration, rate, stateMeans, stateWord } from "./format.js";
import { fromTemplate, write } from "./page.js";

export function addressOf(name) {
  return `#/people/${encodeURIComponent(name)}`;
}

/** Writes a person's state into a .state element. */
export function writeState(element, person) {
  element.dataset.state = person.state;
  element.title = stateMeans(person);
  write(element, stateWord(person));
}

function writeLink(link, name) {
  link.href = addressOf(name);
  link.title = name;
  write(link, name);
}

export class Card {
  element = fromTemplate("card");
  #link = this.element.querySelector("a");
  #state = this.element.querySelector(".state");
  #numbers = [...this.element.querySelectorAll(".number")];
  #facts = ["rate", "lag", "neurons"].map((name) => this.element.querySelector(`.facts .${name}`));
  #circumplex = new Circumplex(this.element.querySelector("canvas"));
  #charts = null;

  standFor(name) {
    this.#circumplex.reset();
    writeLink(this.#link, name);
  }

  show(person, time) {
    writeState(this.#state, person);
    write(this.#numbers[0], affect(person.arousal));
    write(this.#numbers[1], affect(person.valence));
    write(this.#facts[0], rate(person.framesPerSecond));
    // Of who is idle, what matters is since when.
    write(
      this.#facts[1],
      person.state === "IDLE" ? ago(time - person.lastFrameAt) : `${duration(person.lagMillis)} lag`,
    );
    write(this.#facts[2], counted(person.neurons, "neuron", "neurons"));
    this.#circumplex.show(person);
  }

  standAt(index, of) {
    this.element.ariaPosInSet = index + 1;
    this.element.ariaSetSize = of;
  }

  draw(now, history, time, seconds) {
    this.#circumplex.draw(now);
    this.#charts ??= ["arousal", "valence"].map(
      (name) => new TimeChart(this.element.querySelector(`.${name} .chart`), CHARTS[name], { isSmall: true }),
    );
    for (const chart of this.#charts) {
      chart.draw(now, history, time, seconds);
    }
  }
}

export class Row {
  element = fromTemplate("row");
  #link = this.element.querySelector("a");
  #state = this.element.querySelector(".state");
  #numbers = [...this.element.querySelectorAll(".number")];
  #bars = [...this.element.querySelectorAll(".bar i")];
  #cells = Object.fromEntries(
    ["difference", "rate", "lag", "neurons", "seen"].map((name) => [
      name,
      this.element.querySelector(`td.${name}`),
    ]),
  );

  standFor(name) {
    writeLink(this.#link, name);
  }

  show(person, time) {
    writeState(this.#state, person);
    [person.arousal, person.valence].forEach((value, i) => {
      write(this.#numbers[i], affect(value));
      this.#bars[i].style.transform = `scaleX(${value})`;
    });
    write(this.#cells.difference, differenceFromPrior(person).toFixed(2));
    write(this.#cells.rate, person.framesPerSecond.toFixed(1));
    write(this.#cells.lag, duration(person.lagMillis));
    write(this.#cells.neurons, count(person.neurons));
    write(this.#cells.seen, ago(time - person.lastFrameAt));
  }

  standAt(index) {
    // The head is the first row.
    this.element.ariaRowIndex = index + 2;
  }
}

/** How far the answer is from the PK's own, in the plane of arousal and valence. */
export function differenceFromPrior(person) {
  return Math.hypot(person.arousal - person.prior.arousal, person.valence - person.prior.valence);
}
