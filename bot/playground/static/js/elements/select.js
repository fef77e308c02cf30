// All select menus: where their options come from, and what of them is chosen.

import { Combobox } from "../combobox.js";
import { actor, channel, dm, state } from "../store.js";
import { plainText } from "../text.js";
import { confirmed } from "./confirm.js";
import { naming } from "./labels.js";

const DEFAULT_MIN_QUERY = 3;

/** A `static|external|users|channels|conversations_select`, or its `multi_…` form. */
export function select(element, block, context) {
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace(/^multi_/, "").replace(/_select$/, "");
  const source = SOURCES[kind](element, block, context);
  for (const option of initialOptions(element)) context.form.labels.set(option.value, plainText(option.text));
  const values = [context.form.get(block, element)].flat().filter((value) => value !== null);
  const box = new Combobox({
    multi,
    chosen: values.map((value) => ({ value, text: source.label(value) })),
    load: source.load,
    slow: kind === "external",
    minQuery: kind === "external" ? (element.min_query_length ?? DEFAULT_MIN_QUERY) : 0,
    max: element.max_selected_items,
    placeholder: element.placeholder?.text,
    naming: naming(element, context, element.placeholder?.text ?? "Select"),
    fieldId: context.ids?.field,
    autofocus: element.focus_on_load,
    onChange: (chosen) => changed(chosen),
  });
  let before = box.chosen;
  async function changed(chosen) {
    if (!(await confirmed(element.confirm))) {
      box.chosen = before;
      box.show();
      return;
    }
    before = chosen;
    for (const one of chosen) context.form.labels.set(one.value, one.text);
    const ids = chosen.map((one) => one.value);
    await context.commit(block, element, multi ? ids : (ids[0] ?? null));
  }
  return box.node;
}

function initialOptions(element) {
  return [element.initial_option, element.initial_options].flat().filter(Boolean);
}

const SOURCES = { static: fixed, external, users, channels, conversations };

function toChoice(option) {
  return { value: option.value, text: plainText(option.text), detail: plainText(option.description) };
}

function toGroups({ options, option_groups: groups }) {
  if (!groups?.length) return [{ label: null, options: (options ?? []).map(toChoice) }];
  return groups.map((group) => ({ label: plainText(group.label), options: group.options.map(toChoice) }));
}

function fixed(element) {
  const groups = toGroups(element);
  const all = groups.flatMap((group) => group.options);
  return {
    load: async (query) => narrowed(groups, query),
    label: (value) => all.find((one) => one.value === value)?.text ?? value,
  };
}

function external(element, block, context) {
  return {
    load: async (query) => {
      const answer = await context.suggest(block, element, query);
      return answer && toGroups(answer);
    },
    label: (value) => context.form.labels.get(value) ?? value,
  };
}

/** Options whose words begin with, or contain, what was typed. */
function narrowed(groups, query) {
  const wanted = query.toLocaleLowerCase();
  const fits = (one) => `${one.text} ${one.detail ?? ""}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, options: group.options.filter(fits) }));
}

function users() {
  const people = state.people.filter((one) => !one.deleted);
  const options = people.map((one) => ({ value: one.id, text: one.name, detail: one.title }));
  return { load: async (query) => narrowed([{ label: null, options }], query), label: (id) => actor(id).name };
}

function channels() {
  const options = state.channels.filter((one) => !one.private && !one.archived).map(channelChoice);
  return { load: async (query) => narrowed([{ label: null, options }], query), label: conversationName };
}

function channelChoice(one) {
  return { value: one.id, text: `#${one.name}`, detail: one.private ? "private" : null };
}

/** Channels and direct messages, as the element's `filter` wants them. */
function conversations(element) {
  const { include = ["public", "private", "im", "mpim"], exclude_bot_users: noBots } = element.filter ?? {};
  const listed = state.channels.filter((one) => !one.archived && include.includes(one.private ? "private" : "public"));
  const direct = include.includes("im") ? state.dms.filter((one) => !noBots || one.user !== state.bot.id) : [];
  const groups = [
    { label: "Channels", options: listed.map(channelChoice) },
    { label: "Direct messages", options: direct.map((one) => ({ value: one.id, text: actor(one.user).name })) },
  ];
  return { load: async (query) => narrowed(groups, query), label: conversationName };
}

function conversationName(id) {
  const found = channel(id);
  if (found) return `#${found.name}`;
  const direct = dm(id);
  return direct ? actor(direct.user).name : id;
}
