// `rich_text` blocks: the text in them is never parsed, only styled.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelRef, dateText, groupRef, personRef, safeLink } from "./references.js";

/** Nodes for a rich_text block. Neighbouring lists of growing indent are nested as one list. */
export function richText(block) {
  const nodes = [];
  let lists = [];
  for (const part of block.elements ?? []) {
    if (part.type === "rich_text_list") {
      lists.push(part);
      continue;
    }
    if (lists.length) nodes.push(...nestLists(lists));
    lists = [];
    nodes.push(PARTS[part.type]?.(part) ?? unknown(part));
  }
  if (lists.length) nodes.push(...nestLists(lists));
  return h("div", { class: "rich" }, nodes);
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "rich-section" }, elements(part.elements)),
  rich_text_quote: (part) => h("blockquote", { class: "quote" }, elements(part.elements)),
  rich_text_preformatted: (part) =>
    h("pre", { class: "pre", tabindex: "0" }, (part.elements ?? []).map((one) => one.text ?? one.url ?? "")),
};

function nestLists(lists) {
  const roots = [];
  const stack = [];
  for (const part of lists) {
    const level = part.indent ?? 0;
    while (stack.length && stack.at(-1).level >= level && !sameList(stack.at(-1), part, level)) stack.pop();
    if (!stack.length || stack.at(-1).level < level) {
      const node = listNode(part, level);
      const host = stack.at(-1)?.node.lastElementChild;
      if (host) host.append(node);
      else roots.push(node);
      stack.push({ level, style: part.style, node });
    }
    const items = part.elements ?? [];
    stack.at(-1).node.append(...items.map((item) => h("li", {}, elements(item.elements))));
  }
  return roots;
}

function sameList(open, part, level) {
  return open.level === level && open.style === part.style && !part.offset;
}

function listNode(part, level) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const node = h(tag, { class: `list list-${level % 3}` });
  if (part.offset && tag === "ol") node.start = part.offset + 1;
  return node;
}

function elements(list) {
  return (list ?? []).map((one) => styled(INLINE[one.type]?.(one) ?? unknown(one), one.style));
}

const INLINE = {
  text: (one) => one.text ?? "",
  link: (one) => safeLink(one.url ?? "", one.text || one.url) ?? (one.text || one.url || ""),
  emoji: (one) => emoji(one.name) ?? fromUnicode(one.unicode) ?? `:${one.name}:`,
  user: (one) => personRef(one.user_id, null),
  usergroup: (one) => groupRef(one.usergroup_id, null),
  channel: (one) => channelRef(one.channel_id, null),
  broadcast: (one) => broadcast(one.range, null),
  team: (one) => one.team_id,
  color: (one) => one.value,
  date: (one) => dateText(one.timestamp, one.format, { link: one.url, fallback: one.fallback }),
};

function fromUnicode(hex) {
  if (!/^[0-9a-f]{1,6}(-[0-9a-f]{1,6})*$/i.test(hex ?? "")) return null;
  return String.fromCodePoint(...hex.split("-").map((code) => Number.parseInt(code, 16)));
}

const STYLES = [["code", "code"], ["bold", "b"], ["italic", "i"], ["strike", "s"], ["underline", "u"]];

function styled(node, style) {
  if (!style) return node;
  return STYLES.reduce((inner, [name, tag]) => {
    if (!style[name]) return inner;
    return h(tag, tag === "code" ? { class: "code" } : {}, inner);
  }, node);
}

function unknown(one) {
  return h("span", { class: "unknown" }, `[${one.type}]`);
}
