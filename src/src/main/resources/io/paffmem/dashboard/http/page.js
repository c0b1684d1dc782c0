// Small things that all views need of the page.

/** A copy of a template's one element. */
export function fromTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** Writes a text if it is another: most are not, and writing costs a layout. */
export function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Says something to those who hear the page; nothing else on it speaks by itself. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether who looks asked for less motion. */
export function wantsCalm() {
  return calm.matches;
}

const MOST_PIXELS = 2;

/**
 * Makes a canvas as fine as the screen.
 *
 * @returns its context in CSS pixels, its width and its height; null while it is not shown
 */
export function canvasOf(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) {
    return null;
  }
  const scale = Math.min(devicePixelRatio, MOST_PIXELS);
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

const drawers = new Set();

/** Calls draw(now) before each picture of the screen until what is returned is called. */
export function eachFrame(draw) {
  drawers.add(draw);
  if (drawers.size === 1) {
    requestAnimationFrame(frame);
  }
  return () => drawers.delete(draw);
}

function frame(now) {
  // First, so that a fault in one picture does not end them all.
  if (drawers.size > 0) {
    requestAnimationFrame(frame);
  }
  for (const draw of drawers) {
    draw(now);
  }
}

/** What somebody chose last time, in this browser. */
export function remembered(name, otherwise) {
  return localStorage.getItem(name) ?? otherwise;
}

export function remember(name, value) {
  localStorage.setItem(name, value);
}
