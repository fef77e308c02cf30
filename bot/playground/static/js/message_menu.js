// What can be done with a message: reply in a thread, and the app's message shortcuts.

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { iconButton } from "./controls.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./popup.js";
import { actor, state } from "./store.js";
import { oops } from "./toast.js";

/** The toolbar that appears over a message. */
export function messageMenu(message, { channel, open }) {
  const shortcuts = state.shortcuts.filter((one) => one.type === "message");
  const show = () => menu(more, "More actions", items(message, { channel, open, shortcuts }), { align: "end" });
  const more = iconButton("more", "More actions", show, { "aria-haspopup": "menu" });
  const reply = open && iconButton("reply", "Reply in thread", () => open(message));
  if (!reply && !shortcuts.length) return null;
  return h("div", { class: "message-tools", role: "group", "aria-label": "Message actions" }, reply, more);
}

function items(message, { channel, open, shortcuts }) {
  const list = [];
  if (open) list.push({ label: "Reply in thread", icon: icon("reply"), run: () => open(message) });
  if (shortcuts.length) list.push({ heading: state.bot.name });
  for (const one of shortcuts) {
    const run = () => runShortcut(one, { channel, ts: message.ts });
    list.push({ label: one.name, detail: one.description, icon: avatar(actor(state.bot.id), "xs"), run });
  }
  return list;
}

/** Runs a shortcut of the app; `target` is `{channel, ts}` for one on a message. */
export async function runShortcut(shortcut, target = {}) {
  try {
    await post("shortcut", { as: state.as, callback_id: shortcut.callback_id, ...target });
  } catch (error) {
    oops(error);
  }
}
