// A list of thousands of which only those in sight are in the page.

// Rows above and below what is seen, so that scrolling and the tab key find something there.
const SPARE_ROWS = 2;

/**
 * Keeps items of equal height in sight. What is left of the page around them is space.
 *
 * The order of the elements is the order of the items, so the tab key goes through them as they are
 * seen; the element that has the focus is never moved.
 */
export class ScrollWindow {
  #container;
  #make;
  #setSpace;
  #rowHeight;
  #columns;
  #names = [];
  #shown = new Map();
  #inSight = new Set();
  #spare = [];

  /**
   * @param container what holds the items
   * @param make makes an item: an `element`, `standFor(name)`, which it is told whenever its element
   *     is somebody else's from then on, and `standAt(index, of)`
   * @param setSpace told the pixels before and after the items
   * @param rowHeight pixels from one row to the next
   * @param columns gives the number of items in a row
   */
  constructor(container, { make, setSpace, rowHeight, columns }) {
    this.#container = container;
    this.#make = make;
    this.#setSpace = setSpace;
    this.#rowHeight = rowHeight;
    this.#columns = columns;
  }

  /** The items in the page, by name. */
  get shown() {
    return this.#shown;
  }

  /** Whether an item is where somebody sees it, and not only near. */
  isInSight(name) {
    return this.#inSight.has(name);
  }

  setNames(names) {
    this.#names = names;
    this.place();
  }

  /** After scrolling, another size, or other names. */
  place() {
    const columns = this.#columns();
    const rows = Math.ceil(this.#names.length / columns);
    const top = this.#container.getBoundingClientRect().top;
    const highest = Math.floor(-top / this.#rowHeight);
    const lowest = Math.ceil((innerHeight - top) / this.#rowHeight);
    const first = clamp(highest - SPARE_ROWS, 0, rows);
    const last = clamp(lowest + SPARE_ROWS, first, rows);
    this.#inSight = new Set(this.#names.slice(Math.max(0, highest * columns), Math.max(0, lowest * columns)));
    this.#setSpace(first * this.#rowHeight, (rows - last) * this.#rowHeight);
    const begin = first * columns;
    const names = this.#names.slice(begin, last * columns);
    const wanted = new Set(names);
    for (const [name, item] of this.#shown) {
      if (!wanted.has(name)) {
        this.#shown.delete(name);
        item.element.remove();
        this.#spare.push(item);
      }
    }
    let next = this.#container.firstElementChild;
    names.forEach((name, i) => {
      let item = this.#shown.get(name);
      if (item === undefined) {
        item = this.#spare.pop() ?? this.#make();
        item.standFor(name);
        this.#shown.set(name, item);
      }
      item.standAt(begin + i, this.#names.length);
      if (item.element === next) {
        next = next.nextElementSibling;
      } else if (next?.contains(document.activeElement)) {
        next.after(item.element);
      } else {
        this.#container.insertBefore(item.element, next);
      }
    });
  }

  /** Moves the focus by so many items from the one that has it, scrolling there. */
  moveFocus(by) {
    const at = [...this.#shown].find(([, item]) => item.element.contains(document.activeElement));
    if (at === undefined) {
      return;
    }
    const index = clamp(this.#names.indexOf(at[0]) + by(this.#columns()), 0, this.#names.length - 1);
    const top = this.#container.getBoundingClientRect().top + scrollY;
    const y = top + Math.floor(index / this.#columns()) * this.#rowHeight;
    if (y < scrollY + this.#rowHeight || y + this.#rowHeight > scrollY + innerHeight) {
      scrollTo({ top: y - innerHeight / 2 + this.#rowHeight / 2, behavior: "instant" });
      this.place();
    }
    this.#shown.get(this.#names[index])?.element.querySelector("a").focus({ preventScroll: true });
  }
}

function clamp(value, least, most) {
  return Math.min(most, Math.max(least, value));
}
