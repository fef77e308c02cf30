// What this window knows, in one place. Modules change it here and the parts that show it listen.

import { debounce } from "./dom.js";

const listeners = new Map();

export const state = {
  as: null, // the acting person's id
  team: { name: "" },
  me: null,
  people: [],
  bot: { id: "", name: "", bot_id: "" },
  channels: [],
  dms: [],
  commands: [],
  shortcuts: [],
  home: { enabled: false, view: null },
  modals: [],
  clock: null, // {now, paused, version, followers, at: performance.now() when heard}
  stepping: null, // what the clock is doing, while it moves
  online: true,
  place: null, // {kind: "conversation", id, unread, reveal} | {kind: "home"}
  thread: null, // {channel, ts}
  messages: new Map(), // conversation id → messages in order
  replies: [],
  log: [],
  directory: 0, // grows when a name that text refers to has changed
};

/** Calls `fn` whenever one of the topics changes. */
export function on(topics, fn) {
  for (const topic of topics.split(" ")) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(fn);
  }
}

/** Says that a topic changed. */
export function emit(topic, detail) {
  for (const fn of listeners.get(topic) ?? []) fn(detail);
}

/** Takes over what `/control/state` answered. */
export function setState(answer) {
  const names = () => JSON.stringify([state.people, state.channels.map((one) => [one.id, one.name]), state.shortcuts]);
  const before = names();
  const { ok, clock, ...rest } = answer;
  Object.assign(state, rest);
  if (names() !== before) state.directory += 1;
  setClock(clock);
  for (const topic of ["state", "home", "modals"]) emit(topic);
}

/** A person or the bot: always something with `id` and `name`. */
export function actor(id) {
  if (id === state.bot.id || id === state.bot.bot_id) {
    return { id: state.bot.id, name: state.bot.name, bot: true, tz: "UTC" };
  }
  return state.people.find((person) => person.id === id) ?? { id, name: id, unknown: true };
}

/** Whoever wrote a message. */
export function authorOf(message) {
  if (message.user) return actor(message.user);
  if (message.bot_id) return { ...actor(message.bot_id), bot: true };
  return { id: "SYSTEM", name: "Playground", unknown: true };
}

export function channel(id) {
  return state.channels.find((one) => one.id === id) ?? null;
}

export function dm(id) {
  return state.dms.find((one) => one.id === id) ?? null;
}

/** The direct conversation with the bot, if there is one. */
export function botDm() {
  return state.dms.find((one) => one.user === state.bot.id) ?? null;
}

/** The acting person's zone. */
export function zone() {
  return state.me?.tz || "UTC";
}

/** Now, on the playground's clock. */
export function now() {
  if (!state.clock) return new Date();
  const heard = Date.parse(state.clock.now);
  const since = state.clock.paused || state.stepping ? 0 : performance.now() - state.clock.at;
  return new Date(heard + since);
}

export function setClock(clock) {
  state.clock = { ...clock, at: performance.now() };
  emit("clock");
}

/** Puts a message where its `ts` belongs, or over the one it replaces. */
export function upsert(list, message) {
  const at = list.findIndex((one) => one.ts === message.ts);
  if (at >= 0) return list.with(at, message);
  const after = list.findIndex((one) => Number(one.ts) > Number(message.ts));
  return after < 0 ? [...list, message] : list.toSpliced(after, 0, message);
}

const LOG_KEPT = 500;

/** Adds an inspector entry, or replaces the one with the same number; the oldest ones are dropped. */
export function addLog(entry) {
  const at = state.log.findIndex((one) => one.n === entry.n);
  state.log = at >= 0 ? state.log.with(at, entry) : [...state.log, entry].slice(-LOG_KEPT);
  emit("log", entry);
}

/** Takes over what happened before anybody listened; nobody is told. */
export function rememberLog(entries) {
  const known = new Map([...entries, ...state.log].map((entry) => [entry.n, entry]));
  state.log = [...known.values()].sort((a, b) => a.n - b.n).slice(-LOG_KEPT);
}

const announcements = [];
const speak = debounce(() => {
  const region = document.getElementById("announcer");
  region.textContent = announcements.splice(0).slice(-3).join(". ");
}, 250);

/** Tells screen readers something that appeared. */
export function announce(text) {
  announcements.push(text);
  speak();
}
