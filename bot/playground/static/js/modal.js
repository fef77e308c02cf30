// Modals: the acting person's stack of views, the top one shown in a dialog.

import { post } from "./api.js";
import { block as renderBlock } from "./blocks.js";
import { blockContext } from "./context.js";
import { iconButton } from "./controls.js";
import { fill, h, reconcile } from "./dom.js";
import { Form } from "./form.js";
import { icon } from "./icons.js";
import { announce, on, state } from "./store.js";
import { plainText } from "./text.js";
import { oops } from "./toast.js";

const TROUBLE = "We had some trouble connecting. Try again?";

const forms = new Map(); // view id → Form
const closing = new Set(); // ids of views whose closing is under way
const parts = {};
let shown = null; // the view on top
let context = null;
let sending = false;

/** Builds the dialog once and follows the stack. */
export function startModals() {
  parts.title = h("h2", { id: "modal-title", tabindex: "-1" });
  parts.back = iconButton("back", "Back", () => close(false));
  parts.cross = iconButton("close", "Close all", () => close(true));
  parts.banner = h("div", { class: "modal-banner", role: "alert", hidden: true });
  parts.blocks = h("div", { class: "blocks" });
  parts.close = h("button", { class: "button", type: "button", onclick: () => close(false) });
  parts.submit = h("button", { class: "button primary", type: "submit" });
  parts.form = h(
    "form",
    { class: "modal-form", novalidate: true },
    h("div", { class: "modal-head" }, parts.back, parts.title, parts.cross),
    h("div", { class: "modal-body" }, parts.banner, parts.blocks),
    h("div", { class: "dialog-buttons" }, parts.close, parts.submit),
  );
  parts.dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" }, parts.form);
  parts.form.addEventListener("submit", submit);
  parts.dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit(event);
  });
  parts.dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close(false);
  });
  document.body.append(parts.dialog);
  on("modals", show);
}

function show() {
  const view = state.modals.at(-1) ?? null;
  for (const known of [forms, closing])
    for (const id of known.keys()) if (!state.modals.some((one) => one.id === id)) known.delete(id);
  if (!view) {
    shown = null;
    parts.dialog.close();
    return;
  }
  const fresh = view.id !== shown?.id;
  if (fresh) enter(view);
  shown = view;
  forms.get(view.id).keepUnsent(view.blocks);
  drawFrame(view);
  reconcile(parts.blocks, view.blocks, {
    key: (one) => one.block_id,
    version: (one) => JSON.stringify(one),
    render: (one) => renderBlock(one, context),
  });
  if (!parts.dialog.open) parts.dialog.showModal();
  if (fresh) focusFirst();
}

/** A view that was not on top before: its own form, nothing of the last one. */
function enter(view) {
  if (!forms.has(view.id)) forms.set(view.id, new Form(view.channel ?? null, view.state?.values));
  context = blockContext({
    surface: "modal",
    where: { view_id: view.id },
    form: forms.get(view.id),
    onChange: (one) => showErrors({ [one.block_id]: null }),
  });
  parts.blocks.replaceChildren();
  parts.banner.hidden = true;
  busy(false);
  parts.blocks.parentElement.scrollTop = 0;
  announce(plainText(view.title));
}

function drawFrame(view) {
  fill(parts.title, plainText(view.title));
  parts.back.hidden = state.modals.length < 2;
  fill(parts.close, plainText(view.close) || (view.submit ? "Cancel" : "Close"));
  fill(parts.submit, plainText(view.submit));
  parts.submit.hidden = !view.submit;
  parts.submit.disabled = view.submit_disabled === true;
}

function focusFirst() {
  const wanted = parts.blocks.querySelector("[autofocus]");
  const field = parts.blocks.querySelector(".block-input :is(input:not([type=radio]), textarea, input:checked)");
  const target = wanted ?? field ?? parts.title;
  target.focus({ preventScroll: target === parts.title });
}

function busy(yes) {
  sending = yes;
  parts.form.classList.toggle("sending", yes);
  parts.submit.classList.toggle("busy", yes);
  parts.form.setAttribute("aria-busy", String(yes));
}

async function submit(event) {
  event.preventDefault();
  if (sending || !shown?.submit || shown.submit_disabled) return;
  const view = shown;
  busy(true);
  parts.banner.hidden = true;
  showErrors(Object.fromEntries(view.blocks.map((one) => [one.block_id, null])));
  try {
    const values = forms.get(view.id).values(view.blocks);
    const answer = await post("submit", { as: state.as, view_id: view.id, values });
    if (answer.outcome === "errors") showErrors(answer.errors, { focus: true });
    if (answer.outcome === "failed") trouble({ detail: answer.detail, ...answer.ack });
    if (answer.outcome === "updated") parts.blocks.parentElement.scrollTop = 0;
  } catch (error) {
    trouble({ detail: error.message });
  } finally {
    busy(false);
  }
}

function trouble(ack) {
  const why = ack?.status === "timeout" ? "The app did not answer within 3 seconds." : ack?.detail;
  fill(parts.banner, icon("warn"), h("div", {}, h("b", {}, TROUBLE), why ? h("small", {}, why) : null));
  parts.banner.hidden = false;
  parts.banner.scrollIntoView({ block: "nearest" });
}

/** Whether a notice says what the modal's own banner says. */
export function saidInModal(text) {
  return parts.dialog.open && text === TROUBLE;
}

/** Puts an error beside each named block, or takes it away where it is null. */
function showErrors(errors, { focus = false } = {}) {
  let first = null;
  for (const node of parts.blocks.querySelectorAll(".block-input")) {
    const message = errors[node.dataset.block];
    if (message === undefined) continue;
    const line = node.querySelector(".field-error");
    line.textContent = message ?? "";
    line.hidden = !message;
    node.classList.toggle("has-error", Boolean(message));
    for (const field of node.querySelectorAll("input, textarea")) {
      if (message) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    if (message) first ??= node;
  }
  if (focus && first) {
    announce(first.querySelector(".field-error").textContent);
    first.querySelector("input, textarea")?.focus();
    first.scrollIntoView({ block: "nearest" });
  }
}

/** Closes the view on top; pressed again before that was heard of, the one below it. */
async function close(all) {
  const view = state.modals.findLast((one) => !closing.has(one.id));
  if (!view) return;
  const going = all ? state.modals.map((one) => one.id) : [view.id];
  for (const id of going) closing.add(id);
  try {
    await post("close", { as: state.as, view_id: view.id, ...(all ? { all: true } : {}) });
  } catch (error) {
    for (const id of going) closing.delete(id);
    oops(error);
  }
}
