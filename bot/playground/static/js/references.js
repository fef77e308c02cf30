// People, channels, links and dates inside text. Clicks on them are handled in one place (main.js)
// through `data-open`, so that text can be built without knowing the page around it.

import { h } from "./dom.js";
import { actor, channel, now, state, zone } from "./store.js";
import { dateTokens, fullMoment } from "./time.js";

/** "@Jonas Weber"; marked when it is the acting person. */
export function personRef(id, label) {
  const who = actor(id);
  const name = who.unknown ? label?.replace(/^@/, "") || id : who.name;
  const mine = id === state.as ? " mention-me" : "";
  return h("span", { class: `mention${mine}`, title: who.title || null }, `@${name}`);
}

/** "#nano-research", a link where the acting person may see it. */
export function channelRef(id, label) {
  const found = channel(id);
  if (!found) return h("span", { class: "mention" }, label ? `#${label}` : "private channel");
  return h("a", { class: "mention", href: `#/${id}`, data: { open: id } }, `#${found.name}`);
}

export function groupRef(id, label) {
  return h("span", { class: "mention" }, `@${(label || id).replace(/^@/, "")}`);
}

/** "@here", "@channel", "@everyone"; any other word is shown as it came. */
export function broadcast(word, label) {
  const name = word.split("^")[0];
  if (!["here", "channel", "everyone"].includes(name)) return `<!${word}>`;
  return h("span", { class: "mention mention-all" }, `@${label?.replace(/^@/, "") || name}`);
}

/** A date in the acting person's zone; the fallback where it can't be read. */
export function dateText(seconds, pattern, { link = null, fallback = null } = {}) {
  if (!Number.isFinite(seconds)) return fallback ?? pattern;
  const date = new Date(seconds * 1000);
  const text = dateTokens(pattern, seconds, now(), zone());
  const node = h("time", { datetime: date.toISOString(), title: fullMoment(date, zone()) }, text);
  return link ? safeLink(link, node) ?? node : node;
}

const PERMALINK = /\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})/;
const APP_LINK = /^slack:\/\/app\?.*\btab=(home|messages)\b/;
const CHANNEL_LINK = /^slack:\/\/channel\?.*\bid=([A-Z0-9]+)/;

/** A link, or null when its address is nothing that a page may open (`javascript:` and the like). */
export function safeLink(url, content) {
  const target = insideTarget(url);
  if (target) return h("a", { class: "link", href: `#/${target}`, data: { open: target } }, content);
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(url)) return null;
  const attributes = { class: "link", href: url, rel: "noopener noreferrer nofollow", target: "_blank" };
  return h("a", attributes, content);
}

/** What a link to something in this workspace opens here: "C…/ts", "home", "messages", or null. */
function insideTarget(url) {
  const permalink = PERMALINK.exec(url);
  if (permalink) {
    const thread = /[?&]thread_ts=([\d.]+)/.exec(url)?.[1];
    return `${permalink[1]}/${thread ?? `${permalink[2]}.${permalink[3]}`}${thread ? "/thread" : ""}`;
  }
  const app = APP_LINK.exec(url)?.[1];
  if (app) return app === "home" ? "home" : "messages";
  return CHANNEL_LINK.exec(url)?.[1] ?? null;
}
