// The page's own small buttons (those of the app are in elements/).

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** A button that shows only an icon; `label` is its name and its tooltip. */
export function iconButton(symbol, label, onclick, { size = 18, ...more } = {}) {
  const attributes = { class: "icon-button", type: "button", "aria-label": label, title: label };
  return h("button", { ...attributes, onclick, ...more }, icon(symbol, size));
}

/** A button of the bar on top or of a drawer's head. */
export function barButton(content, onclick, more = {}) {
  return h("button", { class: "bar-button", type: "button", onclick, ...more }, content);
}

/** A small button with words that asks for attention. */
export function callButton(words, onclick) {
  return h("button", { class: "button small primary", type: "button", onclick }, words);
}
