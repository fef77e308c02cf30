// The main pane: a channel, a direct conversation with the bot, or the app's Home.

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { callButton, iconButton } from "./controls.js";
import { fill, h } from "./dom.js";
import { drawHome, homeNode } from "./home.js";
import { icon } from "./icons.js";
import { MessageList } from "./list.js";
import { markRead, openAppHome, openBotDm, openThread } from "./places.js";
import { actor, authorOf, botDm, channel, dm, now, on, state, zone } from "./store.js";
import { isoDay } from "./time.js";
import { oops } from "./toast.js";

const parts = {};

/** Builds the pane into `root` and follows the store. */
export function startConversation(root, { openSidebar }) {
  parts.menu = iconButton("menu", "Show channels", openSidebar, { class: "icon-button only-narrow" });
  parts.title = h("div", { class: "conversation-title" });
  parts.tabs = h("div", { class: "tabs", role: "group", "aria-label": "Tabs of the app" });
  const row = h("div", { class: "conversation-row" }, parts.menu, parts.title);
  parts.head = h("header", { class: "conversation-head" }, row, parts.tabs);
  const open = (message) => openThread(state.place.id, message.thread_ts ?? message.ts);
  parts.list = new MessageList({ label: "Messages", open, onSeen: () => markRead(state.place.id) });
  parts.composer = new Composer({ target: () => ({ channel: state.place?.id }), onSent: () => parts.list.toBottom() });
  parts.joined = h("div", { class: "composer-note", hidden: true });
  parts.home = homeNode();
  root.append(parts.head, parts.list.node, parts.joined, parts.composer.node, parts.home);
  on("place", turn);
  on("state", drawHead);
  on("messages", (id) => id === state.place?.id && drawMessages());
  on("home", () => drawHome(parts.home));
  on("clock tick", newDay);
}

/** "Today" becomes "Yesterday". */
function newDay() {
  const day = isoDay(now(), zone());
  if (day === parts.day) return;
  parts.day = day;
  if (state.messages.has(state.place?.id)) drawMessages();
}

function turn() {
  const home = state.place?.kind === "home";
  parts.home.hidden = !home;
  parts.list.node.hidden = home;
  parts.composer.node.hidden = home;
  parts.joined.hidden = true;
  drawHead();
  if (home) {
    drawHome(parts.home);
    return;
  }
  parts.list.top.replaceChildren();
  parts.list.draw(null, []);
  parts.composer.turnTo(`Message ${conversationName(state.place.id)}`);
  if (state.messages.has(state.place.id)) drawMessages();
}

function drawMessages() {
  const { id, reveal, unread } = state.place;
  const messages = state.messages.get(id);
  // The line stays where it was first drawn, however much is said below it.
  state.place.unreadTs ??= messages[firstUnread(messages, unread)]?.ts ?? null;
  fill(parts.list.top, beginning(id));
  parts.list.draw(id, messages, { unreadAt: messages.findIndex((one) => one.ts === state.place.unreadTs) });
  if (reveal) {
    state.place.reveal = null;
    parts.list.reveal(reveal);
  }
}

/** The index of the first of the last `count` messages by others, or -1. */
function firstUnread(messages, count) {
  if (!count) return -1;
  let left = count;
  return messages.findLastIndex((one) => one.user !== state.as && --left === 0);
}

/** "#nano-research" or "Labmate". */
export function conversationName(id) {
  const found = channel(id);
  if (found) return `#${found.name}`;
  const direct = dm(id);
  return direct ? actor(direct.user).name : "";
}

function beginning(id) {
  const found = channel(id);
  if (found) {
    const words = found.topic || `This is the beginning of ${found.name}.`;
    return h("div", { class: "beginning" }, h("h2", {}, `#${found.name}`), h("p", {}, words));
  }
  const who = actor(dm(id)?.user);
  const words = `This is where you and ${who.name} talk. Nobody else sees it.`;
  return h("div", { class: "beginning" }, avatar(who, "l"), h("h2", {}, who.name), h("p", {}, words));
}

function drawHead() {
  const { place } = state;
  if (!place) return;
  const elsewhere = [...state.channels, ...state.dms].some((one) => one.unread && one.id !== place.id);
  parts.menu.classList.toggle("has-unread", elsewhere);
  parts.menu.setAttribute("aria-label", elsewhere ? "Show channels, some are unread" : "Show channels");
  const found = place.kind === "conversation" ? channel(place.id) : null;
  const direct = found ? null : dm(place.id);
  const isApp = !found && (place.kind === "home" || direct?.user === state.bot.id);
  const who = actor(direct?.user ?? state.bot.id);
  const badge = isApp && h("span", { class: "app-badge" }, "App");
  fill(parts.title, found ? channelTitle(found) : [avatar(who, "s"), h("h1", {}, who.name), badge]);
  parts.tabs.hidden = !isApp;
  if (isApp) fill(parts.tabs, appTabs(place));
  const words = closedBecause(found);
  parts.joined.hidden = place.kind === "home" || !words;
  fill(parts.joined, words);
  parts.composer.node.classList.toggle("closed", Boolean(words));
  document.title = `${place.kind === "home" ? `${who.name} · Home` : conversationName(place.id)} · ${state.team.name}`;
}

function channelTitle(found) {
  const names = found.members.map((id) => actor(id).name);
  const members = h(
    "span",
    { class: "member-count", title: names.join(", "), "aria-label": `${names.length} members` },
    icon("people", 16),
    String(names.length),
  );
  const topic = found.topic && h("span", { class: "topic", title: found.topic }, found.topic);
  return [icon(found.private ? "lock" : "hash"), h("h1", {}, found.name), topic, members];
}

/** Why nobody can write here, and what to do about it; null where they can. */
function closedBecause(found) {
  if (found?.archived) return "This channel is archived: it can be read, and nobody can write in it.";
  if (!found || found.is_member) return null;
  const join = () => post("channels", { id: found.id, add: [state.as] }).catch(oops);
  return [`You are looking at #${found.name}.`, callButton("Join channel", join)];
}

function appTabs(place) {
  const tab = (name, selected, run) =>
    h("button", { class: "tab", type: "button", "aria-current": selected ? "page" : null, onclick: run }, name);
  const home = state.home.enabled && tab("Home", place.kind === "home", () => openAppHome());
  const messages = botDm() && tab("Messages", place.kind !== "home", () => openBotDm());
  return [home, messages];
}

/** What a screen reader should hear of a new message. */
export function spokenMessage(message) {
  return `${authorOf(message).name}: ${(message.text ?? "").slice(0, 200)}`;
}
