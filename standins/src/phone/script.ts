/**
 * The script of the phone's page, as text: it is served beside it. Text goes in by `textContent` only. A push's card is
 * made once and kept, so that a button does not vanish under the finger.
 */
export const SCRIPT = `
"use strict";
const user = document.body.dataset.user;
const byId = (id) => document.getElementById(id);
const cards = new Map();
let skew = 0;
const ENDINGS = { approved: "Approved", denied: "Denied", expired: "Not answered in time" };

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

async function answer(push, verb, buttons) {
  for (const button of buttons) button.disabled = true;
  try {
    await fetch("/phone/pushes/" + encodeURIComponent(push.id) + "/" + verb, { method: "POST", keepalive: true });
  } catch {
    for (const button of buttons) button.disabled = false;
  }
  await refresh();
}

function card(push) {
  const item = make("li", "push");
  item.dataset.testid = "push";
  item.dataset.push = push.id;
  const head = make("div", "head");
  const left = make("span", "");
  left.dataset.testid = "time-left";
  left.setAttribute("role", "timer");
  left.setAttribute("aria-live", "off");
  head.append(make("b", "", push.appName), left);
  const bind = make("div", "bind", push.bindingMessage);
  bind.dataset.testid = "binding-message";
  const list = make("dl");
  for (const { name, value } of push.properties) list.append(make("dt", "", name), make("dd", "", value));
  const track = make("div", "track");
  const bar = make("i");
  track.append(bar);
  const buttons = make("div", "buttons");
  const no = make("button", "no", "Deny");
  const yes = make("button", "yes", "Approve");
  for (const [button, verb] of [[no, "deny"], [yes, "approve"]]) {
    button.type = "button";
    button.dataset.testid = verb;
    button.addEventListener("click", () => void answer(push, verb, [no, yes]));
  }
  buttons.append(no, yes);
  item.append(head, bind, make("p", "ask", push.instruction), list, track, buttons);
  const tick = () => {
    const rest = Math.max(0, push.expiresAt - (Date.now() + skew));
    const seconds = Math.ceil(rest / 1000);
    left.textContent = Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0") + " left";
    bar.style.transform = "scaleX(" + Math.min(1, rest / (push.expiresAt - push.createdAt)) + ")";
  };
  return { item, tick };
}

function past(push) {
  const item = make("li", "past");
  item.dataset.testid = "past-push";
  item.dataset.state = push.state;
  const row = make("div");
  const when = new Date(push.decidedAt ?? push.expiresAt);
  row.append(make("b", push.state, ENDINGS[push.state]), make("span", "soft", when.toLocaleTimeString()));
  item.append(row, make("span", "soft", push.bindingMessage + " \\u00b7 " + push.instruction));
  return item;
}

function show({ now, enrolment, pushes }) {
  skew = now - Date.now();
  const enrol = byId("enrolment");
  enrol.hidden = enrolment === "confirmed";
  byId("scan").hidden = enrolment === "confirmed";
  enrol.textContent = enrolment === "pending" ? "Enrolment of this phone was begun and not confirmed: no push arrives." : "This phone is not enrolled: no push arrives.";
  const waiting = pushes.filter((push) => push.state === "pending");
  for (const [id, { item }] of cards) {
    if (!waiting.some((push) => push.id === id)) {
      item.remove();
      cards.delete(id);
    }
  }
  for (const push of waiting) {
    if (!cards.has(push.id)) {
      const made = card(push);
      cards.set(push.id, made);
      byId("waiting").append(made.item);
    }
    cards.get(push.id).tick();
  }
  byId("nothing").hidden = waiting.length > 0;
  const ended = pushes.filter((push) => push.state !== "pending").slice(-10).reverse();
  byId("past").hidden = ended.length === 0;
  byId("history").replaceChildren(...ended.map(past));
}

async function refresh() {
  try {
    const response = await fetch("/phone/pushes?user=" + encodeURIComponent(user), { cache: "no-store" });
    if (response.ok) show(await response.json());
  } catch {
    return;
  }
}

byId("scan").addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ code: byId("code").value });
  await fetch("/phone/enrol?user=" + encodeURIComponent(user), { method: "POST", body });
  await refresh();
});

setInterval(() => void refresh(), 1000);
void refresh();
`;
