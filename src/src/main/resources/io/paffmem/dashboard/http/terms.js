// The words of the page, explained where they stand and all together in the guide.

const TERMS = {
  apparent: [
    "Apparent expression",
    "What a face looks like to somebody who sees it. It is no measurement of feelings: people smile when they are not glad, and are glad without a smile.",
  ],
  arousal: [
    "Arousal",
    "How activated the expression looks: −1 is calm or sleepy, 0 neutral, +1 very aroused. A number without a unit.",
  ],
  valence: [
    "Valence",
    "How pleasant the expression looks: −1 is displeased, 0 neutral, +1 pleased. A number without a unit.",
  ],
  prior: [
    "PK",
    "Prior knowledge: the network that was trained on many people. It reads every face alike; its own answer is shown beside the memory's, and is all there is while a person has no memory.",
  ],
  source: [
    "Answered by",
    "The memory of this very person, or the PK alone: before the memory is seeded, or where it is of another model. A memory leaves a face that stands alone in time to the PK, such as the first after a pause.",
  ],
  seeding: [
    "Seeding",
    "A newcomer's memory begins with faces that the PK imagines of them, made from their first frames. Frames wait meanwhile, unless a limit was set.",
  ],
  memory: [
    "Memory",
    "A network of neurons (Growing When Required) that grows from imagined faces of the person and then stays as it is. Each neuron is a prototype of how this face looks. Beside it the memory knows how far the PK's readings of this person are off all the time, as far as their face shows it.",
  ],
  neurons: [
    "Neurons",
    "How many prototypes the memory holds; it has room for as many as stand after “of”. While it is seeded, one is added when an imagined face is unlike all of them and the nearest was used enough. Real faces add none, so the number stays as it is then.",
  ],
  label: [
    "Label",
    "The arousal and valence that a neuron stands for, learnt from imagined faces, whose expression is known.",
  ],
  habituation: [
    "Used",
    "Habituation falls from 1 towards 0 as a neuron is the best match again and again; the larger the disc, the lower it is.",
  ],
  edge: ["Edge", "Joins two neurons that were best and second best for the same face. Old ones fade."],
  bestMatchingUnit: [
    "Best-matching unit",
    "The neuron nearest to the latest face. It lights up with each frame.",
  ],
  activity: [
    "Activity",
    "How well the best-matching unit fits the face: 1 is a perfect fit, towards 0 the memory has seen nothing like it.",
  ],
  projection: [
    "Shown of it",
    "Neurons live in many dimensions. The map shows the plane in which they differ most (of the first two principal components), and this share of all their differences.",
  ],
  generation: ["Generation", "Counts up whenever the memory begins anew: reset, forgotten, or another PK."],
  waiting: ["Waiting", "Frames that wait for the memory to be seeded."],
  rate: ["Frame rate", "Frames of this person answered a second, over the last seconds."],
  lag: [
    "Lag",
    "From the moment a frame was taken in to the moment this page's server had its answer. A short running mean.",
  ],
  quality: [
    "Quality",
    "How well the picture shows the face. A face that is too small, blurred, cut off by the picture's edge, turned or tilted is not readable: the PK answers it alone, with about twice its usual error or more, and nothing is learnt from it. The pixels are those of the face's longer side in the picture. A picture whose publisher did not measure it counts as readable.",
  ],
  activation: [
    "Activation",
    "How strongly the last layer of the PK's encoder responds at each place of the picture, all channels averaged. The lighter, the more.",
  ],
};

const GAP = 8;

/** Makes every .term inside explain itself when pressed. */
export function explainTerms(root) {
  for (const button of root.querySelectorAll(".term")) {
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", "meaning");
    button.addEventListener("click", () => toggle(button));
  }
}

// It stands by the word that was asked for, and may leave the page with it.
const meaning = document.getElementById("meaning");
let asked = null;

function toggle(button) {
  const wasOpen = asked === button;
  if (asked !== null) {
    meaning.hidePopover();
  }
  if (wasOpen) {
    return;
  }
  const [name, text] = TERMS[button.dataset.term];
  const head = document.createElement("b");
  head.textContent = name;
  meaning.replaceChildren(head, text);
  // Right behind its word, so that who hears the page comes to it next.
  button.after(meaning);
  meaning.showPopover();
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = meaning;
  const below = at.bottom + GAP;
  meaning.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  meaning.style.top = `${below + height < innerHeight ? below : Math.max(GAP, at.top - GAP - height)}px`;
  asked = button;
  button.setAttribute("aria-expanded", "true");
}

export function startTerms() {
  meaning.addEventListener("toggle", (event) => {
    if (event.newState === "closed") {
      asked?.setAttribute("aria-expanded", "false");
      asked = null;
    }
  });
  // It stands where its word stood.
  addEventListener("scroll", () => asked !== null && meaning.hidePopover(), { passive: true });
  document.getElementById("glossary").append(
    ...Object.values(TERMS).flatMap(([name, text]) => {
      const head = document.createElement("dt");
      head.textContent = name;
      const body = document.createElement("dd");
      body.textContent = text;
      return [head, body];
    }),
  );
}
