// Times as the acting person sees them: everything is shown in that person's zone.

const formats = new Map();

function format(options, zone) {
  const key = JSON.stringify([options, zone]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone || "UTC", ...options }));
  }
  return formats.get(key);
}

/** The moment of a message `ts` ("1770107390.000100"). */
export function tsDate(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/** "09:30" */
export function clockTime(date, zone) {
  return format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, zone).format(date);
}

/** "Tue 3 Feb" */
export function shortDay(date, zone) {
  return format({ weekday: "short", day: "numeric", month: "short" }, zone).format(date).replace(",", "");
}

/** "Tuesday 3 February 2026 at 09:30", for titles. */
export function fullMoment(date, zone) {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return `${format(options, zone).format(date)} at ${clockTime(date, zone)}`;
}

/** "2026-02-03": the calendar day in that zone, comparable as text. */
export function isoDay(date, zone) {
  const parts = Object.fromEntries(
    format({ year: "numeric", month: "2-digit", day: "2-digit" }, zone)
      .formatToParts(date)
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** "Today", "Yesterday" or "Tuesday 3 February", seen from `now`. */
export function dayName(date, now, zone) {
  const relative = relativeDay(date, now, zone);
  if (relative) return relative;
  const options = { weekday: "long", day: "numeric", month: "long" };
  if (isoDay(date, zone).slice(0, 4) !== isoDay(now, zone).slice(0, 4)) options.year = "numeric";
  return format(options, zone).format(date).replace(",", "");
}

function relativeDay(date, now, zone) {
  const day = Date.parse(isoDay(date, zone));
  const today = Date.parse(isoDay(now, zone));
  return { 0: "Today", "-1": "Yesterday", 1: "Tomorrow" }[(day - today) / 86_400_000] ?? null;
}

/** "Berlin" for "Europe/Berlin". */
export function cityName(zone) {
  return (zone || "UTC").split("/").pop().replaceAll("_", " ");
}

/** How far ahead of UTC the zone is at that moment, in ms. */
function offset(date, zone) {
  const options = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  const time = format(options, zone).format(date);
  const whole = Math.floor(date.getTime() / 1000) * 1000;
  return Date.parse(`${isoDay(date, zone)}T${time}Z`) - whole;
}

/** Unix seconds of "2026-02-03T09:30" on the wall of that zone (the earlier one if it comes twice). */
export function wallToUnix(text, zone) {
  const asUtc = Date.parse(`${text}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const guess = asUtc - offset(new Date(asUtc), zone);
  return (asUtc - offset(new Date(guess), zone)) / 1000;
}

/** "2026-02-03T09:30" for unix seconds. */
export function unixToWall(seconds, zone) {
  const date = new Date(seconds * 1000);
  return `${isoDay(date, zone)}T${clockTime(date, zone)}`;
}

function ago(date, now) {
  const minutes = Math.round((now - date) / 60_000);
  const size = Math.abs(minutes);
  const [n, unit] = size < 60 ? [size, "minute"] : size < 1440 ? [size / 60, "hour"] : [size / 1440, "day"];
  const whole = Math.round(n);
  const words = `${whole} ${unit}${whole === 1 ? "" : "s"}`;
  return minutes >= 0 ? `${words} ago` : `in ${words}`;
}

const LONG = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
const MEDIUM = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const TOKENS = {
  date_num: (d, now, zone) => isoDay(d, zone),
  date: (d, now, zone) => format(MEDIUM, zone).format(d),
  date_short: (d, now, zone) => format(SHORT, zone).format(d),
  date_long: (d, now, zone) => format(LONG, zone).format(d),
  date_pretty: (d, now, zone) => pretty(d, now, zone, MEDIUM),
  date_short_pretty: (d, now, zone) => pretty(d, now, zone, SHORT),
  date_long_pretty: (d, now, zone) => pretty(d, now, zone, LONG),
  time: (d, now, zone) => clockTime(d, zone),
  time_secs: (d, now, zone) =>
    format({ hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }, zone).format(d),
  ago: (d, now) => ago(d, now),
  day_divider_pretty: (d, now, zone) => dayName(d, now, zone),
};

function pretty(date, now, zone, options) {
  return relativeDay(date, now, zone)?.toLowerCase() ?? format(options, zone).format(date);
}

/** Fills Slack's date tokens (`{date_short} at {time}`); an unknown token is left as it is. */
export function dateTokens(pattern, seconds, now, zone) {
  const date = new Date(seconds * 1000);
  return pattern.replace(/\{(\w+)\}/g, (all, name) => TOKENS[name]?.(date, now, zone) ?? all);
}
