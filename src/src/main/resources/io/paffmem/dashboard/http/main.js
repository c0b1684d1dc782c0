// Which view is shown, with which token, and whether the server is there.

import { Api } from "./api.js";
import { followTheme } from "./colours.js";
import { EveryoneView } from "./everyone.js";
import { counted } from "./format.js";
import { fromTemplate, say, write } from "./page.js";
import { People } from "./people.js";
import { PersonView } from "./person.js";
import { startTerms } from "./terms.js";

const main = document.getElementById("main");
const banner = document.getElementById("banner");
const connection = document.getElementById("connection");
const pause = document.getElementById("pause");

let api = null;
let people = null;
let view = null;
// Kept while somebody looks at one person: who comes back is where they left.
let everyone = null;
let isLost = false;

/** A token in the address is for this tab; it leaves the address before anybody copies it. */
function takeToken() {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (token !== undefined) {
    sessionStorage.setItem("token", decodeURIComponent(token));
    history.replaceState(null, "", `${location.pathname}#/`);
  }
  return sessionStorage.getItem("token");
}

function begin() {
  const token = takeToken();
  people?.close();
  people = null;
  everyone = null;
  if (token === null) {
    askForToken("This page shows how people's expressions look. It needs to know that you may look.");
    return;
  }
  api = new Api(token);
  tell("connecting");
  people = new People(api, {
    opened: () => {
      if (isLost) {
        say("Connected again.");
      }
      isLost = false;
      banner.hidden = true;
      tell(people.isPaused ? "paused" : "live");
    },
    lost: (millis) => {
      if (!isLost) {
        say("The connection is lost.");
      }
      isLost = true;
      tell("lost");
      write(
        banner,
        `The connection is lost; what you see is what was last known. Trying again in ${counted(Math.ceil(millis / 1000), "second", "seconds")}…`,
      );
      banner.hidden = false;
    },
    refused: (refusal) => {
      sessionStorage.removeItem("token");
      askForToken(
        refusal.status === 403
          ? "This token may not read what expressions look like. Another one may."
          : "This token is not known here. Is it complete, and from this very server?",
        true,
      );
    },
    changed: (membersToo) => view?.changed?.(membersToo),
    gone: (name) => view instanceof PersonView && view.title === name && view.gone(),
  });
  route();
}

function askForToken(why, isBad = false) {
  people?.close();
  people = null;
  tell("none");
  banner.hidden = true;
  const element = fromTemplate("access-view");
  element.querySelector(".why").textContent = why;
  element.querySelector(".why").classList.toggle("bad", isBad);
  element.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", element.querySelector("input").value.trim());
    begin();
  });
  show({ element, title: "Access" });
  element.querySelector("input").focus();
  if (isBad) {
    say(why);
  }
}

function show(next) {
  view?.stop?.();
  view = next;
  main.replaceChildren(next.element);
  document.title = `${next.title} · paffmem`;
  next.start?.();
}

function route() {
  if (people === null) {
    return;
  }
  const name = /^#\/people\/(.+)$/.exec(location.hash)?.[1];
  everyone ??= new EveryoneView(people);
  show(name === undefined ? everyone : new PersonView(api, people, decodeURIComponent(name)));
}

const WORDS = {
  connecting: "Connecting",
  live: "Live",
  paused: "Paused",
  lost: "Connection lost",
};

function tell(state) {
  connection.hidden = state === "none";
  pause.hidden = state === "none";
  connection.dataset.state = state;
  write(connection, WORDS[state] ?? "");
}

pause.addEventListener("click", () => {
  if (people.isPaused) {
    people.goOn();
  } else {
    people.pause();
  }
  pause.setAttribute("aria-pressed", people.isPaused);
  write(pause.querySelector("span"), people.isPaused ? "Go on" : "Pause");
  if (!isLost) {
    tell(people.isPaused ? "paused" : "live");
  }
});

addEventListener("hashchange", () => {
  if (location.hash.startsWith("#token=")) {
    begin();
    return;
  }
  const before = view?.title;
  route();
  if (view !== everyone) {
    scrollTo(0, 0);
  }
  if (view !== everyone || !everyone.focusOn(before)) {
    main.focus({ preventScroll: true });
  }
});

const guide = document.getElementById("guide");
document.getElementById("open-guide").addEventListener("click", () => guide.showModal());
guide.addEventListener("click", (event) => event.target === guide && guide.close());

// A page that a browser keeps to come back to would keep its connections, too.
addEventListener("pagehide", () => {
  people?.close();
  view?.stop?.();
});
addEventListener("pageshow", (event) => event.persisted && location.reload());

history.scrollRestoration = "manual";
followTheme(document.getElementById("theme"));
startTerms();
begin();
