// `table` and `data_table` blocks.

import { append, h, uid } from "./dom.js";
import { richText } from "./richtext.js";

/** A table of prepared cells; the first row is its head. Scrolls by itself when it is too wide. */
export function plainTable(rows, align = [], { caption = null, wrapped = [] } = {}) {
  const cells = (row, tag) =>
    row.map((cell, at) => {
      const kind = [`to-${align[at] ?? "left"}`, wrapped[at] === false ? "no-wrap" : ""].join(" ").trim();
      return append(h(tag, { class: kind, scope: tag === "th" ? "col" : null }), [cell]);
    });
  const [head = [], ...body] = rows;
  const label = uid("table");
  const table = h(
    "table",
    { class: "table" },
    caption && h("caption", { id: label }, caption),
    h("thead", {}, h("tr", {}, cells(head, "th"))),
    h("tbody", {}, body.map((row) => h("tr", {}, cells(row, "td")))),
  );
  const named = caption ? { "aria-labelledby": label } : { "aria-label": "Table" };
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", ...named }, table);
}

function cellNode(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  return String(cell?.text ?? cell?.value ?? "");
}

/** A `table` block. */
export function tableBlock(block) {
  const settings = block.column_settings ?? [];
  const align = settings.map((one) => one?.align);
  const wrapped = settings.map((one) => one?.is_wrapped);
  return plainTable((block.rows ?? []).map((row) => row.map(cellNode)), align, { wrapped });
}

/** A `data_table` block: `page_size` rows (5 unless told), the rest behind a button. */
export function dataTable(block) {
  const rows = (block.rows ?? []).map((row) => row.map(cellNode));
  const align = (block.rows?.[1] ?? []).map((cell) => (cell?.type === "raw_number" ? "right" : "left"));
  const node = plainTable(rows, align, { caption: block.caption });
  const hidden = [...node.querySelectorAll("tbody tr")].slice(block.page_size ?? 5);
  if (!hidden.length) return node;
  for (const row of hidden) row.hidden = true;
  const more = h("button", { class: "text-button", type: "button" }, `Show ${hidden.length} more rows`);
  more.addEventListener("click", () => {
    for (const row of hidden) row.hidden = false;
    more.remove();
  });
  return h("div", {}, node, more);
}
