// A field with a list: type to narrow, arrows to move, Enter to take. One or several values.

import { iconButton } from "./controls.js";
import { debounce, fill, h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { place } from "./popup.js";

const QUERY_PAUSE_MS = 200;

/**
 * Builds the field. `load(query)` resolves to groups `[{label, options: [{value, text, detail}]}]`;
 * `slow` waits for a pause in typing before it is asked. `chosen` is what is chosen at first, and what
 * `onChange` gets: `[{value, text}]`.
 */
export class Combobox {
  constructor({ fieldId, naming = {}, autofocus, slow, ...rest }) {
    const { multi, chosen, load, onChange, placeholder, max, minQuery = 0 } = rest;
    Object.assign(this, { multi, chosen, load, onChange, max, minQuery });
    this.options = [];
    this.active = -1;
    this.placeholder = placeholder || "Select an option";
    const listId = uid("list");
    this.input = h("input", {
      id: fieldId ?? uid("combo"),
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": listId,
      autofocus,
      ...naming,
    });
    this.chips = h("span", { class: "chips" });
    const listed = { role: "listbox", "aria-label": this.placeholder, "aria-multiselectable": multi && "true" };
    this.list = h("div", { class: "options", id: listId, popover: "manual", ...listed });
    const content = [this.chips, this.input, icon("chevron", 14), this.list];
    this.node = h("div", { class: multi ? "combo multi" : "combo" }, content);
    this.listen(slow ? debounce(() => this.refresh(), QUERY_PAUSE_MS) : () => this.refresh());
    this.show();
  }

  listen(refresh) {
    this.node.addEventListener("mousedown", (event) => {
      if (event.target === this.input || event.target.closest("button, .options")) return;
      event.preventDefault();
      this.input.focus();
      this.open();
    });
    this.input.addEventListener("mousedown", () => this.open());
    this.input.addEventListener("input", () => {
      this.open();
      refresh();
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
  }

  /** Shows what is chosen: chips, or the words in the field. */
  show() {
    const one = this.multi ? null : this.chosen[0];
    this.input.value = one?.text ?? "";
    this.input.placeholder = this.multi && this.chosen.length ? "" : this.placeholder;
    if (!this.multi) {
      const looks = { class: "combo-clear", tabindex: "-1", size: 12 };
      fill(this.chips, one && iconButton("close", "Clear", () => this.clear(), looks));
      return;
    }
    fill(this.chips, this.chosen.map((choice) => this.chip(choice)));
  }

  clear() {
    this.change([]);
    this.input.focus();
  }

  chip(choice) {
    const drop = h("button", { type: "button", "aria-label": `Remove ${choice.text}` }, icon("close", 12));
    drop.addEventListener("click", () => {
      this.change(this.chosen.filter((one) => one.value !== choice.value));
      this.input.focus();
    });
    return h("span", { class: "chip" }, choice.text, drop);
  }

  async open() {
    if (this.isOpen) return;
    this.isOpen = true;
    this.input.setAttribute("aria-expanded", "true");
    this.node.scrollIntoView({ block: "nearest" });
    this.list.showPopover();
    if (!this.multi && this.chosen.length) this.input.select();
    await this.refresh();
  }

  close() {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidePopover();
    this.show();
  }

  /** Asks for options; only the newest question's answer is shown. */
  async refresh() {
    const typed = this.input.value.trim();
    const query = !this.multi && typed === this.chosen[0]?.text ? "" : typed;
    if (query.length < this.minQuery) return this.hint(`Type at least ${this.minQuery} letters to search`);
    const question = {};
    this.question = question;
    const pending = this.load(query);
    const waiting = setTimeout(() => this.question === question && this.hint("Searching…"), 150);
    const groups = await pending;
    clearTimeout(waiting);
    if (this.question !== question || !this.isOpen) return undefined;
    return groups ? this.draw(groups) : this.hint("These options could not be loaded.");
  }

  hint(words) {
    this.options = [];
    this.active = -1;
    fill(this.list, h("div", { class: "options-hint" }, words));
    place(this.list, this.node, { width: "anchor" });
  }

  draw(groups) {
    this.options = [];
    const nodes = groups.filter((group) => group.options.length).map((group) => {
      const rows = group.options.map((option) => this.row(option));
      if (!group.label) return rows;
      const head = h("div", { class: "options-group" }, group.label);
      return h("div", { role: "group", "aria-label": group.label }, head, rows);
    });
    if (!this.options.length) return this.hint("Nothing found");
    fill(this.list, nodes);
    place(this.list, this.node, { width: "anchor" });
    const current = this.options.findIndex(({ option }) => this.has(option));
    this.activate(this.multi || current < 0 ? 0 : current);
  }

  row(option) {
    const node = h(
      "div",
      { class: "option", role: "option", id: uid("option"), "aria-selected": String(this.has(option)) },
      h("span", { class: "option-words" }, option.text, option.detail && h("small", {}, option.detail)),
      this.has(option) && icon("check", 16),
    );
    const at = this.options.push({ option, node }) - 1;
    node.addEventListener("mousemove", () => this.activate(at));
    node.addEventListener("click", () => this.take(option));
    return node;
  }

  has(option) {
    return this.chosen.some((one) => one.value === option.value);
  }

  activate(at) {
    if (!this.options[at]) return;
    this.options[this.active]?.node.classList.remove("active");
    this.active = at;
    const { node } = this.options[at];
    node.classList.add("active");
    node.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", node.id);
  }

  take(option) {
    if (!this.multi) {
      this.change([option]);
      this.close();
      return;
    }
    const rest = this.chosen.filter((one) => one.value !== option.value);
    const added = this.has(option) ? rest : [...this.chosen, option];
    if (this.max && added.length > this.max) return;
    this.change(added);
    this.refresh();
  }

  change(chosen) {
    this.chosen = chosen;
    this.show();
    this.onChange(chosen);
  }

  key(event) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (!this.isOpen) this.open();
      else this.activate((this.active + moves[event.key] + this.options.length) % this.options.length);
    } else if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      if (!this.isOpen) this.open();
      else if (this.options[this.active]) this.take(this.options[this.active].option);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === "Backspace" && !this.input.value && this.multi && this.chosen.length) {
      this.change(this.chosen.slice(0, -1));
    }
  }
}
