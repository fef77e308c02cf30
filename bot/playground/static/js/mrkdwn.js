// Slack's mrkdwn as DOM nodes. The text is untrusted: it only ever becomes text nodes.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { broadcast, channelRef, dateText, groupRef, personRef, safeLink } from "./references.js";
import { state } from "./store.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Undoes Slack's escapes, exactly three and exactly once. */
function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** Nodes for a mrkdwn text. `verbatim` leaves bare links, `@here` and `#channel` as plain words. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const nodes = [];
  const parts = String(text).split(/```([\s\S]+?)```/);
  parts.forEach((part, at) => {
    if (at % 2) nodes.push(h("pre", { class: "pre", tabindex: "0" }, codeText(part.replace(/^\n|\n$/g, ""))));
    else nodes.push(...lines(at ? part.replace(/^\n/, "") : part, verbatim));
  });
  return nodes;
}

const QUOTE = /^(?:&gt;|>) ?/;
const ITEM = /^(\s*)([•◦▪–-]|\d{1,2}[.)])\s+(?=\S)/;

/** Quote lines become one quote; bullets hang; other lines are separated as they were written. */
function lines(text, verbatim) {
  if (!text) return [];
  const nodes = [];
  let quote = null;
  let inText = false;
  for (const line of text.split("\n")) {
    if (QUOTE.test(line)) {
      if (!quote) nodes.push((quote = h("blockquote", { class: "quote" })));
      else quote.append(h("br"));
      quote.append(...inline(line.replace(QUOTE, ""), verbatim));
      inText = false;
      continue;
    }
    quote = null;
    const item = ITEM.exec(line);
    if (item) {
      nodes.push(hanging(item, line, verbatim));
      inText = false;
    } else {
      if (inText) nodes.push(h("br"));
      else if (!line && nodes.length) nodes.push(h("br"));
      nodes.push(...inline(line, verbatim));
      inText = true;
    }
  }
  return nodes;
}

function hanging([matched, indent, mark], line, verbatim) {
  const level = Math.min(Math.floor(indent.length / 2), 3);
  return h(
    "span",
    { class: `hang hang-${level}` },
    h("span", { class: "hang-mark" }, mark, " "),
    h("span", {}, inline(line.slice(matched.length), verbatim)),
  );
}

// What begins after a word, or ends before one, is no markup: snake_case, 2*3*4.
const DELIMITED = new RegExp(
  [
    String.raw`<([^<>\n]+)>`, // control sequence
    String.raw`\x60([^\x60\n]+)\x60`, // code
    String.raw`(?<![\p{L}\p{N}_*])\*(?![\s*])([^*\n]*?[^\s*])\*(?![\p{L}\p{N}*])`, // bold
    String.raw`(?<![\p{L}\p{N}_])_(?![\s_])([^\n]*?[^\s_])_(?![\p{L}\p{N}_])`, // italic
    String.raw`(?<![\p{L}\p{N}~])~(?![\s~])([^~\n]*?[^\s~])~(?![\p{L}\p{N}~])`, // strike
  ].join("|"),
  "gu",
);

/** Nodes for one line. */
function inline(text, verbatim) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(DELIMITED)) {
    nodes.push(...plain(text.slice(last, match.index), verbatim));
    const [, control, code, bold, italic, strike] = match;
    if (control !== undefined) nodes.push(controlSequence(control));
    else if (code !== undefined) nodes.push(h("code", { class: "code" }, codeText(code)));
    else if (bold !== undefined) nodes.push(h("b", {}, inline(bold, verbatim)));
    else if (italic !== undefined) nodes.push(h("i", {}, inline(italic, verbatim)));
    else nodes.push(h("s", {}, inline(strike, verbatim)));
    last = match.index + match[0].length;
  }
  nodes.push(...plain(text.slice(last), verbatim));
  return nodes;
}

/** What stands in code is shown as written; a link there shows its label. */
function codeText(text) {
  return unescape(text.replace(/<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>/g, (all, url, label) => label ?? url));
}

/** `<@U…>`, `<#C…>`, `<!here>`, `<!subteam^S…>`, `<!date^…>`, `<url|label>`. */
function controlSequence(body) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : unescape(body.slice(bar + 1));
  if (target.startsWith("@")) return personRef(target.slice(1), label);
  if (target.startsWith("#")) return channelRef(target.slice(1), label);
  if (target.startsWith("!date^")) return dateNode(target, label);
  if (target.startsWith("!subteam^")) return groupRef(target.slice(9), label);
  if (target.startsWith("!")) return broadcast(target.slice(1), label);
  const url = unescape(target);
  return safeLink(url, label ? withEmoji(label) : url.replace(/^mailto:/, "")) ?? `<${unescape(body)}>`;
}

function dateNode(target, fallback) {
  const [, seconds, pattern = "{date} {time}", link] = target.split("^");
  return dateText(Number(seconds), pattern, { link: link && unescape(link), fallback });
}

const AUTO = new RegExp(
  [
    String.raw`(https?://[^\s<>|]+[^\s<>|.,;:!?)\]'"*_~])`,
    String.raw`(?<![\p{L}\p{N}/&])@(here|channel|everyone)\b`,
    String.raw`(?<![\p{L}\p{N}/&])#([\p{Ll}\p{N}_-]+)`,
  ].join("|"),
  "gu",
);

/** Words outside any markup: escapes, emoji and, unless verbatim, what Slack links by itself. */
function plain(text, verbatim) {
  if (!text) return [];
  if (verbatim) return [withEmoji(unescape(text))];
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(AUTO)) {
    const node = autoNode(match);
    if (!node) continue;
    nodes.push(withEmoji(unescape(text.slice(last, match.index))), node);
    last = match.index + match[0].length;
  }
  nodes.push(withEmoji(unescape(text.slice(last))));
  return nodes.filter((node) => node !== "");
}

function autoNode([, url, word, channelName]) {
  if (url) return safeLink(unescape(url), unescape(url));
  if (word) return broadcast(word, null);
  const found = state.channels.find((one) => one.name === channelName);
  return found ? channelRef(found.id, null) : null;
}
