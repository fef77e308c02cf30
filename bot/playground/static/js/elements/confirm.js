// The confirmation dialog of an element.

import { h, uid } from "../dom.js";
import { plainText, textNodes } from "../text.js";

/** Asks; resolves to whether the person agreed. Without a confirm object nothing is asked. */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  const { promise, resolve } = Promise.withResolvers();
  const title = uid("confirm");
  const style = confirm.style === "danger" ? "danger" : "primary";
  const dialog = h(
    "dialog",
    { class: "confirm", "aria-labelledby": title, role: "alertdialog" },
    h("h2", { id: title }, plainText(confirm.title)),
    h("div", { class: "confirm-text" }, textNodes(confirm.text)),
    h(
      "div",
      { class: "dialog-buttons" },
      h("button", { class: "button", type: "button", onclick: () => dialog.close("no") }, plainText(confirm.deny)),
      h(
        "button",
        { class: `button ${style}`, type: "button", autofocus: true, onclick: () => dialog.close("yes") },
        plainText(confirm.confirm),
      ),
    ),
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue === "yes");
  });
  document.body.append(dialog);
  dialog.showModal();
  return promise;
}
