// Everyone: a card each, or a list where there are many.

import { Card, CardsHeading, differenceFromPrior, Row, RowsHeading } from "./card.js";
import { counted } from "./format.js";
import { eachFrame, fromTemplate, remember, remembered, write } from "./page.js";
import { ScrollWindow } from "./scroll-window.js";

// More are easier found in a list.
const MOST_CARDS_UNASKED = 60;
const CARD_WIDTH = 340;
const CARD_GAP = 16;
const CARD_HEIGHT = 240;
const CARDS_HEADING_HEIGHT = 32;
const ROW_HEIGHT = 44;
// What is sorted by a value that moves stands still for so long.
const ORDER_MILLIS = 2000;

const SORTS = {
  name: null,
  seen: (person) => person.lastFrameAt,
  arousal: (person) => person.arousal,
  valence: (person) => person.valence,
  difference: differenceFromPrior,
  rate: (person) => person.framesPerSecond,
  lag: (person) => person.lagMillis ?? 0,
  neurons: (person) => person.neurons,
};

const byName = new Intl.Collator([], { numeric: true, sensitivity: "base" }).compare;

export class EveryoneView {
  element = fromTemplate("everyone-view");
  title = "Everyone";
  #people;
  #form = this.element.querySelector("form");
  #windows = { cards: null, list: null };
  // Cards or a list; empty where nobody chose, and then the number of people does.
  #chosenForm = remembered("form", "");
  #orderedAt = 0;
  #isStale = true;
  #scrolled = 0;
  #stop = [];

