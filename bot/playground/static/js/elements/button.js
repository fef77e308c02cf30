// Buttons, with their waiting and failed states.

import { h } from "../dom.js";
import { safeLink } from "../references.js";
import { plainText } from "../text.js";
import { confirmed } from "./confirm.js";

/** A button; one with a `url` is a link and is reported as well. */
export function button(element, block, context) {
  const attributes = {
    class: `button ${element.style ?? ""}`.trim(),
    "aria-label": element.accessibility_label ?? null,
  };
  const words = h("span", {}, plainText(element.text));
  const link = element.url ? safeLink(element.url, words) : null;
  const node = link ?? h("button", { type: "button" }, words);
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value);
  node.addEventListener("click", async (event) => {
    if (element.confirm && link) event.preventDefault();
    if (!(await confirmed(element.confirm))) return;
    if (element.confirm && link) window.open(link.href, "_blank", "noopener");
    await busyWhile(node, () => context.press(block, element));
  });
  return node;
}

/** Shows that a control waits, then that it failed if it did. `work` resolves to whether it went well. */
export async function busyWhile(node, work) {
  if (node.classList.contains("busy")) return;
  node.classList.add("busy");
  node.classList.remove("failed");
  node.setAttribute("aria-busy", "true");
  const good = await work();
  node.classList.remove("busy");
  node.removeAttribute("aria-busy");
  node.classList.toggle("failed", !good);
  node.title = good ? "" : "The app did not answer. Try again?";
}
