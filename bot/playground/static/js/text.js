// Text objects: `plain_text` and `mrkdwn`.

import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";

/** Nodes for a text object (null gives none). */
export function textNodes(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim === true });
  return [plainText(object)];
}

/** The words of a text object, without markup. */
export function plainText(object) {
  if (!object) return "";
  if (object.type === "mrkdwn") {
    const holder = document.createElement("div");
    holder.append(...mrkdwn(object.text, { verbatim: true }));
    return holder.textContent;
  }
  return object.emoji === false ? object.text : withEmoji(object.text ?? "");
}
