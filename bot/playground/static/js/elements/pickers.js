// Date, time and moment: the browser's own pickers, which people know and which the keyboard reaches.

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { zone } from "../store.js";
import { cityName, unixToWall, wallToUnix } from "../time.js";
import { confirmed } from "./confirm.js";
import { naming } from "./labels.js";

export function datepicker(element, block, context) {
  return picker(element, block, context, { type: "date", symbol: "calendar", words: "Select a date" });
}

export function timepicker(element, block, context) {
  const node = picker(element, block, context, { type: "time", symbol: "clock", words: "Select a time" });
  if (element.timezone) node.append(h("span", { class: "picker-zone" }, cityName(element.timezone)));
  return node;
}

/** A moment; shown and filled in on the wall clock of the acting person, sent in unix seconds. */
export function datetimepicker(element, block, context) {
  const form = {
    toField: (seconds) => unixToWall(seconds, zone()),
    fromField: (text) => wallToUnix(text, zone()),
  };
  const kind = { type: "datetime-local", symbol: "calendar", words: "Select a date and time", ...form };
  const node = picker(element, block, context, kind);
  node.append(h("span", { class: "picker-zone" }, cityName(zone())));
  return node;
}

function picker(element, block, context, kind) {
  const { toField = String, fromField = String } = kind;
  const value = context.form.get(block, element);
  const input = h("input", {
    id: context.ids?.field,
    type: kind.type,
    value: value === null ? "" : toField(value),
    autofocus: element.focus_on_load,
    ...naming(element, context, kind.words),
  });
  const words = element.placeholder?.text ?? kind.words;
  const placeholder = h("span", { class: "picker-placeholder", "aria-hidden": "true" }, words);
  const node = h("div", { class: "picker" }, icon(kind.symbol), input, placeholder);
  const showEmpty = () => node.classList.toggle("empty", !input.value);
  showEmpty();
  let before = input.value;
  input.addEventListener("input", showEmpty);
  input.addEventListener("change", async () => {
    if (!(await confirmed(element.confirm))) {
      input.value = before;
      showEmpty();
      return;
    }
    before = input.value;
    await context.commit(block, element, input.value ? fromField(input.value) : null);
  });
  return node;
}
