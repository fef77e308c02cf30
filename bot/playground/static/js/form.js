// What a person has filled in and not yet sent: one form per open view. Values survive an update of
// the view where block_id and action_id are unchanged, as in Slack.

const INITIAL = {
  plain_text_input: (el) => el.initial_value ?? null,
  email_text_input: (el) => el.initial_value ?? null,
  url_text_input: (el) => el.initial_value ?? null,
  number_input: (el) => el.initial_value ?? null,
  datepicker: (el) => el.initial_date ?? null,
  timepicker: (el) => el.initial_time ?? null,
  datetimepicker: (el) => el.initial_date_time ?? null,
  static_select: (el) => el.initial_option?.value ?? null,
  external_select: (el) => el.initial_option?.value ?? null,
  radio_buttons: (el) => el.initial_option?.value ?? null,
  checkboxes: optionValues,
  multi_static_select: optionValues,
  multi_external_select: optionValues,
  users_select: (el) => el.initial_user ?? null,
  channels_select: (el) => el.initial_channel ?? null,
  conversations_select: (el, here) => el.initial_conversation ?? (el.default_to_current_conversation ? here : null),
  multi_users_select: (el) => el.initial_users ?? [],
  multi_channels_select: (el) => el.initial_channels ?? [],
  multi_conversations_select: (el, here) =>
    el.initial_conversations ?? (el.default_to_current_conversation && here ? [here] : []),
};

function optionValues(el) {
  return (el.initial_options ?? []).map((option) => option.value);
}

/** Whether an element holds a value (a button or an overflow menu doesn't). */
function holdsValue(element) {
  return element.type in INITIAL;
}

/** The elements of a block that hold a value. */
function fieldsOf(block) {
  const elements = { input: [block.element], section: [block.accessory], actions: block.elements }[block.type];
  return (elements ?? []).filter((element) => element && holdsValue(element));
}

/** What stands in one element of `view.state`, written as a person fills it in. */
function fromState({ type, timezone, ...held }) {
  const bare = (one) => (Array.isArray(one) ? one.map(bare) : (one?.value ?? one));
  return bare(Object.values(held)[0]);
}

/** The values of one view or message. */
export class Form {
  /** `here` is the conversation it was opened from, `known` the `state.values` that it begins with. */
  constructor(here = null, known = {}) {
    this.here = here;
    this.filled = new Map();
    this.labels = new Map(); // option value → its text, for what an external select offered
    this.unsent = new Map();
    for (const [blockId, held] of Object.entries(known)) {
      for (const [actionId, one] of Object.entries(held)) this.begin(`${blockId}/${actionId}`, one);
    }
  }

  begin(key, held) {
    this.filled.set(key, fromState(held));
    for (const option of [held.selected_option, held.selected_options].flat().filter(Boolean)) {
      this.labels.set(option.value, option.text.text);
    }
  }

  static key(block, element) {
    return `${block.block_id}/${element.action_id}`;
  }

  get(block, element) {
    const key = Form.key(block, element);
    if (this.filled.has(key)) return this.filled.get(key);
    return INITIAL[element.type](element, this.here);
  }

  set(block, element, value) {
    const key = Form.key(block, element);
    this.filled.set(key, value);
    // What has a `block_actions` of its own is told with that.
    if (block.type !== "input" || block.dispatch_action) return;
    this.unsent.set(key, { block_id: block.block_id, action_id: element.action_id, value });
  }

  /** Only what `blocks` still ask for is told later: an update may have taken fields away. */
  keepUnsent(blocks) {
    const there = new Set(blocks.flatMap((block) => fieldsOf(block).map((one) => Form.key(block, one))));
    for (const key of [...this.unsent.keys()]) if (!there.has(key)) this.unsent.delete(key);
  }

  /** What the playground was not told yet; told from now on. */
  takeUnsent() {
    const waiting = [...this.unsent.values()];
    this.unsent.clear();
    return waiting;
  }

  /** Everything that `blocks` hold now, keyed as `/control/submit` wants it. */
  values(blocks) {
    const values = {};
    for (const block of blocks) {
      for (const element of fieldsOf(block)) {
        const key = block.type === "input" ? block.block_id : Form.key(block, element);
        values[key] = this.get(block, element);
      }
    }
    return values;
  }
}
