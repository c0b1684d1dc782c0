// The others of a person's stream, as links.

import { addressOf } from "./card.js";
import { count, counted } from "./format.js";

// More would fill the page.
const MOST_LINKS = 12;

export class Fellows {
  #element;
  #name;
  #shown = "";

  /** @param name whose fellows they are */
  constructor(element, name) {
    this.#element = element;
    this.#name = name;
  }

  /** @param group of the person; undefined where there is none */
  show(group) {
    const { members } = group ?? { members: [] };
    const key = JSON.stringify(members.map((member) => member.name));
    if (key === this.#shown) {
      return;
    }
    this.#shown = key;
    this.#element.hidden = group === undefined;
    if (group !== undefined) {
      this.#write(group);
    }
  }

  #write({ name, members }) {
    const focused = this.#element.contains(document.activeElement) ? document.activeElement.textContent : null;
    const others = this.#nearest(members);
    const of = document.createElement("bdi");
    of.textContent = name;
    const list = document.createElement("ul");
    list.append(...others.map((other) => item(other.name)));
    const more = members.length - 1 - others.length;
    this.#element.replaceChildren(`One of ${counted(members.length, "person", "people")} of `, of, ":", list);
    if (more > 0) {
      this.#element.append(`and ${count(more)} more`);
    }
    [...list.querySelectorAll("a")].find((link) => link.textContent === focused)?.focus({ preventScroll: true });
  }

  /** The others whose numbers are nearest to this person's own, by their numbers. */
  #nearest(members) {
    const own = members.findIndex((member) => member.name === this.#name);
    const first = Math.max(0, Math.min(own - MOST_LINKS / 2, members.length - MOST_LINKS - 1));
    return members.slice(first, first + MOST_LINKS + 1).filter((member) => member.name !== this.#name);
  }
}

function item(name) {
  const link = document.createElement("a");
  link.href = addressOf(name);
  link.dir = "auto";
  link.textContent = name;
  const element = document.createElement("li");
  element.append(link);
  return element;
}
