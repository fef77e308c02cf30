// What the composer offers while typing: commands and their verbs, people, channels.

import { state } from "./store.js";

const OFFERED = 24;

/** The words that a usage hint names as the first thing after the command: "[new | list]" → new, list. */
function verbs(hint) {
  const words = (hint ?? "").split(/[\s|·,/[\](){}<>…"“”]+/u);
  return [...new Set(words.filter((word) => /^[a-z][a-z-]*$/.test(word)))];
}

/**
 * What fits the text before the caret: `{from, items: [{insert, label, detail}]}`, or null. `from` is
 * where the typed part begins. Threads offer no commands: Slack has none there.
 */
export function completions(before, { inThread = false } = {}) {
  if (!inThread && /^\/[\w-]*$/.test(before)) return commands(before);
  const verb = /^(\/[\w-]+)\s+([a-z-]*)$/.exec(before);
  if (!inThread && verb) return verbsOf(verb);
  const mention = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u.exec(before);
  if (mention) return people(before, mention[1]);
  const reference = /(?:^|[\s(])#([\p{Ll}\p{N}_-]*)$/u.exec(before);
  return reference ? channels(before, reference[1]) : null;
}

function offer(from, items) {
  return items.length ? { from, items: items.slice(0, OFFERED) } : null;
}

function commands(before) {
  const found = state.commands.filter((one) => one.command.startsWith(before));
  const items = found.map((one) => ({
    insert: `${one.command} `,
    label: `${one.command} ${one.usage_hint ?? ""}`.trim(),
    detail: one.description,
  }));
  return offer(0, items);
}

function verbsOf([all, name, typed]) {
  const command = state.commands.find((one) => one.command === name);
  const found = verbs(command?.usage_hint).filter((word) => word.startsWith(typed) && word !== typed);
  const from = all.length - typed.length;
  return offer(from, found.map((word) => ({ insert: `${word} `, label: `${name} ${word}`, detail: null })));
}

function people(before, typed) {
  const wanted = typed.toLocaleLowerCase();
  const names = (one) => [one.handle, ...one.name.split(" ")];
  const fits = (one) => names(one).some((word) => word.toLocaleLowerCase().startsWith(wanted));
  const found = state.people.filter((one) => !one.deleted && fits(one));
  const items = found.map((one) => ({
    insert: `@${one.handle} `,
    label: one.name,
    detail: `@${one.handle}`,
    who: one,
  }));
  return offer(before.length - typed.length - 1, items);
}

function channels(before, typed) {
  const found = state.channels.filter((one) => one.name.startsWith(typed) && !one.archived);
  const items = found.map((one) => ({ insert: `#${one.name} `, label: `#${one.name}`, detail: one.topic }));
  return offer(before.length - typed.length - 1, items);
}
