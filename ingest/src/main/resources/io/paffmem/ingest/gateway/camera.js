"use strict";

// Camera -> canvas -> JPEG -> WebSocket. A connection that breaks is opened again; a picture that
// was not answered is gone, for the next one matters more.

const JPEG_QUALITY = 0.9;
const PICTURE_WIDTH = 640;
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10000;
// Refusals of open that asking again does not change.
const FINAL = ["unauthorized", "consent_missing", "purpose_prohibited", "subjects_missing", "consent_withdrawn", "invalid_message"];

const element = (id) => document.getElementById(id);
const video = element("video");
const canvas = document.createElement("canvas");

let feed = null;
// Start and Stop count it up: whatever was waited for meanwhile is then of no use any more.
let run = 0;

function say(text, isBad = false) {
  const status = element("status");
  status.textContent = text;
  status.classList.toggle("bad", isBad);
}

/** One run from Start to Stop, over as many connections as it takes. */
class Feed {
  constructor(camera, open) {
    this.camera = camera;
    this.open = open;
    this.counts = { sent: 0, accepted: 0, faceless: 0, refused: 0 };
    this.pauseMillis = FIRST_PAUSE_MILLIS;
    this.stopped = false;
    this.connect();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(`${scheme}//${location.host}/v1/feed`);
    this.unanswered = 0;
    this.refusal = null;
    this.socket.onopen = () => this.socket.send(JSON.stringify(this.open));
    this.socket.onmessage = (event) => this.heard(JSON.parse(event.data));
    this.socket.onclose = () => this.disconnected();
    say("Connecting…");
  }

  heard(message) {
    if (message.type === "opened") {
      this.pauseMillis = FIRST_PAUSE_MILLIS;
      this.maxUnanswered = message.maxUnanswered;
      this.timer = setInterval(() => this.takePicture(), 1000 / message.rate);
      say(`Sending ${message.rate} pictures a second.`);
      element("rest").disabled = false;
      return;
    }
    if (message.frame === undefined) {
      if (message.type === "error") {
        this.refusal = message;
        this.socket.close();
      }
      return;
    }
    this.unanswered--;
    if (message.type === "accepted") {
      this.count("accepted");
    } else if (message.code === "no_face") {
      this.count("faceless");
    } else {
      this.count("refused");
    }
  }

  takePicture() {
    // What the gateway has not answered yet is a measure of what it can take.
    if (this.socket.readyState !== WebSocket.OPEN || this.unanswered >= this.maxUnanswered) {
      return;
    }
    const scale = Math.min(1, PICTURE_WIDTH / video.videoWidth);
    canvas.width = Math.round(scale * video.videoWidth);
    canvas.height = Math.round(scale * video.videoHeight);
    if (canvas.width === 0 || canvas.height === 0) {
      return;
    }
    canvas.getContext("2d").drawImage(video, 0, 0, canvas.width, canvas.height);
    const capturedAt = Date.now();
    const socket = this.socket;
    this.unanswered++;
    canvas.toBlob(
      (jpeg) => {
        if (socket !== this.socket || socket.readyState !== WebSocket.OPEN || jpeg === null) {
          return;
        }
        socket.send(JSON.stringify({ type: "frame", capturedAt }));
        socket.send(jpeg);
        this.count("sent");
      },
      "image/jpeg",
      JPEG_QUALITY,
    );
  }

  disconnected() {
    clearInterval(this.timer);
    if (this.stopped) {
      return;
    }
    if (this.refusal !== null && FINAL.includes(this.refusal.code)) {
      end(`Refused: ${this.refusal.message}.`, true);
      return;
    }
    if (this.refusal !== null && this.refusal.code === "already_open") {
      end("Stopped: this stream was opened elsewhere.", true);
      return;
    }
    say("The connection broke; it is opened again.", true);
    this.timer = setTimeout(() => this.connect(), this.pauseMillis);
    this.pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * this.pauseMillis);
  }

  stop() {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.timer);
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({ type: "close" }));
    } else {
      this.socket.close();
    }
    release(this.camera);
  }

  count(what) {
    this.counts[what]++;
    element(what).textContent = this.counts[what];
  }
}

const COUNTDOWN_SECONDS = 3;
const REST_MILLIS = 3000;
// Until the last picture has been answered.
const ANSWER_MILLIS = 2500;

let lastTaught = null;

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

function sayRest(text, isBad = false) {
  const status = element("rest-status");
  status.textContent = text;
  status.classList.toggle("bad", isBad);
}

/** What the gateway says to a teaching, or to taking one back. */
async function askTeaching(open, method, rest, body) {
  const response = await fetch(`/v1/people/${encodeURIComponent(open.person)}/teaching${rest}`, {
    method,
    headers: { Authorization: `Bearer ${open.token}` },
    body,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.message ?? `the server answered ${response.status}`);
  }
  return answer;
}

