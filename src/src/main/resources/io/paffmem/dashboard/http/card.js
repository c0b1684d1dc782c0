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

/** Writes a name; of one of a group, the number apart, which is seen also where the name is too long. */
function writeLink(link, name, isMember) {
  const numberAt = isMember ? name.lastIndexOf("/") : name.length;
  if (link.title !== name) {
    link.href = addressOf(name);
    link.title = name;
  }
  write(link.firstElementChild, name.slice(0, numberAt));
  write(link.lastElementChild, name.slice(numberAt));
}

export class Card {
  element = fromTemplate("card");
  #link = this.element.querySelector("a");
  #state = this.element.querySelector(".state");
  #numbers = [...this.element.querySelectorAll(".number")];
  #facts = ["rate", "lag", "neurons"].map((name) => this.element.querySelector(`.facts .${name}`));
  #circumplex = new Circumplex(this.element.querySelector("canvas"));
  #charts = null;
  #name = "";

  standFor(name) {
    this.#name = name;
    this.#circumplex.reset();
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

  standAt(index, of, { column, isMember }) {
    this.element.ariaPosInSet = index + 1;
    this.element.ariaSetSize = of;
    // A group begins a row, and so does who comes after it.
    this.element.style.gridColumnStart = column + 1;
    this.element.classList.toggle("member", isMember);
    writeLink(this.#link, this.#name, isMember);
    this.#link.parentElement.ariaLevel = isMember ? 3 : 2;
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
  #name = "";

  standFor(name) {
    this.#name = name;
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

  standAt(index, of, { isMember }) {
    writeLink(this.#link, this.#name, isMember);
    // The head is the first row.
    this.element.ariaRowIndex = index + 2;
    this.element.classList.toggle("member", isMember);
  }
}

/** Over the people of one stream. */
class GroupHeading {
  element;

  constructor(template) {
    this.element = fromTemplate(template);
  }

  standFor(name) {
    this.element.title = name;
    write(this.element.querySelector("bdi"), name);
  }

  /** @param heading how many of the stream's people are shown, and how many there are */
  show({ shown, of }) {
    const people = counted(of, "person", "people");
    write(this.element.querySelector(".size"), shown === of ? people : `${count(shown)} of ${people}`);
  }
}

export class CardsHeading extends GroupHeading {
  constructor() {
    super("cards-heading");
  }

  standAt(index, of) {
    this.element.ariaPosInSet = index + 1;
    this.element.ariaSetSize = of;
  }
}

export class RowsHeading extends GroupHeading {
  constructor() {
    super("rows-heading");
  }

  standAt(index) {
    this.element.ariaRowIndex = index + 2;
  }
}

/** How far the answer is from the PK's own, in the plane of arousal and valence. */
export function differenceFromPrior(person) {
  return Math.hypot(person.arousal - person.prior.arousal, person.valence - person.prior.valence);
}
