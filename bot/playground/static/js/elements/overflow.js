// The overflow menu (⋯).

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { menu } from "../popup.js";
import { safeLink } from "../references.js";
import { plainText } from "../text.js";
import { busyWhile } from "./button.js";
import { confirmed } from "./confirm.js";

export function overflow(element, block, context) {
  const label = element.accessibility_label ?? "More actions";
  const attributes = { class: "button overflow", type: "button", "aria-label": label, "aria-haspopup": "menu" };
  const node = h("button", attributes, icon("more"));
  const choose = async (option) => {
    if (!(await confirmed(element.confirm))) return;
    await busyWhile(node, () => context.press(block, element, option.value));
  };
  node.addEventListener("click", () => {
    const items = element.options.map((option) => ({
      label: plainText(option.text),
      detail: plainText(option.description),
      href: option.url ? safeLink(option.url, "")?.href : null,
      run: () => choose(option),
    }));
    menu(node, label, items, { align: "end" });
  });
  return node;
}
