// The control API: JSON over HTTP, and the feed of changes over a WebSocket.

/** What the playground refused, or that it could not be reached (`error === "unreachable"`). */
class ApiError extends Error {
  constructor(error, detail, body = {}) {
    super(detail || error);
    this.error = error;
    this.body = body;
  }
}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: "no-store", ...options });
  } catch (cause) {
    throw new ApiError("unreachable", "The playground does not answer.", { cause: String(cause) });
  }
  const body = await response.json().catch(() => ({ ok: false, error: `http_${response.status}` }));
  if (!response.ok || body.ok === false) throw new ApiError(body.error, body.detail, body);
  return body;
}

/** GET /control/NAME?… ; parameters that are null are left out. */
export function get(name, parameters = {}) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined) query.set(key, value);
  }
  return call(`/control/${name}?${query}`);
}

/** POST /control/NAME with a JSON body. */
export function post(name, body = {}) {
  return call(`/control/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

const FIRST_DELAY_MS = 400;
const LAST_DELAY_MS = 5000;

/**
 * The feed of one person. Comes back by itself when the connection is lost; `onUp(again)` is called
 * at every (re)connection, `onDown` once when it is lost. Returns a function that ends it.
 */
export function feed(person, { onChange, onUp, onDown }) {
  let socket = null;
  let delay = FIRST_DELAY_MS;
  let ended = false;
  let opened = false;
  let timer = 0;

  function connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const who = encodeURIComponent(person);
    socket = new WebSocket(`${scheme}://${location.host}/control/feed?as=${who}`);
    socket.onopen = () => {
      delay = FIRST_DELAY_MS;
      onUp(opened);
      opened = true;
    };
    socket.onmessage = (event) => onChange(JSON.parse(event.data));
    socket.onclose = () => {
      if (ended) return;
      onDown();
      timer = setTimeout(connect, delay);
      delay = Math.min(delay * 1.7, LAST_DELAY_MS);
    };
  }

  connect();
  return () => {
    ended = true;
    clearTimeout(timer);
    socket.close();
  };
}
