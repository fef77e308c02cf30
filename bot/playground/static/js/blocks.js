// Block Kit: blocks as DOM nodes. `context` says where they stand and what happens on a click:
// {surface: "message" | "modal" | "home", form, store, commit, press, suggest, errors} (see context.js).

import { h, uid } from "./dom.js";
import { element as renderElement } from "./elements/index.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { dataTable, tableBlock } from "./table.js";
import { plainText, textNodes } from "./text.js";

/** The node of one block. */
export function block(one, context) {
  const node = BLOCKS[one.type]?.(one, context) ?? unknown(one);
  node.classList.add("block", `block-${one.type}`);
  node.dataset.block = one.block_id ?? "";
  return node;
}

const BLOCKS = {
  section,
  header,
  divider: () => h("hr", { class: "divider" }),
  context: (one) => h("div", {}, (one.elements ?? []).map(contextElement)),
  actions: (one, context) => h("div", {}, (one.elements ?? []).map((el) => renderElement(el, one, context))),
  input,
  image,
  rich_text: (one) => richText(one),
  markdown: (one) => markdown(one.text),
  table: (one) => tableBlock(one),
  data_table: (one) => dataTable(one),
  alert: (one) => h("div", { class: `alert alert-${one.level ?? "default"}`, role: "note" }, textNodes(one.text)),
};

// Under the page's own headings, which take two levels.
function header(one) {
  const level = one.level ?? 1;
  return h("div", { role: "heading", "aria-level": String(level + 2), class: `level-${level}` }, plainText(one.text));
}

const LONG_TEXT = 1400;

function section(one, context) {
  const text = h("div", { class: "section-text" }, textNodes(one.text));
  const fields = one.fields?.length
    ? h("div", { class: "section-fields" }, one.fields.map((field) => h("div", {}, textNodes(field))))
    : null;
  const main = h("div", { class: "section-main" }, one.text ? text : null, fields);
  const long = context.surface === "message" && !one.expand && (one.text?.text.length ?? 0) > LONG_TEXT;
  if (long) main.append(foldable(text));
  const accessory = one.accessory && h("div", { class: "section-accessory" }, accessoryNode(one, context));
  return h("div", {}, main, accessory);
}

function foldable(text) {
  text.classList.add("folded");
  const more = h("button", { class: "text-button", type: "button" }, "See more");
  more.addEventListener("click", () => {
    const folded = text.classList.toggle("folded");
    more.textContent = folded ? "See more" : "See less";
  });
  return more;
}

function accessoryNode(one, context) {
  const { accessory } = one;
  if (accessory.type === "image") return picture(accessory, "thumb");
  return renderElement(accessory, one, context);
}

function contextElement(one) {
  if (one.type === "image") return picture(one, "context-image");
  return h("span", { class: "context-text" }, textNodes(one));
}

function input(one, context) {
  const ids = { field: uid("field"), label: uid("label"), hint: uid("hint"), error: uid("error") };
  const optional = one.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const grouped = ["radio_buttons", "checkboxes"].includes(one.element?.type);
  const label = h(grouped ? "div" : "label", { class: "field-label", id: ids.label }, plainText(one.label), optional);
  if (!grouped) label.htmlFor = ids.field;
  const message = context.errors?.[one.block_id];
  const error = h("div", { class: "field-error", id: ids.error, hidden: !message }, message ?? "");
  const hint = one.hint && h("div", { class: "field-hint", id: ids.hint }, plainText(one.hint));
  const field = renderElement(one.element, one, { ...context, ids, required: !one.optional });
  return h("div", { class: message ? "field has-error" : "field" }, label, field, error, hint);
}

function image(one) {
  const title = one.title && h("figcaption", { class: "image-title" }, plainText(one.title));
  return h("figure", {}, title, picture(one, "picture"));
}

/** A picture, or its words where it can't be loaded (the page asks no other machine). */
function picture(one, kind) {
  const alt = one.alt_text ?? "";
  const url = one.image_url ?? one.slack_file?.url ?? "";
  const words = () => h("span", { class: `${kind} picture-missing`, role: "img", "aria-label": alt }, alt || "image");
  let own = false;
  try {
    own = new URL(url, location.href).origin === location.origin;
  } catch {
    own = false;
  }
  if (!own) return words();
  const node = h("img", { class: kind, src: url, alt, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(words()));
  return node;
}

function unknown(one) {
  return h("div", { class: "unknown" }, `The playground does not show blocks of type “${one.type}”.`);
}
