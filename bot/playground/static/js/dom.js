// Builds DOM nodes. Data only ever becomes text nodes and attributes, so nothing that a person or a
// bot wrote can turn into markup.

const PROPERTIES = new Set(["value", "checked", "selected", "disabled", "hidden", "open", "inert"]);

/** An element: `h("p", {class: "x", onclick: fn}, "text", node, [more])`; null and false are skipped. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** Appends nodes and strings, flattening arrays and leaving out what is null or false. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

/**
 * Makes `parent` show `items` in order, one child each. A child whose key and version are unchanged
 * is kept, and not moved when the order is unchanged: focus, caret and open menus survive.
 */
export function reconcile(parent, items, { key, version, render }) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const id = String(key(item));
    const stamp = version(item);
    let node = old.get(id);
    if (!node || node.reconcileStamp !== stamp) {
      const fresh = render(item);
      fresh.dataset.key = id;
      fresh.reconcileStamp = stamp;
      if (node === cursor && cursor) cursor = cursor.nextElementSibling;
      node?.remove();
      parent.insertBefore(fresh, cursor);
      node = fresh;
    } else if (node === cursor) {
      cursor = cursor.nextElementSibling;
    } else {
      parent.insertBefore(node, cursor);
    }
    old.delete(id);
  }
  for (const gone of old.values()) gone.remove();
}

/** A function that runs `fn` once calls have stopped for `ms`. */
export function debounce(fn, ms) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), ms);
  };
}

let counter = 0;

/** An id for `aria-…` and `for`, unique on the page. */
export function uid(prefix = "n") {
  counter += 1;
  return `${prefix}-${counter}`;
}
