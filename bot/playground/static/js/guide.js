// The first five minutes: five steps that tick themselves off from what happens. It knows nothing of
// the app but its name: it sees its messages, and who answered.

import { toNextEvent } from "./clock.js";
import { callButton, iconButton } from "./controls.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openBotDm, openConversation } from "./places.js";
import { authorOf, botDm, channel, on, state } from "./store.js";

// A press that opens a modal is not yet an answer; what it opened is there by then.
const MODAL_OPENS_MS = 1500;
const FRESH = { read: false, answered: null, second: false, posted: null, summary: false, hidden: false };

let progress = { ...FRESH };
let root = null;
let become = null;

/** Builds the panel into `node`. `becomeOther(id)` makes this window another person's. */
export function startGuide(node, becomeOther) {
  root = node;
  become = becomeOther;
  on("place messages", noticePlace);
  on("log", noticeExchange);
  on("state", () => {
    load();
    draw();
  });
  addEventListener("storage", () => {
    load();
    draw();
  });
}

/** Shows the panel again, from the beginning when it was finished. */
export function showGuide() {
  change(steps().every((step) => step.done) ? { ...FRESH } : { hidden: false });
  root.querySelector("button")?.focus();
}

// Kept in the browser, so that a reload and a second person's window know how far things are.
function storageKey() {
  return `playground-guide/${state.team.id}`;
}

function load() {
  try {
    progress = { ...FRESH, ...JSON.parse(localStorage.getItem(storageKey()) ?? "{}") };
  } catch {
    progress = { ...FRESH };
  }
}

function change(fields) {
  progress = { ...progress, ...fields };
  localStorage.setItem(storageKey(), JSON.stringify(progress));
  draw();
}

function steps() {
  const bot = state.bot.name;
  const other = nextPerson();
  const where = channel(progress.posted);
  return [
    {
      done: progress.read,
      title: `Read ${bot}’s message`,
      hint: botDm() ? "It is in your direct messages." : `${bot} writes when its time has come: let the clock go on.`,
      action: botDm() ? ["Open it", () => openBotDm()] : ["To the next event", toNextEvent],
    },
    {
      done: Boolean(progress.answered),
      title: "Answer it",
      hint: "Press a button. Where a form opens, fill it in and send it.",
    },
    {
      done: progress.second,
      title: "Answer as a second person",
      hint: "The shortest answer, such as “No change”, is enough.",
      action: other && [`Be ${other.name.split(" ")[0]}`, () => become(other.id)],
    },
    {
      done: Boolean(progress.posted),
      title: "Let the clock go on",
      hint: `Until ${bot} posts in a channel.`,
      action: ["To the next event", toNextEvent],
    },
    {
      done: progress.summary,
      title: "Read what the team gets",
      hint: where ? `${bot} has posted in #${where.name}.` : "In the channel, from everybody’s answers.",
      action: where && [`Open #${where.name}`, () => openConversation(where.id)],
    },
  ];
}

function nextPerson() {
  const people = state.people.filter((one) => !one.deleted && !one.guest);
  const at = people.findIndex((one) => one.id === progress.answered);
  const other = people[(at + 1) % people.length];
  return other && other.id !== state.as ? other : null;
}

function noticePlace() {
  const { place } = state;
  if (place?.kind !== "conversation") return;
  const messages = state.messages.get(place.id) ?? [];
  const fromBot = messages.some((one) => authorOf(one).bot);
  if (!progress.read && place.id === botDm()?.id && fromBot) change({ read: true });
  if (!progress.summary && place.id === progress.posted) change({ summary: true });
}

function noticeExchange(entry) {
  if (!entry.ok || !progress.read) return;
  if (entry.name === "view_submission" || entry.name === "block_actions") noticeAnswer(entry);
  if (entry.name === "chat.postMessage" && progress.second) noticePost(entry.response?.channel);
}

function noticeAnswer(entry) {
  const who = entry.request?.user?.id;
  if (!who) return;
  if (progress.answered) {
    if (who !== progress.answered && !progress.second) change({ second: true });
    return;
  }
  if (entry.name === "view_submission") change({ answered: who });
  else if (entry.request.message && who === state.as) {
    setTimeout(() => !progress.answered && !state.modals.length && change({ answered: who }), MODAL_OPENS_MS);
  }
}

function noticePost(id) {
  if (!progress.posted && channel(id)) change({ posted: id });
  noticePlace();
}

function draw() {
  const list = steps();
  const done = list.filter((step) => step.done).length;
  const current = list.findIndex((step) => !step.done);
  root.hidden = progress.hidden;
  if (progress.hidden) return;
  const hide = iconButton("close", "Hide the guide", () => change({ hidden: true }), { size: 14 });
  const count = h("span", { class: "guide-count" }, `${done} of ${list.length}`);
  const head = h("header", {}, h("h2", {}, "First five minutes"), count, hide);
  const bar = h("progress", { max: String(list.length), value: done, "aria-label": "Steps done" });
  const words = "That was the whole round. Look around: press ? to see these steps again.";
  const end = current < 0 && h("p", { class: "guide-end" }, words);
  fill(root, head, bar, h("ol", {}, list.map((step, at) => stepNode(step, at, current))), end);
}

function stepNode(step, at, current) {
  const classes = ["step", step.done && "done", at === current && "current"].filter(Boolean).join(" ");
  const mark = h("span", { class: "step-mark", "aria-hidden": "true" }, step.done ? icon("check", 12) : String(at + 1));
  const open = at === current;
  const action = open && step.action && callButton(...step.action);
  const title = h("span", { class: "step-title" }, step.title, step.done && h("span", { class: "sr-only" }, " (done)"));
  return h(
    "li",
    { class: classes, "aria-current": open ? "step" : null },
    mark,
    h("div", {}, title, open && h("p", {}, step.hint), action),
  );
}
