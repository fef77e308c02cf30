// The `markdown` block: the everyday part of Markdown. What it doesn't know stays as plain text.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { safeLink } from "./references.js";
import { plainTable } from "./table.js";

const RULES = [
  [/^```\s*(\w*)\s*$/, fence],
  [/^#{1,6}\s+(.*)$/, heading],
  [/^\s*([-*_])(?:\s*\1){2,}\s*$/, () => h("hr", { class: "divider" })],
  [/^>\s?/, quote],
  [/^\s*(?:[-*+]|\d+[.)])\s+/, list],
  [/^\s*\|.*\|\s*$/, table],
];

/** Nodes for a Markdown text. */
export function markdown(text) {
  const cursor = { lines: String(text).replace(/\r\n?/g, "\n").split("\n"), at: 0 };
  const nodes = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) nodes.push(h("p", { class: "md-p" }, joined(paragraph)));
    paragraph = [];
  };
  while (cursor.at < cursor.lines.length) {
    const line = cursor.lines[cursor.at];
    cursor.at += 1;
    const rule = RULES.find(([pattern]) => pattern.test(line));
    if (!line.trim()) flush();
    else if (!rule) paragraph.push(line);
    else {
      flush();
      nodes.push(rule[1](cursor, rule[0].exec(line), line));
    }
  }
  flush();
  return h("div", { class: "md" }, nodes);
}

function joined(lines) {
  return lines.map((line, at) => [at ? h("br") : null, spans(line.trimEnd())]);
}

/** Takes following lines while they match. */
function takeWhile(cursor, test) {
  const taken = [];
  while (cursor.at < cursor.lines.length && test(cursor.lines[cursor.at])) {
    taken.push(cursor.lines[cursor.at]);
    cursor.at += 1;
  }
  return taken;
}

function heading(cursor, [, text]) {
  return h("div", { class: "md-heading", role: "heading", "aria-level": "4" }, spans(text));
}

function fence(cursor) {
  const code = takeWhile(cursor, (line) => !/^```\s*$/.test(line));
  cursor.at += 1;
  return h("pre", { class: "pre", tabindex: "0" }, code.join("\n"));
}

function quote(cursor, match, first) {
  const rest = takeWhile(cursor, (line) => /^>/.test(line));
  return h("blockquote", { class: "quote" }, joined([first, ...rest].map((line) => line.replace(/^>\s?/, ""))));
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

function list(cursor, match, first) {
  const items = [first, ...takeWhile(cursor, (line) => ITEM.test(line))].map((line) => ITEM.exec(line));
  const roots = [];
  const stack = [];
  for (const [, indent, mark, box, text] of items) {
    const ordered = /\d/.test(mark);
    while (stack.length && stack.at(-1).depth > indent.length) stack.pop();
    if (!stack.length || stack.at(-1).depth < indent.length) {
      const node = h(ordered ? "ol" : "ul", { class: `list list-${stack.length % 3}` });
      if (ordered) node.start = Number.parseInt(mark, 10);
      const host = stack.at(-1)?.node.lastElementChild;
      if (host) host.append(node);
      else roots.push(node);
      stack.push({ depth: indent.length, node });
    }
    const task = box === undefined ? null : box === " " ? "☐ " : "☑ ";
    stack.at(-1).node.append(h("li", {}, task, spans(text)));
  }
  return h("div", {}, roots);
}

function table(cursor, match, first) {
  const rows = [first, ...takeWhile(cursor, (line) => /^\s*\|.*\|\s*$/.test(line))]
    .map((line) => line.trim().slice(1, -1).split("|").map((cell) => cell.trim()));
  const marks = rows[1]?.every((cell) => /^:?-+:?$/.test(cell)) ? rows.splice(1, 1)[0] : [];
  const align = marks.map((mark) => (/^:-*:$/.test(mark) ? "center" : /:$/.test(mark) ? "right" : "left"));
  return plainTable(rows.map((row) => row.map((cell) => spans(cell))), align);
}

const SPAN = new RegExp(
  [
    String.raw`\\([\\\x60*_{}[\]()#+.!|~-])`, // an escaped character
    String.raw`\x60([^\x60]+)\x60`, // code
    String.raw`!?\[([^\]]+)\]\(([^)\s]+)(?:\s+"[^"]*")?\)`, // link; a picture becomes one
    String.raw`<(https?://[^>\s]+)>`,
    String.raw`\*\*([^*]+(?:\*[^*]+\*[^*]*)*)\*\*`, // bold
    String.raw`__([^_]+)__`,
    String.raw`\*([^*\s][^*]*)\*`, // italic
    String.raw`(?<!\w)_([^_]+)_(?!\w)`,
    String.raw`~~([^~]+)~~`, // strike
  ].join("|"),
  "g",
);

function spans(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(SPAN)) {
    nodes.push(withEmoji(text.slice(last, match.index)), span(match));
    last = match.index + match[0].length;
  }
  nodes.push(withEmoji(text.slice(last)));
  return nodes;
}

function span([all, escaped, code, label, url, auto, bold, bold2, italic, italic2, strike]) {
  if (escaped) return escaped;
  if (code) return h("code", { class: "code" }, code);
  if (label) return safeLink(url, h("span", {}, spans(label))) ?? all;
  if (auto) return safeLink(auto, auto);
  if (bold ?? bold2) return h("b", {}, spans(bold ?? bold2));
  if (italic ?? italic2) return h("i", {}, spans(italic ?? italic2));
  return h("s", {}, spans(strike));
}
