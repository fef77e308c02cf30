// Menus and lists that float above everything, modals included (the browser's top layer).

import { h } from "./dom.js";

const GAP = 4;
const MARGIN = 8;
const TALLEST = 460;

/** Puts a shown popover under its anchor, or above it where there is no room below. */
export function place(popup, anchor, { align = "start", width = null } = {}) {
  const box = anchor.getBoundingClientRect();
  if (width === "anchor") popup.style.width = `${box.width}px`;
  popup.style.maxHeight = `${TALLEST}px`;
  const size = popup.getBoundingClientRect();
  const below = window.innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - GAP - MARGIN;
  const up = size.height > below && above > below;
  const height = Math.min(size.height, up ? above : below);
  popup.style.maxHeight = `${Math.min(Math.max(up ? above : below, 80), TALLEST)}px`;
  popup.style.top = `${up ? box.top - GAP - height : box.bottom + GAP}px`;
  const wanted = align === "end" ? box.right - size.width : box.left;
  popup.style.left = `${Math.max(MARGIN, Math.min(wanted, window.innerWidth - size.width - MARGIN))}px`;
}

/**
 * Opens a menu at `anchor`. Items: `{label, detail?, icon?, run, danger?, href?, current?}` or
 * `{heading}`. Arrow keys move, Escape and a click elsewhere close, focus goes back to the anchor.
 */
export function menu(anchor, label, items, options = {}) {
  const node = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  node.append(...items.map((item) => menuEntry(item, node)));
  node.addEventListener("keydown", (event) => moveFocus(event, node));
  node.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    anchor.setAttribute("aria-expanded", String(open));
    if (open) return;
    if (node.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    node.remove();
  });
  (anchor.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  place(node, anchor, options);
  node.querySelector('[role^="menuitem"]')?.focus();
}

function menuEntry(item, node) {
  if (item.heading) return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
  const role = item.current === undefined ? "menuitem" : "menuitemradio";
  const content = [
    item.icon ?? null,
    h("span", { class: "menu-words" }, item.label, item.detail && h("small", {}, item.detail)),
    item.trailing ?? null,
  ];
  const attributes = { class: item.danger ? "menu-item danger" : "menu-item", role, tabindex: "-1" };
  if (role === "menuitemradio") attributes["aria-checked"] = String(item.current);
  const run = () => {
    node.hidePopover();
    item.run?.();
  };
  if (item.href) {
    return h("a", { ...attributes, href: item.href, target: "_blank", rel: "noopener", onclick: run }, content);
  }
  return h("button", { ...attributes, type: "button", onclick: run }, content);
}

function moveFocus(event, node) {
  const items = [...node.querySelectorAll('[role^="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const next = {
    ArrowDown: items[(at + 1) % items.length],
    ArrowUp: items.at(at <= 0 ? -1 : at - 1),
    Home: items[0],
    End: items.at(-1),
  }[event.key];
  if (event.key === "Tab") node.hidePopover();
  if (!next) return;
  event.preventDefault();
  next.focus();
}
