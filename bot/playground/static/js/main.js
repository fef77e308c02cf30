// Starts the page, and passes what the feed says to the parts.

import { feed, get } from "./api.js";
import { startClock } from "./clock.js";
import { spokenMessage, startConversation } from "./conversation.js";
import { debounce } from "./dom.js";
import { showGuide, startGuide } from "./guide.js";
import { startInspector, toggleInspector } from "./inspector.js";
import { saidInModal, startModals } from "./modal.js";
import { followFirstMessage, loadMessages, loadThread, markRead, noteArrival, openTarget } from "./places.js";
import { startSidebar } from "./sidebar.js";
import { addLog, announce, emit, on, setClock, setState, state, upsert } from "./store.js";
import { startThread } from "./thread.js";
import { oops, toast } from "./toast.js";

const element = (id) => document.getElementById(id);
let endFeed = () => {};

/** What the address names: `#/C…`, or `?channel=C…&ts=…` as a permalink leads to. */
function target() {
  const query = new URLSearchParams(location.search);
  const hash = decodeURIComponent(location.hash.replace(/^#\/?/, ""));
  if (hash || !query.has("channel")) return hash;
  return [query.get("channel"), query.get("ts")].filter(Boolean).join("/");
}

async function refreshState() {
  const { as } = state;
  try {
    const answer = await get("state", { as });
    if (as === state.as) setState(answer);
  } catch (error) {
    oops(error);
  }
}

const refreshSoon = debounce(refreshState, 120);

/** Makes this window a person's: everything is asked for anew. Without an id: the first person. */
async function become(as, { where = "messages", push = true } = {}) {
  endFeed();
  state.messages.clear();
  Object.assign(state, { place: null, thread: null, modals: [] });
  emit("modals");
  const answer = await get("state", { as });
  state.as = answer.me.id;
  setState(answer);
  // Listening comes first: what is said while the place is opened must not be missed.
  const { promise: listening, resolve } = Promise.withResolvers();
  endFeed = feed(state.as, { onChange, onUp: (again) => (again ? catchUp() : resolve()), onDown });
  await listening;
  await refreshState();
  await openTarget(where, { push });
}

/** After the connection was lost: what changed meanwhile. */
async function catchUp() {
  state.online = true;
  element("offline").hidden = true;
  await refreshState();
  state.messages.clear();
  if (state.place?.kind === "conversation") await loadMessages(state.place.id);
  await loadThread();
}

function onDown() {
  state.online = false;
  element("offline").hidden = false;
}

const CHANGES = {
  message: ({ channel, message }) => {
    put(channel, message);
    if (message.user !== state.as && channel === state.place?.id) announce(spokenMessage(message));
    refreshSoon();
  },
  message_changed: ({ channel, message }) => put(channel, message),
  message_deleted: ({ channel, message }) => remove(channel, message),
  modals: ({ modals }) => {
    state.modals = modals;
    emit("modals");
  },
  home: ({ view }) => {
    state.home = { ...state.home, view };
    emit("home");
  },
  state: () => refreshSoon(),
  clock: ({ clock }) => setClock(clock),
  log: ({ entry }) => addLog(entry),
  notice: ({ level, text }) => saidInModal(text) || toast(text, level),
};

function onChange(change) {
  CHANGES[change.type]?.(change);
}

function isReply(message) {
  return message.thread_ts && message.thread_ts !== message.ts;
}

function put(channel, message) {
  const { thread } = state;
  if (thread && thread.channel === channel && (message.thread_ts ?? message.ts) === thread.ts) {
    state.replies = upsert(state.replies, message);
    emit("replies");
  }
  if (isReply(message) && message.subtype !== "thread_broadcast") return;
  noteArrival(channel, message);
  if (!state.messages.has(channel)) return;
  state.messages.set(channel, upsert(state.messages.get(channel), message));
  emit("messages", channel);
}

function remove(channel, message) {
  const without = (list) => list.filter((one) => one.ts !== message.ts);
  state.replies = without(state.replies);
  if (state.thread) emit("replies");
  if (!state.messages.has(channel)) return;
  state.messages.set(channel, without(state.messages.get(channel)));
  emit("messages", channel);
}

function showSidebar(open) {
  document.body.classList.toggle("sidebar-open", open);
  element("curtain").hidden = !open;
  element("conversation").inert = open;
  if (open) element("sidebar").querySelector("a, button")?.focus();
}

function listen() {
  element("curtain").addEventListener("click", () => showSidebar(false));
  element("inspector-toggle").addEventListener("click", () => toggleInspector());
  element("guide-toggle").addEventListener("click", () => {
    if (matchMedia("(max-width: 760px)").matches) showSidebar(true);
    showGuide();
  });
  addEventListener("popstate", () => {
    const as = new URLSearchParams(location.search).get("as");
    if (as && as !== state.as) become(as, { where: target() || "messages", push: false }).catch(oops);
    else openTarget(target() || "messages", { push: false });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-open]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    openTarget(link.dataset.open);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") showSidebar(false);
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "?" && !typing && !state.modals.length) showGuide();
  });
  document.addEventListener("visibilitychange", () => {
    if (state.place?.kind === "conversation") markRead(state.place.id);
  });
}

/** Marks read what arrives while the conversation is open and looked at. */
function watchReading() {
  const soon = debounce(() => state.place?.kind === "conversation" && markRead(state.place.id), 400);
  on("state", soon);
  on("state", followFirstMessage);
}

function start() {
  startSidebar(element("sidebar"), { become: (id) => become(id).catch(oops), afterChoice: () => showSidebar(false) });
  startConversation(element("conversation"), { openSidebar: () => showSidebar(true) });
  startThread(element("thread"));
  startClock(element("clock"));
  startInspector(element("inspector"));
  startGuide(element("guide"), (id) => become(id).catch(oops));
  startModals();
  listen();
  watchReading();
  enter(new URLSearchParams(location.search).get("as"));
}

const TRY_AGAIN_MS = 1500;

async function enter(as) {
  try {
    await become(as, { where: target() || "messages", push: false });
    state.online = true;
    element("offline").hidden = true;
    document.body.classList.remove("starting");
  } catch (error) {
    if (error.error === "unreachable") {
      onDown();
      setTimeout(enter, TRY_AGAIN_MS, as);
    } else {
      oops(error);
      if (as) await enter(null);
    }
  }
}

start();
