// Where a person types: messages, slash commands, and the app's global shortcuts.

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { completions } from "./completion.js";
import { iconButton } from "./controls.js";
import { fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { runShortcut } from "./message_menu.js";
import { menu, place } from "./popup.js";
import { actor, state } from "./store.js";

const drafts = new Map();

export class Composer {
  /** `target()` gives `{channel, thread_ts?}`; `onSent` is called after a message was sent. */
  constructor({ target, onSent = () => {} }) {
    this.target = target;
    this.onSent = onSent;
    this.found = null;
    const listId = uid("complete");
    this.field = h("textarea", {
      rows: "1",
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": listId,
      autocomplete: "off",
      spellcheck: "true",
    });
    const listed = { id: listId, role: "listbox", "aria-label": "Suggestions", popover: "manual" };
    this.list = h("div", { class: "options completion", ...listed });
    this.sendButton = iconButton("send", "Send", null, { class: "send", type: "submit" });
    this.shortcuts = iconButton("bolt", "Shortcuts", () => this.showShortcuts(), { "aria-haspopup": "menu" });
    this.slash = iconButton("slash", "Slash command", () => this.beginCommand());
    this.problem = h("div", { class: "composer-problem", role: "alert", hidden: true });
    const tip = h("span", { class: "composer-tip" }, "Enter sends, Shift + Enter starts a new line");
    const tools = h("div", { class: "composer-tools" }, this.shortcuts, this.slash, tip, this.sendButton);
    this.form = h("form", { class: "composer-box" }, this.field, tools, this.list);
    this.node = h("div", { class: "composer" }, this.problem, this.form);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.offer(null));
    this.field.addEventListener("click", () => this.typed());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  beginCommand() {
    this.field.value = "/";
    this.field.focus();
    this.typed();
  }

  /** Turns to a conversation: its name, and what was typed there and not sent. */
  turnTo(placeholder) {
    this.field.placeholder = placeholder;
    this.field.setAttribute("aria-label", placeholder);
    this.field.value = drafts.get(this.draftKey()) ?? "";
    this.shortcuts.hidden = Boolean(this.target().thread_ts) || !state.shortcuts.some((one) => one.type === "global");
    this.slash.hidden = Boolean(this.target().thread_ts) || !state.commands.length;
    this.say(null);
    this.grow();
  }

  draftKey() {
    const { channel, thread_ts: thread } = this.target();
    return `${state.as}/${channel}/${thread ?? ""}`;
  }

  typed() {
    drafts.set(this.draftKey(), this.field.value);
    this.say(null);
    this.grow();
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.offer(completions(before, { inThread: Boolean(this.target().thread_ts) }));
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 240)}px`;
    this.sendButton.disabled = !this.field.value.trim();
  }

  offer(found) {
    this.found = found;
    this.field.setAttribute("aria-expanded", String(Boolean(found)));
    if (!found) {
      this.field.removeAttribute("aria-activedescendant");
      if (this.list.matches(":popover-open")) this.list.hidePopover();
      return;
    }
    this.rows = found.items.map((item) => this.row(item));
    fill(this.list, this.rows);
    if (!this.list.matches(":popover-open")) this.list.showPopover();
    place(this.list, this.form, { width: "anchor" });
    this.activate(0);
  }

  row(item) {
    return h(
      "div",
      { class: "option", role: "option", id: uid("offer"), "aria-selected": "false", onclick: () => this.take(item) },
      item.who && avatar(item.who, "s"),
      h("span", { class: "option-words" }, item.label, item.detail && h("small", {}, item.detail)),
    );
  }

  activate(at) {
    this.rows[this.active]?.classList.remove("active");
    this.active = (at + this.rows.length) % this.rows.length;
    this.rows.forEach((row, index) => row.setAttribute("aria-selected", String(index === this.active)));
    const row = this.rows[this.active];
    row.classList.add("active");
    row.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", row.id);
  }

  take(item) {
    const { value, selectionStart } = this.field;
    const head = value.slice(0, this.found.from) + item.insert;
    this.field.value = head + value.slice(selectionStart).replace(/^ /, "");
    this.field.setSelectionRange(head.length, head.length);
    this.typed();
  }

  key(event) {
    if (event.isComposing) return;
    const { key } = event;
    if (this.found && ["ArrowDown", "ArrowUp"].includes(key)) {
      event.preventDefault();
      this.activate(this.active + (key === "ArrowDown" ? 1 : -1));
    } else if (this.found && key === "Escape") {
      event.preventDefault();
      this.offer(null);
    } else if (this.found && (key === "Tab" || (key === "Enter" && !this.complete()))) {
      event.preventDefault();
      this.take(this.found.items[this.active]);
    } else if (key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  /** Whether Enter sends although something is offered: a whole command stands there already. */
  complete() {
    const text = this.field.value.trim();
    return state.commands.some((one) => text === one.command);
  }

  async send() {
    const text = this.field.value.trim();
    if (!text || this.sending) return;
    this.sending = true;
    this.offer(null);
    try {
      await (text.startsWith("/") ? this.command(text) : this.message(text));
      if (this.field.value.trim() === text) this.field.value = "";
      drafts.delete(this.draftKey());
      this.grow();
      this.onSent();
    } catch (error) {
      this.say(error.message);
    } finally {
      this.sending = false;
    }
  }

  async command(text) {
    const name = text.split(/\s/)[0];
    if (this.target().thread_ts) throw new Error(`${name} is not supported in threads. Sorry!`);
    if (!state.commands.some((one) => one.command === name)) throw new Error(`${name} is not a valid command.`);
    await post("command", { as: state.as, ...this.target(), text });
  }

  async message(text) {
    await post("message", { as: state.as, ...this.target(), text });
  }

  say(words) {
    this.problem.hidden = !words;
    fill(this.problem, words ? [icon("warn", 16), words] : null);
  }

  showShortcuts() {
    const globals = state.shortcuts.filter((one) => one.type === "global");
    const items = globals.map((one) => ({
      label: one.name,
      detail: one.description,
      icon: avatar(actor(state.bot.id), "xs"),
      run: () => runShortcut(one),
    }));
    menu(this.shortcuts, "Shortcuts", [{ heading: state.bot.name }, ...items]);
  }
}
