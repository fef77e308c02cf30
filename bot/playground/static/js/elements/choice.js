// Radio buttons and checkboxes.

import { h, uid } from "../dom.js";
import { textNodes } from "../text.js";
import { confirmed } from "./confirm.js";
import { naming } from "./labels.js";

export function radioButtons(element, block, context) {
  return group(element, block, context, { type: "radio", role: "radiogroup" });
}

export function checkboxes(element, block, context) {
  return group(element, block, context, { type: "checkbox", role: "group" });
}

function group(element, block, context, { type, role }) {
  const name = uid(type);
  const current = [context.form.get(block, element)].flat();
  const inputs = element.options.map((option, at) => {
    const checked = current.includes(option.value);
    const focus = element.focus_on_load && at === 0;
    return h("input", { type, name, value: option.value, checked, autofocus: focus || null });
  });
  const read = () => inputs.filter((input) => input.checked).map((input) => input.value);
  let before = read();
  const changed = async () => {
    if (!(await confirmed(element.confirm))) {
      for (const input of inputs) input.checked = before.includes(input.value);
      return;
    }
    before = read();
    await context.commit(block, element, type === "radio" ? (before[0] ?? null) : before);
  };
  const rows = element.options.map((option, at) => {
    const description = option.description && h("span", { class: "choice-description" }, textNodes(option.description));
    const words = h("span", { class: "choice-words" }, h("span", {}, textNodes(option.text)), description);
    return h("label", { class: "choice" }, inputs[at], words);
  });
  for (const input of inputs) input.addEventListener("change", changed);
  return h("div", { class: "choices", role, ...naming(element, context, "Options") }, rows);
}
