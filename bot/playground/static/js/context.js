// What the elements of one message or view can do: the link between Block Kit and the control API.

import { post } from "./api.js";
import { Form } from "./form.js";
import { state } from "./store.js";
import { oops } from "./toast.js";

/**
 * The context of a message or view. `where` is `{channel, ts}` or `{view_id}` and may be a function
 * when it changes; `form` holds the values.
 */
export function blockContext({ surface, where, form, errors = null, onChange = null }) {
  const target = () => (typeof where === "function" ? where() : where);
  const base = (block, element) => ({
    as: state.as,
    ...target(),
    block_id: block.block_id,
    action_id: element.action_id,
  });

  /** Tells what was filled in so far, so that the app sees it beside a button that is pressed. */
  async function flush() {
    if (!target().view_id) return;
    const waiting = form.takeUnsent();
    for (const one of waiting) await post("input", { as: state.as, ...target(), ...one });
  }

  async function send(call, body) {
    try {
      const answer = await post(call, body);
      return !answer.ack || answer.ack.status === "ok";
    } catch (error) {
      return oops(error);
    }
  }

  return {
    surface,
    form,
    errors,

    /** Keeps a value here; nothing is sent. */
    store(block, element, value) {
      form.set(block, element, value);
      onChange?.(block);
    },

    /** A value was chosen: kept, and sent where Slack would tell the app. */
    async commit(block, element, value) {
      form.set(block, element, value);
      onChange?.(block);
      if (block.type === "input" && !block.dispatch_action) return true;
      return send("click", { ...base(block, element), value });
    },

    /** A button or an overflow option was pressed. */
    async press(block, element, value) {
      try {
        await flush();
      } catch (error) {
        return oops(error);
      }
      return send("click", { ...base(block, element), ...(value === undefined ? {} : { value }) });
    },

    /** Options of an external select, or null when the app did not give any. */
    async suggest(block, element, query) {
      try {
        return await post("suggest", { ...base(block, element), query });
      } catch {
        return null;
      }
    },
  };
}

const messageForms = new Map();

/** The form of a message, kept while the page is open. */
export function messageForm(channel, ts) {
  const key = `${state.as}/${channel}/${ts}`;
  if (!messageForms.has(key)) messageForms.set(key, new Form(channel));
  return messageForms.get(key);
}
