// Short notices at the edge of the window.

import { iconButton } from "./controls.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 6000;

/** Shows a notice. Errors are read out at once and stay longer. */
export function toast(text, level = "info") {
  const region = document.getElementById("toasts");
  const close = iconButton("close", "Dismiss", () => dismiss(), { size: 14 });
  const [role, symbol] = level === "error" ? ["alert", "warn"] : ["status", "info"];
  const node = h("div", { class: `toast toast-${level}`, role }, icon(symbol), h("span", {}, text), close);
  const dismiss = () => {
    node.remove();
    if (!region.childElementCount) region.hidePopover();
  };
  setTimeout(dismiss, level === "error" ? SHOWN_MS * 2 : SHOWN_MS);
  region.append(node);
  // Shown anew each time, so that it stands above a modal that was opened since.
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

/** Says that a call was refused. Returns false, the outcome of that call. */
export function oops(error) {
  toast(error.message, "error");
  return false;
}
