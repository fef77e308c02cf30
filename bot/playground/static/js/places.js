// Where the window is: which conversation, Home, or thread is open. The address says it too
// (`?as=U…#/C…`), so that a link, a reload and the back button work.

import { get, post } from "./api.js";
import { openHome } from "./home.js";
import { botDm, channel, dm, emit, state, upsert } from "./store.js";
import { oops } from "./toast.js";

/** Opens a conversation by id. */
export function openConversation(id, { push = true, reveal = null, forNow = false } = {}) {
  if (state.place?.id !== id) state.thread = null;
  const unread = (channel(id) ?? dm(id))?.unread ?? 0;
  state.place = { kind: "conversation", id, reveal, unread, forNow };
  remember(`#/${id}`, push);
  emit("place");
  emit("thread");
  return loadMessages(id);
}

/** Opens the app's Home tab. */
export function openAppHome({ push = true, forNow = false } = {}) {
  state.place = { kind: "home", forNow };
  state.thread = null;
  remember("#/home", push);
  emit("place");
  emit("thread");
  return openHome();
}

/** Opens the direct conversation with the bot; before its first message, its Home or a channel for now. */
export function openBotDm(options) {
  const found = botDm();
  if (found) return openConversation(found.id, options);
  const first = state.channels.find((one) => one.is_member);
  if (!state.home.enabled && first) return openConversation(first.id, { ...options, forNow: true });
  return openAppHome({ ...options, forNow: true });
}

/** Goes on to the bot's first message when it has come and nothing else was opened meanwhile. */
export function followFirstMessage() {
  // An opened Home makes an empty conversation: only a message is worth going on to.
  if (state.place?.forNow && botDm()?.unread) openBotDm({ push: false });
}

/** Opens what a link inside the workspace names: "C…", "C…/ts", "C…/ts/thread", "home", "messages". */
export async function openTarget(target, options = {}) {
  if (target === "home") return openAppHome(options);
  if (target === "messages") return openBotDm(options);
  const [id, ts, thread] = target.split("/");
  if (!channel(id) && !dm(id)) return openBotDm({ ...options, push: false });
  await openConversation(id, { ...options, reveal: thread ? null : ts });
  if (thread) openThread(id, ts);
  return undefined;
}

function remember(hash, push) {
  const url = `?as=${encodeURIComponent(state.as)}${hash}`;
  if (push && location.hash !== hash) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

const arrivals = new Map(); // conversation id → what the feed said while it was being fetched

/** Notes a message from the feed, which an answer that is on its way may not hold. */
export function noteArrival(id, message) {
  arrivals.get(id)?.push(message);
}

/** Fetches a conversation again; keeps what is shown until it is there. */
export async function loadMessages(id) {
  const { as } = state;
  const late = [];
  arrivals.set(id, late);
  try {
    const answer = await get("messages", { as, channel: id });
    if (as !== state.as) return;
    state.messages.set(id, late.reduce(upsert, answer.messages));
    emit("messages", id);
    await markRead(id);
  } catch (error) {
    oops(error);
  } finally {
    arrivals.delete(id);
  }
}

/** Tells the playground that the open conversation was seen. */
export async function markRead(id) {
  const one = channel(id) ?? dm(id);
  if (!one?.unread || document.hidden || state.place?.id !== id) return;
  one.unread = 0;
  one.mentions = 0;
  emit("state");
  await post("read", { as: state.as, channel: id }).catch(oops);
}

/** Opens a thread beside the conversation. */
export async function openThread(id, ts) {
  state.thread = { channel: id, ts };
  state.replies = [];
  emit("thread");
  await loadThread();
}

export async function loadThread() {
  const { thread, as } = state;
  if (!thread) return;
  try {
    const answer = await get("messages", { as, channel: thread.channel, thread_ts: thread.ts });
    if (thread !== state.thread) return;
    state.replies = answer.messages;
    emit("replies");
  } catch (error) {
    oops(error);
  }
}

export function closeThread() {
  state.thread = null;
  emit("thread");
}
