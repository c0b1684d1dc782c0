// The colours of the style sheet, for canvases; and the scale of two dimensions.

const NAMES = [
  "page",
  "surface",
  "sunken",
  "line",
  "strong-line",
  "ink",
  "muted",
  "accent",
  "arousal",
  "valence",
  "prior",
];

/** By name, as the style sheet has them now; `version` grows when they change. */
export const colours = { version: 0, dark: false };

function read() {
  const probe = document.createElement("i");
  document.body.append(probe);
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.style.colorScheme = "inherit";
  probe.style.color = "light-dark(#fff, #000)";
  colours.dark = getComputedStyle(probe).color === "rgb(0, 0, 0)";
  probe.remove();
  colours.version++;
}

export function followTheme(select) {
  const root = document.documentElement;
  select.value = root.dataset.theme;
  select.addEventListener("change", () => {
    root.dataset.theme = select.value;
    localStorage.setItem("theme", select.value);
    read();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", read);
  read();
}

/** A share of one colour over another, which lets nothing through. */
export function mixed(colour, other, share) {
  return `color-mix(in srgb, ${colour} ${Math.round(100 * share)}%, ${other})`;
}

/** The same colour, let through by a share. */
export function faint(colour, alpha) {
  return colour.replace(/^rgb\((.*)\)$/, (_, parts) => `rgba(${parts}, ${alpha})`);
}

const GREEN = 155;
const PURPLE = 320;

/**
 * The colour of an affect: the more aroused the lighter; green is pleased and purple displeased, a
 * pair that all kinds of colour blindness tell apart, and neither of them means arousal or valence
 * elsewhere on the page.
 */
export function colourOf(arousal, valence) {
  const lightness = colours.dark ? 0.63 + 0.27 * arousal : 0.58 + 0.26 * arousal;
  const chroma = 0.17 * Math.min(1, Math.abs(valence));
  return `oklch(${lightness} ${chroma} ${valence < 0 ? PURPLE : GREEN})`;
}