  constructor(people) {
    this.#people = people;
    this.#windows.cards = this.#cards();
    this.#windows.list = this.#list();
    const { elements } = this.#form;
    elements.window.value = remembered("everyone-window", "30");
    elements.sort.value = remembered("sort", "name");
    this.#setDescending(remembered("descending", "false") === "true");
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", (event) => this.#chosen(event.target));
    this.#form.querySelector(".direction").addEventListener("click", () => {
      this.#setDescending(!this.#isDescending);
      this.#arrange();
    });
    for (const button of this.element.querySelectorAll("thead button")) {
      button.addEventListener("click", () => this.#sortBy(button.parentElement.dataset.sort));
    }
    this.element.querySelector(".all").addEventListener("click", () => {
      this.#form.elements.search.value = "";
      this.#form.elements.state.value = "";
      this.#arrange();
      this.#form.elements.search.focus();
    });
    this.element.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Called when it is in the page. */
  start() {
    const place = () => {
      this.#window.place();
      this.#isStale = true;
    };
    addEventListener("scroll", place, { passive: true });
    const resized = new ResizeObserver(place);
    resized.observe(this.element);
    this.#arrange();
    scrollTo({ top: this.#scrolled, behavior: "instant" });
    place();
    this.#stop = [
      () => removeEventListener("scroll", place),
      () => resized.disconnect(),
      eachFrame((now) => this.#draw(now)),
    ];
  }

  stop() {
    this.#scrolled = scrollY;
    this.#stop.forEach((stop) => stop());
  }

  /** Gives the focus to a person's link, if it is there. */
  focusOn(name) {
    const link = this.#window.shown.get(name)?.element.querySelector("a");
    link?.focus({ preventScroll: true });
    return link !== undefined;
  }

  /** @param membersToo whether people came or went */
  changed(membersToo) {
    this.#isStale = true;
    if (membersToo) {
      this.#arrange();
    }
  }

  #cards() {
    const container = this.element.querySelector(".cards");
    const columns = () =>
      Math.max(1, Math.floor((container.clientWidth + CARD_GAP) / (CARD_WIDTH + CARD_GAP)));
    return new ScrollWindow(container, {
      make: () => new Card(),
      makeHeading: () => new CardsHeading(),
      rowHeight: CARD_HEIGHT + CARD_GAP,
      headingHeight: CARDS_HEADING_HEIGHT + CARD_GAP,
      columns,
      setSpace: (before, after) => {
        container.style.gridTemplateColumns = `repeat(${columns()}, minmax(0, 1fr))`;
        container.style.paddingTop = `${before}px`;
        container.style.paddingBottom = `${after}px`;
      },
    });
  }

  #list() {
    const [before, after] = this.element.querySelectorAll(".space");
    return new ScrollWindow(this.element.querySelector(".rows"), {
      origin: before,
      make: () => new Row(),
      makeHeading: () => new RowsHeading(),
      rowHeight: ROW_HEIGHT,
      headingHeight: ROW_HEIGHT,
      columns: () => 1,
      setSpace: (above, below) => {
        before.style.height = `${above}px`;
        after.style.height = `${below}px`;
      },
    });
  }

  get #shape() {
    return this.#chosenForm || (this.#people.all.size > MOST_CARDS_UNASKED ? "list" : "cards");
  }

  get #window() {
    return this.#windows[this.#shape];
  }

  get #isDescending() {
    return this.#form.querySelector(".direction").getAttribute("aria-pressed") === "true";
  }

  #setDescending(isDescending) {
    this.#form.querySelector(".direction").setAttribute("aria-pressed", isDescending);
  }

  #chosen(input) {
    if (input.name === "window") {
      remember("everyone-window", input.value);
    } else if (input.name === "form") {
      this.#chosenForm = input.value;
      remember("form", input.value);
    } else if (input.name === "sort") {
      // The most of a number is what one looks for; names are looked through from the first.
      this.#setDescending(input.value !== "name");
    }
    this.#arrange();
  }

  #sortBy(sort) {
    const { elements } = this.#form;
    this.#setDescending(elements.sort.value === sort ? !this.#isDescending : sort !== "name");
    elements.sort.value = sort;
    this.#arrange();
  }

  /** Says who is shown, in which order and form. */
  #arrange() {
    const { elements } = this.#form;
    const all = [...this.#people.all.values()];
    const text = elements.search.value.trim().toLocaleLowerCase();
    const found = all.filter(
      (person) =>
        (elements.state.value === "" || person.state === elements.state.value) &&
        person.person.toLocaleLowerCase().includes(text),
    );
    const value = SORTS[elements.sort.value];
    const sign = this.#isDescending ? -1 : 1;
    found.sort((one, other) => {
      const order = value === null ? byName(one.person, other.person) : value(one) - value(other);
      return sign * order || byName(one.person, other.person);
    });
    remember("sort", elements.sort.value);
    remember("descending", this.#isDescending);

    const shape = this.#shape;
    elements.form.value = shape;
    for (const head of this.element.querySelectorAll("th[data-sort]")) {
      if (head.dataset.sort === elements.sort.value) {
        head.ariaSort = this.#isDescending ? "descending" : "ascending";
      } else {
        head.removeAttribute("aria-sort");
      }
    }
    this.element.querySelector(".cards").hidden = shape !== "cards" || found.length === 0;
    this.element.querySelector(".list").hidden = shape !== "list" || found.length === 0;
    this.element.querySelector(".windows").hidden = shape !== "cards";
    const isEmpty = this.#people.areKnown && all.length === 0;
    this.element.querySelector(".nobody").hidden = !isEmpty;
    this.element.querySelector(".nothing").hidden = isEmpty || found.length > 0 || !this.#people.areKnown;
    this.#form.hidden = isEmpty;
    for (const [form, list] of Object.entries(this.#windows)) {
      list.setSections(form === shape ? this.#sections(found) : []);
    }
    this.#orderedAt = performance.now();
    this.#isStale = true;
  }

  /**
   * Those who stand alone, and each group under its heading where the first of its people comes: the
   * best of them by what is sorted by.
   */
  #sections(found) {
    const { groups } = this.#people;
    const begun = new Map();
    const sections = [];
    for (const { person } of found) {
      const group = groups.of(person);
      let section = group === undefined ? sections.at(-1) : begun.get(group);
      if (group === undefined && section?.heading !== null) {
        section = { heading: null, names: [] };
        sections.push(section);
      } else if (section === undefined) {
        section = { heading: { name: group.name, shown: 0, of: group.members.length }, names: [] };
        begun.set(group, section);
        sections.push(section);
      }
      section.names.push(person);
      if (group !== undefined) {
        section.heading.shown++;
      }
    }
    return sections;
  }

  /** Whether somebody is about to open one of them, which must not slip away. */
  get #isHeld() {
    return (
      this.element.querySelector(
        ".card:hover, tbody tr:hover, .card :focus-visible, tbody :focus-visible",
      ) !== null
    );
  }

  #draw(now) {
    if (this.#isStale && !this.#people.isPaused) {
      const moves = this.#form.elements.sort.value !== "name" || this.#form.elements.state.value !== "";
      if (moves && now - this.#orderedAt > ORDER_MILLIS && !this.#isHeld) {
        this.#arrange();
      }
    }
    const { all, time } = this.#people;
    const seconds = Number(this.#form.elements.window.value);
    const shape = this.#shape;
    for (const [name, item] of this.#window.shown) {
      const person = all.get(name);
      if (person === undefined) {
        continue;
      }
      if (this.#isStale) {
        // Also what is only near: the tab key and screen readers come there before it is seen.
        item.show(person, time);
      }
      if (shape === "cards" && this.#window.isInSight(name)) {
        item.draw(now, this.#people.historyOf(name), time, seconds);
      }
    }
    if (this.#isStale) {
      this.#totals();
    }
    this.#isStale = false;
  }

  #totals() {
    const counts = { "": 0, READY: 0, SEEDING: 0, PRIOR_ONLY: 0, IDLE: 0 };
    let rate = 0;
    for (const person of this.#people.all.values()) {
      counts[""]++;
      counts[person.state]++;
      rate += person.framesPerSecond;
    }
    for (const input of this.#form.elements.state) {
      write(input.nextElementSibling.querySelector("b"), String(counts[input.value]));
    }
    const known = this.#people.areKnown;
    write(this.element.querySelector(".people"), known ? counted(counts[""], "person", "people") : "");
    write(
      this.element.querySelector(".totals .rate"),
      known && counts[""] > 0 ? counted(Math.round(rate), "frame/s", "frames/s") : "",
    );
  }

  #key(event) {
    const ways = {
      ArrowRight: "next",
      ArrowLeft: "previous",
      ArrowDown: "down",
      ArrowUp: "up",
      Home: "first",
      End: "last",
    };
    if (event.key in ways && event.target.closest(".cards, .rows")) {
      event.preventDefault();
      this.#window.moveFocus(ways[event.key]);
    }
  }
}
