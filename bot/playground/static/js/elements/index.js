// Which function draws which interactive element.

import { h } from "../dom.js";
import { button } from "./button.js";
import { checkboxes, radioButtons } from "./choice.js";
import { overflow } from "./overflow.js";
import { datepicker, datetimepicker, timepicker } from "./pickers.js";
import { select } from "./select.js";
import { textInput } from "./inputs.js";

const ELEMENTS = {
  button,
  overflow,
  radio_buttons: radioButtons,
  checkboxes,
  datepicker,
  timepicker,
  datetimepicker,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  static_select: select,
  external_select: select,
  users_select: select,
  channels_select: select,
  conversations_select: select,
  multi_static_select: select,
  multi_external_select: select,
  multi_users_select: select,
  multi_channels_select: select,
  multi_conversations_select: select,
};

/** The node of one element of a block. */
export function element(one, block, context) {
  const draw = ELEMENTS[one?.type];
  if (!draw) return h("span", { class: "unknown" }, `[${one?.type ?? "element"}]`);
  const node = draw(one, block, context);
  node.dataset.action = one.action_id ?? "";
  return node;
}
