// A scrolling list of messages that stays at the bottom while the reader is there, and says so when
// something came below while they were not.

import { h, reconcile } from "./dom.js";
import { icon } from "./icons.js";
import { entries, entryNode, entryVersion } from "./messages.js";

const NEAR_PX = 60;

function pill(where, symbol, words, onclick) {
  const attributes = { class: `pill pill-${where}`, type: "button", hidden: true, onclick };
  return h("button", attributes, icon(symbol, 14), h("span", {}, words));
}

export class MessageList {
  /** `open(message)` opens a thread (null: threads can't be opened here). */
  constructor({ label, open = null, onSeen = () => {} }) {
    this.open = open;
    this.onSeen = onSeen;
    this.list = h("ol", { class: "messages", "aria-label": label });
    this.top = h("div", { class: "list-top" });
    const region = { class: "scroller", tabindex: "0", role: "region", "aria-label": label };
    this.scroller = h("div", region, this.top, this.list);
    this.below = pill("below", "down", "New messages", () => this.toBottom());
    this.above = pill("above", "up", "", () => this.toUnread());
    this.node = h("div", { class: "list" }, this.above, this.scroller, this.below);
    this.atBottom = true;
    this.depth = 0; // how far down it was when last heard of
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    // Pictures that load, a narrower window, a growing composer: the bottom stays the bottom.
    const watch = new ResizeObserver(() => this.follows() && this.toBottom());
    watch.observe(this.list);
    watch.observe(this.scroller);
  }

  /** Shows the messages of a conversation. `unreadAt` is where the first unread one stands, or -1. */
  draw(channel, messages, { unreadAt = -1 } = {}) {
    const fresh = channel !== this.channel;
    const newest = messages.at(-1)?.ts;
    const arrived = !fresh && newest !== this.newest && this.newest !== undefined;
    if (fresh) this.list.replaceChildren();
    this.channel = channel;
    this.newest = newest;
    reconcile(this.list, entries(messages, { unreadAt }), {
      key: (entry) => entry.id,
      version: entryVersion,
      render: (entry) => entryNode(entry, { channel, open: this.open }),
    });
    if (fresh) this.begin(messages.length - unreadAt, unreadAt);
    else if (this.follows()) this.toBottom();
    else if (arrived) this.below.hidden = false;
  }

  /** The first look at a conversation: its end, with the way up to what is unread. */
  begin(count, unreadAt) {
    this.below.hidden = true;
    this.toBottom();
    const line = this.list.querySelector(".new-line");
    const outside = line && line.offsetTop < this.scroller.scrollTop;
    this.above.hidden = !outside;
    if (outside) this.above.lastElementChild.textContent = `${count} new message${count === 1 ? "" : "s"}`;
  }

  /** How much there is below what is seen. */
  left() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  /** Whether the reader is at the end. Who scrolled up in this frame is not: the event is still to come. */
  follows() {
    if (this.scroller.scrollTop < this.depth && this.left() >= NEAR_PX) this.atBottom = false;
    return this.atBottom;
  }

  scrolled() {
    this.depth = this.scroller.scrollTop;
    this.atBottom = this.left() < NEAR_PX;
    if (this.atBottom && !this.below.hidden) {
      this.below.hidden = true;
      this.onSeen();
    }
    const line = this.list.querySelector(".new-line");
    if (line && line.offsetTop >= this.scroller.scrollTop) this.above.hidden = true;
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.depth = this.scroller.scrollTop;
    this.atBottom = true;
    this.below.hidden = true;
  }

  toUnread() {
    this.above.hidden = true;
    this.list.querySelector(".new-line")?.scrollIntoView({ block: "center" });
  }

  /** Brings one message into view and marks it for a moment. */
  reveal(ts) {
    const node = this.list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center" });
    node.classList.add("revealed");
    setTimeout(() => node.classList.remove("revealed"), 2400);
  }
}
