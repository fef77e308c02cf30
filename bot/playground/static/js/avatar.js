// Initials in a colour of their own: nobody's picture is needed.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { state } from "./store.js";

const COLOURS = 8;

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  const first = [...(words[0] ?? "?")];
  const letters = words.length > 1 ? [first[0], [...words.at(-1)][0]] : first.slice(0, 2);
  return letters.join("").toUpperCase();
}

/** Neighbours in the list of people never look alike. */
function colour(id) {
  return Math.max(state.people.findIndex((one) => one.id === id), 0) % COLOURS;
}

/** The avatar of a person or of the bot; decorative, the name stands beside it. */
export function avatar(who, size = "m") {
  if (who.bot) return h("span", { class: `avatar avatar-${size} avatar-bot`, "aria-hidden": "true" }, flask());
  const known = who.unknown ? "avatar-unknown" : `avatar-${colour(who.id)}`;
  const content = who.unknown ? icon("info") : initials(who.name);
  return h("span", { class: `avatar avatar-${size} ${known}`, "aria-hidden": "true" }, content);
}

const SVG = "http://www.w3.org/2000/svg";

/** The app's mark: a flask with two bubbles. */
export function flask() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "flask");
  svg.setAttribute("aria-hidden", "true");
  const draw = (tag, attributes) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    svg.append(node);
  };
  draw("path", { class: "flask-liquid", d: "M7.4 14h9.2l2.1 3.7c.7 1.2-.2 2.8-1.6 2.8H6.9c-1.4 0-2.3-1.6-1.6-2.8z" });
  draw("path", { class: "flask-glass", d: "M9.5 3.5h5M10.3 3.5v5.6l-5 8.6c-.7 1.2.2 2.8 1.6 2.8h10.2c1.4 0 2.3-1.6 1.6-2.8l-5-8.6V3.5" });
  draw("circle", { class: "flask-bubble", cx: 10.6, cy: 16.8, r: 1 });
  draw("circle", { class: "flask-bubble", cx: 13.8, cy: 17.6, r: 0.7 });
  return svg;
}
