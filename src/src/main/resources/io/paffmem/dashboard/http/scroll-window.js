// A list of thousands of which only those in sight are in the page.

// Rows above and below what is seen, so that scrolling and the tab key find something there.
const SPARE_ROWS = 2;

/**
 * Keeps items of equal height in sight, in sections of which each may have a heading. What is left
 * of the page around them is space.
 *
 * The order of the elements is the order of the items, so the tab key goes through them as they are
 * seen; the element that has the focus is never moved.
 */
export class ScrollWindow {
  #container;
  #origin;
  #make;
  #makeHeading;
  #setSpace;
  #rowHeight;
  #headingHeight;
  #columns;
  #sections = [];
  #names = [];
  // A heading or some items each, from above, for so many columns.
  #rows = [];
  #laidOutColumns = 0;
  #height = 0;
  #entries = 0;
  #shown = new Map();
  #headings = new Map();
  #inSight = new Set();
  #spareItems = [];
  #spareHeadings = [];

  /**
   * @param container what holds the items
   * @param origin where the list begins, with the space before the items
   * @param make makes an item: an `element`, `standFor(name)`, which it is told whenever its element
   *     is somebody else's from then on, and then `standAt(index, of, { column, isMember })`
   * @param makeHeading makes a heading: an `element`, `standFor(name)`, `standAt(index, of)`, and
   *     `show(heading)`
   * @param setSpace told the pixels before and after the items
   * @param rowHeight pixels from one row to the next
   * @param headingHeight pixels from a heading to the row after it
   * @param columns gives the number of items in a row
   */
  constructor(
    container,
    { origin = container, make, makeHeading, setSpace, rowHeight, headingHeight, columns },
  ) {
    this.#container = container;
    this.#origin = origin;
    this.#make = make;
    this.#makeHeading = makeHeading;
    this.#setSpace = setSpace;
    this.#rowHeight = rowHeight;
    this.#headingHeight = headingHeight;
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

  /** @param sections of `names`, and a `heading` with a `name` of its own, or null */
  setSections(sections) {
    this.#sections = sections;
    this.#names = sections.flatMap(({ names }) => names);
    this.#layOut(this.#columns());
    this.place();
  }

  #layOut(columns) {
    this.#laidOutColumns = columns;
    this.#rows = [];
    let [top, first, entry] = [0, 0, 0];
    for (const { heading, names } of this.#sections) {
      const isMember = heading !== null;
      if (isMember) {
        this.#rows.push({ top, first, entry, heading, names: [] });
        top += this.#headingHeight;
        entry++;
      }
      for (let i = 0; i < names.length; i += columns) {
        const some = names.slice(i, i + columns);
        this.#rows.push({ top, first, entry, heading: null, names: some, isMember });
        top += this.#rowHeight;
        first += some.length;
        entry += some.length;
      }
    }
    this.#height = top;
    this.#entries = entry;
  }

  #topOf(row) {
    return this.#rows[row]?.top ?? this.#height;
  }

  /** After scrolling, or another size. */
  place() {
    const columns = this.#columns();
    if (columns !== this.#laidOutColumns) {
      this.#layOut(columns);
    }
    const rows = this.#rows;
    const top = this.#origin.getBoundingClientRect().top;
    const highest = firstOf(rows.length, (row) => this.#topOf(row + 1) > -top);
    const lowest = firstOf(rows.length, (row) => rows[row].top >= innerHeight - top);
    const first = Math.max(0, highest - SPARE_ROWS);
    const last = Math.max(first, Math.min(rows.length, lowest + SPARE_ROWS));
    this.#inSight = new Set(rows.slice(highest, lowest).flatMap(({ names }) => names));
    this.#setSpace(this.#topOf(first), this.#height - this.#topOf(last));
    const near = rows.slice(first, last);
    release(this.#shown, new Set(near.flatMap(({ names }) => names)), this.#spareItems);
    release(
      this.#headings,
      new Set(near.filter(({ heading }) => heading !== null).map(({ heading }) => heading.name)),
      this.#spareHeadings,
    );
    this.#putInOrder(near.flatMap((row) => this.#elementsOf(row)));
  }

  #elementsOf({ entry, heading, names, isMember }) {
    if (heading !== null) {
      const one = taken(this.#headings, heading.name, this.#spareHeadings, this.#makeHeading);
      one.show(heading);
      one.standAt(entry, this.#entries);
      return [one.element];
    }
    return names.map((name, column) => {
      const item = taken(this.#shown, name, this.#spareItems, this.#make);
      item.standAt(entry + column, this.#entries, { column, isMember });
      return item.element;
    });
  }

  #putInOrder(elements) {
    let next = this.#container.firstElementChild;
    for (const element of elements) {
      if (element !== next && element.contains(document.activeElement)) {
        // What stands before it goes behind it, and from there to its place.
        while (next !== element) {
          const { nextElementSibling } = next;
          element.after(next);
          next = nextElementSibling;
        }
      }
      if (element === next) {
        next = next.nextElementSibling;
      } else {
        this.#container.insertBefore(element, next);
      }
    }
  }

  /**
   * Moves the focus from the item that has it, scrolling there.
   *
   * @param way `next`, `previous`, `down`, `up`, `first` or `last`
   */
  moveFocus(way) {
    const at = [...this.#shown].find(([, item]) => item.element.contains(document.activeElement));
    if (at === undefined) {
      return;
    }
    const index = this.#indexAfter(this.#names.indexOf(at[0]), way);
    const row = this.#rows[this.#rowOf(index)];
    const y = this.#origin.getBoundingClientRect().top + scrollY + row.top;
    if (y < scrollY + this.#rowHeight || y + this.#rowHeight > scrollY + innerHeight) {
      scrollTo({ top: y - innerHeight / 2 + this.#rowHeight / 2, behavior: "instant" });
      this.place();
    }
    this.#shown.get(this.#names[index])?.element.querySelector("a").focus({ preventScroll: true });
  }

  #indexAfter(index, way) {
    const last = this.#names.length - 1;
    switch (way) {
      case "first":
        return 0;
      case "last":
        return last;
      case "next":
        return Math.min(last, index + 1);
      case "previous":
        return Math.max(0, index - 1);
      default:
        return this.#indexBeyond(index, way === "down" ? 1 : -1);
    }
  }

  /** In the row below or above, over a heading, in the same column or the last one before it. */
  #indexBeyond(index, step) {
    const row = this.#rowOf(index);
    const column = index - this.#rows[row].first;
    let other = row + step;
    while (this.#rows[other]?.heading) {
      other += step;
    }
    const beyond = this.#rows[other];
    return beyond === undefined ? index : beyond.first + Math.min(column, beyond.names.length - 1);
  }

  /** The row of an item; a heading begins with the same item as the row after it. */
  #rowOf(index) {
    return firstOf(this.#rows.length, (row) => this.#rows[row].first > index) - 1;
  }
}

/** The least number below count for which something holds that holds for all after it; else count. */
function firstOf(count, holds) {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) {
      to = middle;
    } else {
      from = middle + 1;
    }
  }
  return from;
}

/** Takes those out of the page that are not wanted there, and keeps them for others. */
function release(shown, wanted, spare) {
  for (const [name, item] of shown) {
    if (!wanted.has(name)) {
      shown.delete(name);
      item.element.remove();
      spare.push(item);
    }
  }
}

function taken(shown, name, spare, make) {
  let item = shown.get(name);
  if (item === undefined) {
    item = spare.pop() ?? make();
    item.standFor(name);
    shown.set(name, item);
  }
  return item;
}
