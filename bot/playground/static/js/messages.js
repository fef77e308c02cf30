// Messages: one, and a list of them with dates and groups.

import { avatar } from "./avatar.js";
import { block as renderBlock } from "./blocks.js";
import { blockContext, messageForm } from "./context.js";
import { h } from "./dom.js";
import { onlyEmoji, withEmoji } from "./emoji.js";
import { icon } from "./icons.js";
import { messageMenu } from "./message_menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { actor, authorOf, now, state, zone } from "./store.js";
import { clockTime, dayName, fullMoment, isoDay, tsDate } from "./time.js";

const GROUP_S = 300;

/**
 * What a list shows, in order: `{kind: "day" | "new" | "message", …}`. `unreadAt` is the index of the
 * first unread message, or -1.
 */
export function entries(messages, { unreadAt = -1 } = {}) {
  const list = [];
  let previous = null;
  messages.forEach((message, at) => {
    const date = tsDate(message.ts);
    const newDay = !previous || isoDay(date, zone()) !== isoDay(tsDate(previous.ts), zone());
    if (newDay) list.push({ kind: "day", id: `day-${isoDay(date, zone())}`, name: dayName(date, now(), zone()) });
    if (at === unreadAt) list.push({ kind: "new", id: "new" });
    const grouped = !newDay && at !== unreadAt && belongsTo(previous, message);
    list.push({ kind: "message", id: message.ts, message, grouped });
    previous = message;
  });
  return list;
}

function belongsTo(previous, message) {
  return (
    previous.user === message.user &&
    Boolean(previous.ephemeral) === Boolean(message.ephemeral) &&
    !previous.reply_count &&
    previous.subtype === message.subtype &&
    Number(message.ts) - Number(previous.ts) < GROUP_S
  );
}

/** What must be drawn again when it differs. */
export function entryVersion(entry) {
  if (entry.kind === "day") return entry.name;
  if (entry.kind === "new") return "new";
  return `${state.directory}${entry.grouped}${JSON.stringify(entry.message)}`;
}

/** The node of an entry; `open` is called with the message whose thread is wanted, or is null. */
export function entryNode(entry, { channel, open }) {
  if (entry.kind === "day") return h("li", { class: "day" }, h("h3", {}, entry.name));
  if (entry.kind === "new") return h("li", { class: "new-line" }, h("span", {}, "New"));
  return h("li", { class: "message-row" }, messageNode(entry.message, { channel, open, grouped: entry.grouped }));
}

function messageNode(message, { channel, open, grouped }) {
  const who = authorOf(message);
  const date = tsDate(message.ts);
  const time = clockTime(date, zone());
  const stamp = h("time", { class: "stamp", datetime: date.toISOString(), title: fullMoment(date, zone()) }, time);
  const head = h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, who.name),
    who.bot && h("span", { class: "app-badge" }, "App"),
    stamp,
  );
  const edited = message.edited && h("span", { class: "edited" }, "(edited)");
  const whisper = message.ephemeral && h("div", { class: "whisper" }, icon("eye", 14), "Only visible to you");
  const subtype = message.subtype && `sub-${message.subtype}`;
  const classes = ["message", grouped && "grouped", message.ephemeral && "ephemeral", subtype];
  const gutter = grouped ? h("div", { class: "gutter" }, stamp) : h("div", { class: "gutter" }, avatar(who));
  const node = h(
    "article",
    {
      class: classes.filter(Boolean).join(" "),
      "aria-label": `${who.name}, ${time}`,
      data: { ts: message.ts },
    },
    gutter,
    h(
      "div",
      { class: "message-main" },
      whisper,
      grouped ? h("span", { class: "sr-only" }, `${who.name} `) : head,
      content(message, channel),
      files(message),
      edited,
      open && message.reply_count ? replies(message, open) : null,
    ),
    message.ephemeral || message.subtype === "tombstone" ? null : messageMenu(message, { channel, open }),
  );
  return node;
}

/** The files of a message: a name that saves the file, and below it a picture. */
function files(message) {
  return (message.files ?? []).flatMap((file) => {
    const href = `/control/file?as=${encodeURIComponent(state.me.id)}&id=${encodeURIComponent(file.id)}`;
    const alt = file.alt_txt ?? file.title;
    const shown = file.mimetype === "image/png" ? [h("img", { class: "picture", src: href, alt })] : [];
    return [saving(file, href), ...shown];
  });
}

function saving(file, href) {
  return h(
    "a",
    { class: "file", href, download: file.name },
    icon("file", 20),
    h(
      "span",
      { class: "file-words" },
      h("span", { class: "file-title" }, file.title),
      h("span", { class: "file-kind" }, `${file.filetype.toUpperCase()} · ${size(file.size)}`),
    ),
  );
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Blocks where a message has them, else its text. */
function content(message, channel) {
  if (message.blocks?.length) {
    const context = blockContext({
      surface: "message",
      where: { channel, ts: message.ts },
      form: messageForm(channel, message.ts),
    });
    return h("div", { class: "blocks" }, message.blocks.map((one) => renderBlock(one, context)));
  }
  const text = message.text ?? "";
  if (onlyEmoji(withEmoji(text))) return h("div", { class: "text jumbo" }, withEmoji(text));
  return h("div", { class: "text" }, message.mrkdwn === false ? text : mrkdwn(text));
}

function replies(message, open) {
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  const last = message.latest_reply ? tsDate(message.latest_reply) : null;
  const when = last && `Last reply ${lowerFirst(dayName(last, now(), zone()))} at ${clockTime(last, zone())}`;
  return h(
    "button",
    { class: "replies", type: "button", onclick: () => open(message) },
    (message.reply_users ?? []).slice(0, 4).map((id) => avatar(actor(id), "s")),
    h("span", { class: "reply-count" }, count),
    when && h("span", { class: "reply-when" }, when),
  );
}

/** "today", "yesterday"; the names of days keep their capital. */
function lowerFirst(day) {
  return /\d/.test(day) ? day : day.toLowerCase();
}
