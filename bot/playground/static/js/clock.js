// The playground's clock: shown, stopped, and moved.

import { get, post } from "./api.js";
import { barButton } from "./controls.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { announce, emit, now, on, setClock, state, zone } from "./store.js";
import { cityName, clockTime, fullMoment, shortDay } from "./time.js";
import { oops, toast } from "./toast.js";

const ASK_MS = 4000;
const parts = {};
const STEPS = [
  { id: "hour", label: "+1 h", name: "One hour on", body: { advance_s: 3600 } },
  { id: "day", label: "+1 day", name: "One day on", body: { advance_s: 86_400 } },
];

/** Builds the clock bar into `root`. */
export function startClock(root) {
  parts.day = h("span", { class: "clock-day" });
  parts.time = h("span", { class: "clock-time" });
  parts.zone = h("span", { class: "clock-zone" });
  const shown = [icon("clock", 16), parts.day, parts.time, parts.zone];
  parts.face = h("div", { class: "clock-face", role: "timer", "aria-live": "off" }, shown);
  parts.pause = barButton(null, () => move({ paused: !state.clock.paused }));
  const steps = STEPS.map(({ label, name, body }) =>
    barButton(label, () => move(body, name), { "aria-label": name, title: name }),
  );
  const words = [icon("skip", 14), h("span", {}, "To the next event"), h("small", {})];
  // On a narrow window the words are not shown: the name stays.
  const named = { class: "bar-button bar-next", "aria-label": "To the next event" };
  parts.next = barButton(words, () => toNextEvent(), named);
  const controls = [parts.pause, ...steps, parts.next];
  parts.controls = h("div", { class: "clock-controls", role: "group", "aria-label": "Clock" }, controls);
  parts.status = h("div", { class: "clock-status", role: "status" });
  root.append(parts.face, parts.controls, parts.status);
  on("clock", draw);
  on("state", draw);
  setInterval(() => {
    draw();
    emit("tick");
  }, 1000);
  setInterval(ask, ASK_MS);
}

/** What the app is due for changes without a word in the feed. */
async function ask() {
  if (document.hidden || state.stepping || !state.online) return;
  const answer = await get("clock").catch(() => null);
  if (answer && !state.stepping) setClock(answer);
}

/** Lets the clock go on to the next thing that is due. */
export function toNextEvent() {
  return move({ next: true }, "To the next event");
}

async function move(body, name = null) {
  if (state.stepping) return;
  const moves = !("paused" in body);
  if (moves) {
    state.stepping = name;
    draw();
  }
  try {
    const answer = await post("clock", body);
    state.stepping = null;
    setClock(answer);
    if (answer.waited_in_vain.length) toast("The app was still busy when the clock went on.");
    if (moves) announce(`It is ${fullMoment(now(), zone())}`);
  } catch (error) {
    oops(error);
  } finally {
    state.stepping = null;
    draw();
  }
}

function nextDue() {
  const dues = (state.clock?.followers ?? []).map((one) => one.next_due).filter(Boolean);
  const moments = dues.map((text) => new Date(text)).filter((moment) => moment > now());
  return moments.length ? new Date(Math.min(...moments)) : null;
}

function draw() {
  if (!state.clock) return;
  const at = now();
  const { paused } = state.clock;
  parts.day.textContent = shortDay(at, zone());
  parts.time.textContent = clockTime(at, zone());
  parts.zone.textContent = cityName(zone());
  parts.face.title = `${fullMoment(at, zone())}, ${zone()}`;
  drawPause(paused);
  const due = nextDue();
  const weekday = due && shortDay(due, zone()).split(" ")[0];
  parts.next.lastElementChild.textContent = due ? `${weekday} ${clockTime(due, zone())}` : "";
  parts.next.disabled = Boolean(state.stepping) || !due;
  parts.next.title = due ? `The app is next due on ${fullMoment(due, zone())}` : "The app has nothing due";
  for (const button of parts.controls.children) {
    if (button !== parts.next) button.disabled = Boolean(state.stepping);
  }
  parts.controls.classList.toggle("stepping", Boolean(state.stepping));
  const words = state.stepping ? `${state.stepping}…` : paused ? "Paused" : "";
  if (parts.status.textContent !== words) parts.status.textContent = words;
}

function drawPause(paused) {
  if (parts.pause.dataset.paused === String(paused)) return;
  parts.pause.dataset.paused = String(paused);
  const name = paused ? "Let the clock run" : "Pause the clock";
  parts.pause.setAttribute("aria-label", name);
  parts.pause.title = name;
  fill(parts.pause, icon(paused ? "play" : "pause", 14));
}
