// The inspector: every payload to the app, every call from it, and how long each took.

import { get } from "./api.js";
import { barButton, iconButton } from "./controls.js";
import { fill, h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { on, rememberLog, state, zone } from "./store.js";
import { clockTime } from "./time.js";

const SLOW_MS = 1000;
const FILTERS = [
  ["all", "All", () => true],
  ["to_bot", "To the app", (entry) => entry.direction === "to_bot"],
  ["from_bot", "From the app", (entry) => entry.direction === "from_bot"],
  ["trouble", "Trouble", (entry) => !entry.ok || entry.checks?.length > 0],
];
const parts = {};
let chosen = null; // the number of the entry that is shown in full
let filter = FILTERS[0];

/** Builds the drawer into `root`, closed. */
export function startInspector(root) {
  parts.root = root;
  parts.filters = FILTERS.map((one) =>
    barButton(one[1], () => choose(one), { "aria-pressed": String(one === filter) }),
  );
  const filters = h("div", { class: "inspector-filters", role: "group", "aria-label": "Filter" }, parts.filters);
  const cross = iconButton("close", "Close the inspector", () => toggleInspector(false));
  parts.count = h("span", { class: "topic" });
  parts.list = h("ul", { class: "log-list", "aria-label": "Exchanges" });
  parts.detail = h("div", { class: "log-detail", tabindex: "0", role: "region", "aria-label": "Exchange" });
  root.append(
    h("header", { class: "inspector-head" }, h("h2", {}, "Inspector"), parts.count, filters, cross),
    h("div", { class: "inspector-body" }, parts.list, parts.detail),
  );
  on("log", () => !root.hidden && draw());
}

/** Opens or closes the drawer; the first time it asks for what happened before. */
export async function toggleInspector(open = parts.root.hidden) {
  parts.root.hidden = !open;
  document.getElementById("inspector-toggle").setAttribute("aria-expanded", String(open));
  if (!open) return;
  const { entries } = await get("log", { after: 0 }).catch(() => ({ entries: [] }));
  rememberLog(entries);
  draw();
}

function choose(one) {
  filter = one;
  FILTERS.forEach((each, at) => parts.filters[at].setAttribute("aria-pressed", String(each === one)));
  draw();
}

function draw() {
  const shown = state.log.filter(filter[2]).reverse();
  parts.count.textContent = `${shown.length} exchanges`;
  reconcile(parts.list, shown, {
    key: (entry) => entry.n,
    version: (entry) => `${entry.ok}${entry.ms}${entry.n === chosen}`,
    render: row,
  });
  drawDetail(state.log.find((entry) => entry.n === chosen));
}

function row(entry) {
  const ms = `${entry.ms.toFixed(entry.ms < 10 ? 1 : 0)} ms`;
  const problems = entry.checks?.length;
  const warn = problems ? h("span", { class: "log-checks" }, icon("warn", 14), String(problems)) : null;
  const [way, arrow] = entry.direction === "to_bot" ? ["To the app", "down"] : ["From the app", "up"];
  const button = h(
    "button",
    { class: "log-row", type: "button", "aria-pressed": String(entry.n === chosen) },
    h("span", { class: `log-${entry.direction}`, title: way }, icon(arrow, 14), h("span", { class: "sr-only" }, way)),
    h("span", { class: "log-name" }, entry.name),
    warn,
    entry.ok ? null : h("span", { class: "log-error" }, entry.error ?? "failed"),
    h("span", { class: entry.ms > SLOW_MS ? "log-ms slow" : "log-ms" }, ms),
    h("time", {}, clockTime(new Date(entry.at), zone())),
  );
  button.addEventListener("click", () => {
    chosen = entry.n;
    draw();
  });
  return h("li", {}, button);
}

function drawDetail(entry) {
  if (!entry) {
    const words = "Choose an exchange to see what was said.";
    if (!parts.detail.dataset.n) fill(parts.detail, h("p", { class: "empty" }, words));
    return;
  }
  if (parts.detail.dataset.n === String(entry.n)) return;
  parts.detail.dataset.n = String(entry.n);
  parts.detail.scrollTop = 0;
  const notes = (entry.checks ?? []).map((text) => h("li", {}, text));
  const checks = notes.length ? [h("h4", {}, "Checks"), h("ul", { class: "log-notes" }, notes)] : null;
  const outcome = ` ${entry.ok ? "ok" : (entry.error ?? "failed")} in ${entry.ms.toFixed(1)} ms`;
  const [sent, answered] = entry.direction === "to_bot" ? ["Payload", "Answer of the app"] : ["Arguments", "Answer"];
  fill(
    parts.detail,
    h("h3", {}, entry.name, h("small", {}, outcome)),
    checks,
    h("h4", {}, sent),
    json(entry.request),
    h("h4", {}, answered),
    json(entry.response),
  );
}

function json(value) {
  return h("pre", { class: "json" }, value === null || value === undefined ? "–" : JSON.stringify(value, null, 2));
}
