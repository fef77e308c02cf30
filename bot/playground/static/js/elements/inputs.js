// Text, number, e-mail and URL inputs.

import { debounce, h } from "../dom.js";
import { naming } from "./labels.js";

const KINDS = {
  plain_text_input: { type: "text" },
  email_text_input: { type: "email", inputmode: "email", autocomplete: "off" },
  url_text_input: { type: "url", inputmode: "url" },
  number_input: { type: "text", inputmode: "decimal" },
};
const CHARACTER_PAUSE_MS = 300;
const COUNTER_SHOWN_FROM = 0.8;

export function textInput(element, block, context) {
  const { type, ...extra } = KINDS[element.type];
  const multiline = element.multiline === true;
  const attributes = {
    id: context.ids?.field,
    value: context.form.get(block, element) ?? "",
    placeholder: element.placeholder?.text,
    autofocus: element.focus_on_load,
    ...extra,
    ...naming(element, context, "Text"),
  };
  const input = h(multiline ? "textarea" : "input", { ...attributes, ...(multiline ? { rows: "4" } : { type }) });
  const counter = counterFor(element, input);
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const asYouType = debounce(() => context.commit(block, element, input.value || null), CHARACTER_PAUSE_MS);
  input.addEventListener("input", () => {
    context.store(block, element, input.value || null);
    counter?.update();
    if (block.dispatch_action && triggers.includes("on_character_entered")) asYouType();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || multiline || event.metaKey || event.ctrlKey) return;
    if (!block.dispatch_action || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    context.commit(block, element, input.value || null);
  });
  return h("div", { class: "text-field" }, input, counter?.node);
}

/** What is left of `max_length`, shown when it gets short; `min_length` while it is not reached. */
function counterFor(element, input) {
  const { max_length: max, min_length: min } = element;
  if (!max && !min) return null;
  const node = h("div", { class: "counter", "aria-live": "polite" });
  const update = () => {
    const { length } = input.value;
    const left = max ? max - length : null;
    node.classList.toggle("over", left !== null && left < 0);
    if (left !== null && length >= max * COUNTER_SHOWN_FROM) node.textContent = String(left);
    else if (min && length > 0 && length < min) node.textContent = `at least ${min} characters`;
    else node.textContent = "";
  };
  update();
  return { node, update };
}
