// Publishes pictures of one person and prints what comes of each. Node 18 or newer, without packages.
//
//   PAFFMEM_TOKEN=... node publish.mjs PERSON PICTURE...
//
// PAFFMEM_GATEWAY and PAFFMEM_DASHBOARD say where they are, if not here. PAFFMEM_PICTURE=face if the faces are cut out.
import { readFile } from "node:fs/promises";

const gateway = process.env.PAFFMEM_GATEWAY ?? "http://localhost:8080";
const dashboard = process.env.PAFFMEM_DASHBOARD ?? "http://localhost:8090";
const picture = process.env.PAFFMEM_PICTURE ?? "whole";
const headers = { Authorization: `Bearer ${process.env.PAFFMEM_TOKEN}` };
const [person, ...files] = process.argv.slice(2);
const name = encodeURIComponent(person);
// Frames of a stream count up from 0, so each run has a stream of its own.
const stream = `example-${Date.now()}`;

// Events begin with the present, so ask for them before anything is published.
const events = await fetch(`${dashboard}/v1/emotions?person=${name}`, { headers });
if (!events.ok) {
  throw new Error(`the dashboard answers ${events.status}: ${await events.text()}`);
}

let expected = 0;
for (const [sequence, file] of files.entries()) {
  const url = `${gateway}/v1/people/${name}/frames?stream=${stream}&sequence=${sequence}&picture=${picture}`;
  const reply = await fetch(url, { method: "POST", headers, body: await readFile(file) });
  const said = await reply.json();
  if (reply.ok) {
    expected++; // It is on the topic: an event will come.
  } else {
    console.error(`${file}: ${said.code}, ${said.message}`);
  }
}

let text = "";
const decoder = new TextDecoder();
for await (const bytes of events.body) {
  text += decoder.decode(bytes, { stream: true });
  const lines = text.split("\n");
  text = lines.pop();
  for (const line of lines.filter((each) => each.startsWith("data: "))) {
    const event = JSON.parse(line.slice(6));
    if (event.stream === stream) {
      console.log(event.sequence, event.arousal.toFixed(2), event.valence.toFixed(2), event.source);
      expected--;
    }
  }
  if (expected === 0) {
    break;
  }
}
process.exit(0);
