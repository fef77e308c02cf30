// The app's Home tab.

import { post } from "./api.js";
import { block as renderBlock } from "./blocks.js";
import { blockContext } from "./context.js";
import { h, reconcile } from "./dom.js";
import { Form } from "./form.js";
import { state } from "./store.js";
import { oops } from "./toast.js";

let context = null;
let drawn = null; // the view id that `context` belongs to

/** The node that shows the Home tab; kept up to date by `drawHome`. */
export function homeNode() {
  drawn = null;
  return h("div", { class: "home-scroll" }, h("div", { class: "home blocks" }));
}

/** Tells the app that its Home was opened. */
export async function openHome() {
  try {
    await post("home", { as: state.as });
  } catch (error) {
    oops(error);
  }
}

/** Shows the published view, or that there is none. */
export function drawHome(node) {
  const target = node.firstElementChild;
  const { view } = state.home;
  if (!view) {
    target.replaceChildren(h("p", { class: "empty" }, `${state.bot.name} has not put anything here yet.`));
    drawn = null;
    return;
  }
  if (drawn !== view.id) {
    const form = new Form(null, view.state?.values);
    context = blockContext({ surface: "home", where: { view_id: view.id }, form });
    target.replaceChildren();
    drawn = view.id;
  }
  reconcile(target, view.blocks, {
    key: (one) => one.block_id,
    version: (one) => JSON.stringify(one),
    render: (one) => renderBlock(one, context),
  });
}
