// The pane of one thread.

import { Composer } from "./composer.js";
import { conversationName } from "./conversation.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./list.js";
import { closeThread } from "./places.js";
import { on, state } from "./store.js";

/** Builds the pane into `root` and follows the store. */
export function startThread(root) {
  const where = h("span", { class: "topic" });
  const cross = h("button", { class: "icon-button", type: "button", "aria-label": "Close thread", onclick: closeThread }, icon("close"));
  const list = new MessageList({ label: "Replies" });
  const target = () => ({ channel: state.thread?.channel, thread_ts: state.thread?.ts });
  const composer = new Composer({ target, onSent: () => list.toBottom() });
  const head = h("header", { class: "conversation-head" }, h("div", { class: "conversation-row" }, h("h2", {}, "Thread"), where, cross));
  root.append(head, list.node, composer.node);
  root.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && closeThread());

  on("thread", () => {
    root.hidden = !state.thread;
    document.body.classList.toggle("with-thread", Boolean(state.thread));
    if (!state.thread) return;
    fill(where, conversationName(state.thread.channel));
    list.draw(null, []);
    composer.turnTo("Reply…");
    composer.field.focus({ preventScroll: true });
  });
  on("replies", () => {
    list.draw(state.thread.channel, state.replies);
    fill(list.top);
  });
}
