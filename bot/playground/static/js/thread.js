// The pane of one thread.

import { Composer } from "./composer.js";
import { iconButton } from "./controls.js";
import { conversationName } from "./conversation.js";
import { fill, h } from "./dom.js";
import { MessageList } from "./list.js";
import { closeThread } from "./places.js";
import { on, state } from "./store.js";

/** Builds the pane into `root` and follows the store. */
export function startThread(root) {
  const where = h("span", { class: "topic" });
  const cross = iconButton("close", "Close thread", closeThread);
  const list = new MessageList({ label: "Replies" });
  const target = () => ({ channel: state.thread?.channel, thread_ts: state.thread?.ts });
  const composer = new Composer({ target, onSent: () => list.toBottom() });
  const row = h("div", { class: "conversation-row" }, h("h2", {}, "Thread"), where, cross);
  const head = h("header", { class: "conversation-head" }, row);
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
