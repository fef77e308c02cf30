// The sidebar: workspace, channels, direct messages, apps, and who you are.

import { avatar, flask } from "./avatar.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openAppHome, openBotDm, openConversation } from "./places.js";
import { menu } from "./popup.js";
import { actor, botDm, now, on, state } from "./store.js";
import { cityName, clockTime } from "./time.js";
import { toast } from "./toast.js";

const parts = {};

/** Builds the sidebar into `root`. `become(id)` makes this window another person's. */
export function startSidebar(root, { become, afterChoice }) {
  parts.team = h("div", { class: "team" });
  parts.nav = h("nav", { class: "places", "aria-label": "Conversations" });
  parts.you = h("button", { class: "you", type: "button", "aria-haspopup": "menu", "aria-label": "You are" });
  parts.you.addEventListener("click", () => choosePerson(become));
  parts.afterChoice = afterChoice;
  root.prepend(parts.team, parts.nav);
  root.append(h("div", { class: "you-box" }, parts.you));
  on("state place", draw);
  on("state clock tick", drawYou);
}

function draw() {
  const words = [h("strong", {}, state.team.name), h("small", {}, "Playground workspace")];
  fill(parts.team, h("span", { class: "team-mark" }, flask()), h("span", { class: "team-words" }, words));
  const channels = [...state.channels].filter((one) => !one.archived).sort((a, b) => a.name.localeCompare(b.name));
  const direct = state.dms.filter((one) => one.user !== state.bot.id);
  fill(
    parts.nav,
    section("Channels", channels.map(channelLink)),
    direct.length ? section("Direct messages", direct.map(personLink)) : null,
    section("Apps", appLinks()),
  );
}

function section(name, items) {
  return h("section", {}, h("h2", {}, name), h("ul", {}, items.map((item) => h("li", {}, item))));
}

function placeLink({ mark, name, current, unread = 0, mentions = 0, quiet = false, run, href, label }) {
  const classes = ["place", current && "current", unread && "unread", quiet && "quiet"].filter(Boolean).join(" ");
  const spoken = h("span", { class: "sr-only" }, " unread");
  const badge = mentions > 0 && h("span", { class: "badge" }, String(mentions), spoken);
  const unreadWords = unread > 0 && mentions <= 0 && h("span", { class: "sr-only" }, ", unread messages");
  const attributes = { class: classes, href, "aria-current": current ? "page" : null, "aria-label": label };
  const node = h("a", attributes, mark, h("span", { class: "place-name" }, name), unreadWords, badge);
  node.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    run();
    parts.afterChoice();
  });
  return node;
}

function channelLink(one) {
  return placeLink({
    mark: icon(one.private ? "lock" : "hash", 16),
    name: one.name,
    current: state.place?.id === one.id,
    unread: one.unread,
    mentions: one.mentions,
    quiet: !one.is_member,
    href: `#/${one.id}`,
    run: () => openConversation(one.id),
  });
}

function personLink(one) {
  const who = actor(one.user);
  return placeLink({
    mark: avatar(who, "xs"),
    name: who.name,
    current: state.place?.id === one.id,
    unread: one.unread,
    mentions: one.unread,
    href: `#/${one.id}`,
    run: () => openConversation(one.id),
  });
}

/** The app: its messages, and its Home right below. */
function appLinks() {
  const direct = botDm();
  const bot = actor(state.bot.id);
  const messages = placeLink({
    mark: avatar(bot, "xs"),
    name: bot.name,
    current: Boolean(direct) && state.place?.id === direct.id,
    unread: direct?.unread,
    mentions: direct?.unread,
    href: direct ? `#/${direct.id}` : "#/home",
    run: () => (direct || state.home.enabled ? openBotDm() : toast(notYet(bot))),
  });
  const home = placeLink({
    mark: icon("home", 16),
    name: `${bot.name} Home`,
    current: state.place?.kind === "home",
    href: "#/home",
    run: () => openAppHome(),
  });
  return state.home.enabled ? [messages, home] : [messages];
}

/** Before its first message there is no conversation to open. */
function notYet(bot) {
  return `${bot.name} has not written to ${state.me.name} yet.`;
}

function localTime(person) {
  return `${clockTime(now(), person.tz)} in ${cityName(person.tz)}`;
}

function drawYou() {
  if (!state.me) return;
  const stamp = `${state.as}${localTime(state.me)}${state.me.name}`;
  if (parts.you.dataset.stamp === stamp) return;
  parts.you.dataset.stamp = stamp;
  const words = [h("small", {}, "You are"), h("strong", {}, state.me.name), h("small", {}, localTime(state.me))];
  parts.you.setAttribute("aria-label", `You are ${state.me.name}, ${localTime(state.me)}. Become somebody else`);
  fill(
    parts.you,
    avatar(state.me, "m"),
    h("span", { class: "you-words" }, words),
    icon("chevron", 16),
  );
}

function choosePerson(become) {
  const people = state.people.filter((one) => !one.deleted);
  const items = people.map((one) => ({
    label: one.name,
    detail: [one.title, localTime(one)].filter(Boolean).join(" · "),
    icon: avatar(one, "s"),
    current: one.id === state.as,
    trailing: one.id === state.as ? icon("check", 16) : null,
    run: () => become(one.id),
  }));
  const others = people.filter((one) => one.id !== state.as);
  const windows = others.slice(0, 1).map((one) => ({
    label: `Open ${one.name.split(" ")[0]} in a second window`,
    icon: icon("window", 16),
    href: `?as=${encodeURIComponent(one.id)}`,
  }));
  const entries = [{ heading: "You are" }, ...items, { heading: "Two people at once" }, ...windows];
  menu(parts.you, "You are", entries, { width: "anchor" });
}
