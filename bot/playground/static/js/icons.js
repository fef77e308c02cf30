// Line icons on a 20 × 20 grid, drawn for this page.

const PATHS = {
  hash: "M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h13.5M3 12.5h13.5",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  bolt: "M11.5 2.5 4.5 11.5h4.5l-1 6 7-9h-4.5z",
  send: "M3.5 16.5 17 10 3.5 3.5l1.8 6.5zM5.3 10H11",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  close: "M5 5l10 10M15 5 5 15",
  back: "M11.5 4.5 6 10l5.5 5.5M6 10h10",
  reply: "M4 4.5h12v8.5H9l-3.5 3V13H4z",
  chevron: "M5.5 8 10 12.5 14.5 8",
  check: "M4 10.5 8.2 14.5 16 5.8",
  pause: "M7 5v10M13 5v10",
  play: "M6.5 4.5v11l9-5.5z",
  skip: "M4.5 5v10l7-5zM14.5 5v10",
  clock: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14M10 6.2V10l2.6 1.8",
  code: "M7 5.5 2.8 10 7 14.5M13 5.5l4.2 4.5-4.2 4.5",
  menu: "M3.5 5.5h13M3.5 10h13M3.5 14.5h13",
  down: "M10 4v12M4.8 10.8 10 16l5.2-5.2",
  up: "M10 16V4M4.8 9.2 10 4l5.2 5.2",
  window: "M11.5 4H16v4.5M16 4l-6.5 6.5M13.5 11.5V16H4V6.5h4.5",
  eye: "M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5M10 7.8a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 0 0 0-4.4",
  file: "M5 2.8h6.5L15.5 7v10.2H5zM11.2 3v4.3h4",
  home: "M3.5 9 10 3.5 16.5 9v7.5h-4.5v-4.5H8v4.5H3.5z",
  help: "M7.4 7.5a2.6 2.6 0 1 1 3.9 2.3c-.8.5-1.3 1-1.3 2M10 14.8h.01",
  warn: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3h.01",
  info: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14M10 9.3v4M10 6.6h.01",
  people: "M7.5 4.5a2.7 2.7 0 1 0 0 5.4a2.7 2.7 0 0 0 0-5.4M2.5 16.5c.3-3 2.3-4.5 5-4.5s4.7 1.5 5 4.5M13 5a2.4 2.4 0 0 1 0 4.7M14.5 12.2c1.8.5 2.9 1.9 3.1 4.3",
  calendar: "M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5",
  slash: "M12.5 3.5 7.5 16.5",
};

/** The SVG of an icon; decorative, so the control around it carries the label. */
export function icon(name, size = 18) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = {
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "more" ? 2.6 : 1.6,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    class: `icon icon-${name}`,
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
