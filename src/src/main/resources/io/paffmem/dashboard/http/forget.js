// Forgetting a person: asked once more, done, and the receipt shown.

import { personPath } from "./api.js";
import { counted, dayAndTime, sentence } from "./format.js";
import { fromTemplate, say } from "./page.js";

// The server gives the broker and the topology ten seconds each.
const FORGET_MILLIS = 45_000;

/** @param tell called with what becomes of it: "asked", then "forgotten", "pending" or "failed" */
export function askToForget(api, name, tell) {
  const dialog = fromTemplate("forget-dialog");
  const find = (selector) => dialog.querySelector(selector);
  const [confirm, cancel, close] = [".confirm", ".cancel", ".close"].map(find);
  find(".who").textContent = name;
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  cancel.addEventListener("click", () => dialog.close());
  close.addEventListener("click", () => dialog.close());
  confirm.addEventListener("click", async () => {
    confirm.disabled = true;
    confirm.textContent = "Forgetting…";
    find(".failed").hidden = true;
    tell("asked");
    try {
      const receipt = await api.json(personPath(name), { method: "DELETE", millis: FORGET_MILLIS });
      showReceipt(find, receipt);
      confirm.hidden = true;
      cancel.hidden = true;
      close.hidden = false;
      close.focus();
      tell(receipt.state === "FORGOTTEN" ? "forgotten" : "pending");
    } catch (failure) {
      tell("failed");
      find(".failed").textContent =
        failure.status === 0
          ? "The server does not answer, so it is not known whether this is done. Trying again does no harm."
          : `Not forgotten. ${sentence(failure.message)}`;
      find(".failed").hidden = false;
      confirm.textContent = "Try again";
      confirm.disabled = false;
    }
  });
  dialog.showModal();
  cancel.focus();
}

function showReceipt(find, receipt) {
  const done =
    receipt.state === "PENDING"
      ? "Asked for, and not answered yet. It is done as soon as the topology reads it; nothing has to be asked again."
      : `Forgotten: ${counted(receipt.neuronsRemoved, "neuron", "neurons")} and ` +
        `${counted(receipt.waitingFramesRemoved, "waiting frame", "waiting frames")} are gone.`;
  find(".ask").hidden = true;
  find("#forget-title").firstChild.data = receipt.state === "PENDING" ? "Forgetting " : "Forgot ";
  find("#forget-title").lastChild.data = "";
  find(".done").textContent = done;
  find("tbody").replaceChildren(
    ...receipt.expires.map(({ topic, by }) => {
      const row = document.createElement("tr");
      const cell = row.insertCell();
      const code = document.createElement("code");
      code.textContent = topic;
      cell.append(code);
      row.insertCell().textContent = by === null ? "never, as the topic is set" : dayAndTime(by);
      return row;
    }),
  );
  find(".receipt").hidden = false;
  say(done);
}