function keepPicture() {
  const picture = element("rest-picture");
  picture.width = 160;
  picture.height = Math.max(1, Math.round((160 * video.videoHeight) / Math.max(1, video.videoWidth)));
  picture.getContext("2d").drawImage(video, 0, 0, picture.width, picture.height);
  picture.hidden = false;
}

/** Counts down, takes three seconds, and has them taught. */
async function teachRest() {
  const mine = run;
  const taught = feed;
  if (taught === null) {
    return;
  }
  element("rest").disabled = true;
  element("rest-undo").hidden = true;
  try {
    for (let left = COUNTDOWN_SECONDS; left > 0; left--) {
      sayRest(`Look at the camera calmly. It begins in ${left}…`);
      await pause(1000);
    }
    sayRest("Stay calm, for three seconds…");
    const before = taught.counts.accepted;
    const from = Date.now();
    await pause(REST_MILLIS / 2);
    keepPicture();
    await pause(REST_MILLIS / 2);
    const to = Date.now();
    sayRest("Waiting for the answers to these pictures…");
    await pause(ANSWER_MILLIS);
    if (mine !== run) {
      sayRest("Nothing is taught: it was stopped meanwhile.", true);
      return;
    }
    if (taught.counts.accepted === before) {
      throw new Error("no face was seen in these three seconds");
    }
    const { open } = taught;
    const answer = await askTeaching(
      open,
      "POST",
      "",
      JSON.stringify({ neutral: true, stream: open.stream, from, to }),
    );
    if (answer.state === "PENDING") {
      sayRest("Sent. It is taught as soon as the pictures before it are answered.");
    } else {
      sayRest("Taught. This is how the face at rest looked:");
    }
    lastTaught = { open, id: answer.id };
    element("rest-undo").hidden = false;
  } catch (error) {
    sayRest(`Nothing is taught: ${error.message}. It can be repeated.`, true);
  } finally {
    element("rest").disabled = feed === null;
  }
}

async function undoRest() {
  const { open, id } = lastTaught;
  element("rest-undo").disabled = true;
  try {
    await askTeaching(open, "DELETE", `/${encodeURIComponent(id)}`, undefined);
    sayRest("Taken back.");
    element("rest-undo").hidden = true;
    element("rest-picture").hidden = true;
  } catch (error) {
    sayRest(`Not taken back: ${error.message}.`, true);
  } finally {
    element("rest-undo").disabled = false;
  }
}

function release(camera) {
  for (const track of camera.getTracks()) {
    track.onended = null;
    track.stop();
  }
  if (video.srcObject === camera) {
    video.srcObject = null;
  }
}

function setRunning(running) {
  element("fields").disabled = running;
  element("start").disabled = running;
  element("stop").disabled = !running;
  element("rest").disabled = true;
}

function end(text, isBad) {
  run++;
  if (feed !== null) {
    feed.stop();
    feed = null;
  }
  setRunning(false);
  say(text, isBad);
}

function declaration() {
  return {
    type: "open",
    token: element("token").value,
    person: element("person").value.trim(),
    stream: `camera-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`,
    rate: Number(element("rate").value),
    purpose: element("purpose").value.trim() || null,
    consent: element("consent").value.trim() || null,
    subjects: element("subjects").value,
  };
}

async function start(event) {
  event.preventDefault();
  const form = element("form");
  if (!form.checkValidity()) {
    say("Something is missing: person, token, and that the person agrees.", true);
    form.reportValidity();
    return;
  }
  setRunning(true);
  const mine = ++run;
  let camera = null;
  try {
    if (navigator.mediaDevices === undefined) {
      throw new Error("browsers give the camera only to https pages and to localhost");
    }
    camera = await navigator.mediaDevices.getUserMedia({
      video: { width: { ideal: PICTURE_WIDTH }, facingMode: "user" },
      audio: false,
    });
    if (mine === run) {
      // Unplugged, or taken away: its last picture must not be sent for ever.
      for (const track of camera.getTracks()) {
        track.onended = () => mine === run && end("Stopped: the camera is gone.", true);
      }
      video.srcObject = camera;
      await video.play();
    }
    if (mine === run) {
      feed = new Feed(camera, declaration());
    } else {
      release(camera);
    }
  } catch (error) {
    if (camera !== null) {
      release(camera);
    }
    if (mine === run) {
      end(`No camera: ${error.message}`, true);
    }
  }
}

element("form").addEventListener("submit", start);
element("rest").addEventListener("click", teachRest);
element("rest-undo").addEventListener("click", undoRest);
element("stop").addEventListener("click", () => end("Stopped.", false));
window.addEventListener("pagehide", () => end("Stopped.", false));
