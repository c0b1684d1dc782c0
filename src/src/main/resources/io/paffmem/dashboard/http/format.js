// How numbers, times and looks are written. Widths do not change with the values.

const MINUS = "−";
const FIGURE_SPACE = " ";

/** -1 to 1 as +0.42, with room for the sign. */
export function affect(value) {
  const rounded = Math.round(value * 100);
  const sign = rounded > 0 ? "+" : rounded < 0 ? MINUS : FIGURE_SPACE;
  return sign + (Math.abs(rounded) / 100).toFixed(2);
}

export function rate(framesPerSecond) {
  return `${framesPerSecond.toFixed(1)} fps`;
}

/** Milliseconds in the unit that reads best. */
export function duration(millis) {
  if (!Number.isFinite(millis)) {
    return "–";
  }
  if (millis < 1000) {
    return `${Math.round(Math.max(0, millis))} ms`;
  }
  const seconds = millis / 1000;
  if (seconds < 100) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 6000) {
    return `${Math.round(seconds / 60)} min`;
  }
  if (seconds < 48 * 3600) {
    return `${Math.round(seconds / 3600)} h`;
  }
  return `${Math.round(seconds / 86400)} days`;
}

/** How long ago, in whole seconds at least, so that it does not flicker. */
export function ago(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 2) {
    return "now";
  }
  return seconds < 100 ? `${seconds} s ago` : `${duration(millis)} ago`;
}

const whole = new Intl.NumberFormat("en");

export function count(number) {
  return whole.format(number);
}

export function counted(number, one, many) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });

export function timeOfDay(millis) {
  return clock.format(millis);
}

export function dayAndTime(millis) {
  return day.format(millis);
}

// Russell's circumplex, counter-clockwise from pleased.
const LOOKS = ["pleased", "excited", "aroused", "tense", "displeased", "gloomy", "calm", "relaxed"];
const NEUTRAL = 0.15;
const STRONG = 0.6;

/** What an expression at this place of the circumplex is commonly called. */
export function looks(arousal, valence) {
  const strength = Math.hypot(arousal, valence);
  if (strength < NEUTRAL) {
    return "neutral";
  }
  const eighth = Math.round((Math.atan2(arousal, valence) / (2 * Math.PI)) * 8 + 8) % 8;
  return (strength < STRONG ? "somewhat " : "") + LOOKS[eighth];
}

/** What is said of a state, and what it means. */
const STATES = {
  READY: { word: "Ready", means: "Answers come from this person's own memory" },
  SEEDING: {
    word: "Seeding",
    means: "A newcomer's memory is being seeded with imagined faces of so many frames more; they wait for it",
  },
  PRIOR_ONLY: { word: "PK alone", means: "The latest answers are the PK's, without a memory" },
  IDLE: { word: "Idle", means: "No frame has come for some seconds" },
};

const LEFT_TO_PRIOR =
  "The memory leaves this answer to the PK, as it does where a face stands alone in time: the first after a pause, say";

/** Whether a memory answered, and its answer is the PK's own. */
export function isLeftToPrior({ source, arousal, valence, prior }) {
  return source === "MEMORY" && arousal === prior.arousal && valence === prior.valence;
}

const NOT_THIS_PERSON =
  "The latest face does not look like this person: the PK alone answers, and nothing is learnt from it";

const NOT_READABLE =
  "The latest picture does not show this face well enough: the PK alone answers, and nothing is learnt from it";

/** Whether the latest picture shows the face too badly. */
function isUnreadable(person) {
  return person.quality?.readable === false && person.state !== "IDLE";
}

/** Whether the latest face looks like another person's. */
function isOfStranger(person) {
  return person.ofPerson === false && person.state !== "IDLE";
}

export function stateWord(person) {
  const { word } = STATES[person.state];
  if (isUnreadable(person)) {
    return "Not readable";
  }
  if (isOfStranger(person)) {
    return "Not this person";
  }
  if (person.state === "SEEDING") {
    return `${word}, ${person.framesToSeed} to go`;
  }
  return person.state === "READY" && isLeftToPrior(person) ? `${word} · PK alone` : word;
}

export function stateMeans(person) {
  if (isUnreadable(person)) {
    return `${NOT_READABLE} (${qualityWords(person.quality)})`;
  }
  if (isOfStranger(person)) {
    return NOT_THIS_PERSON;
  }
  return person.state === "READY" && isLeftToPrior(person) ? LEFT_TO_PRIOR : STATES[person.state].means;
}

/** Who answered. */
export function answeredBy(answer) {
  if (answer.source !== "MEMORY") {
    if (answer.quality?.readable === false) {
      return "the PK alone: not readable";
    }
    return answer.ofPerson === false ? "the PK alone: not this person" : "the PK alone";
  }
  return isLeftToPrior(answer) ? "the PK alone, for now" : "the memory";
}

const pixels = ({ side }) => `${Math.round(side)}\u00a0px`;
const degrees = (angle) => `${Math.abs(Math.round(angle))}°`;

/** What is said of why a face cannot be read. */
const FAULTS = {
  too_small: (quality) => `too small (${pixels(quality)})`,
  blurred: () => "blurred",
  cut_off: ({ cutOff }) => `cut off (${Math.round(100 * cutOff)}\u00a0%)`,
  turned: ({ yawDegrees }) => `turned (${degrees(yawDegrees)})`,
  tilted: ({ rollDegrees }) => `tilted (${degrees(rollDegrees)})`,
};

/** How well a picture shows a face. */
export function qualityWords(quality) {
  if (quality === undefined) {
    return "not measured";
  }
  if (quality.readable) {
    return `readable, ${pixels(quality)}`;
  }
  const faults = (quality.reasons ?? []).filter((reason) => reason in FAULTS);
  return faults.length === 0 ? "not readable" : faults.map((reason) => FAULTS[reason](quality)).join(", ");
}

/** All that was measured of it. */
export function qualityNumbers(quality) {
  if (quality === undefined) {
    return "";
  }
  const { sharpness, cutOff, score, yawDegrees, rollDegrees } = quality;
  return [
    pixels(quality),
    `sharpness ${sharpness.toFixed(2)}`,
    `cut off ${Math.round(100 * cutOff)} %`,
    ...(score === undefined ? [] : [`detector ${score.toFixed(2)}`]),
    ...(yawDegrees === undefined ? [] : [`turned ${degrees(yawDegrees)}`]),
    ...(rollDegrees === undefined ? [] : [`tilted ${degrees(rollDegrees)}`]),
  ].join(", ");
}

/** A sentence, also of what a program says in passing. */
export function sentence(text) {
  const begun = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}
