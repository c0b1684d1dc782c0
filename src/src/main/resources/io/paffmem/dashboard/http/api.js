// The server's HTTP API. Every request bears the token in a header, so streams are read by fetch:
// an EventSource cannot send one.

const REQUEST_MILLIS = 30_000;
// The server says something every 15 seconds.
const SILENCE_MILLIS = 40_000;
// A tab that nobody sees lets its connections go after this: browsers share out six to all tabs.
const UNSEEN_MILLIS = 30_000;
const FIRST_PAUSE_MILLIS = 500;
const LONGEST_PAUSE_MILLIS = 10_000;

/** What the server refused, in its words; status 0 where it was not reached. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether asking again changes nothing. */
  get isFinal() {
    return [401, 403, 404].includes(this.status);
  }
}

export class Api {
  #token;

  constructor(token) {
    this.#token = token;
  }

  async json(path, options) {
    return (await this.#request(path, options)).json();
  }

  async blob(path, options) {
    return (await this.#request(path, options)).blob();
  }

  /** @param millis how long the whole answer may take; null for as long as it likes */
  #request(path, { method = "GET", signal, body, millis = REQUEST_MILLIS } = {}) {
    const limits = [signal, millis === null ? null : AbortSignal.timeout(millis)];
    return this.#fetch(path, { method, body, signal: AbortSignal.any(limits.filter(Boolean)) });
  }

  async #fetch(path, { headers, ...options }) {
    let response;
    try {
      response = await fetch(path, {
        ...options,
        headers: { ...headers, Authorization: `Bearer ${this.#token}` },
      });
    } catch (failure) {
      if (options.signal?.aborted && options.signal.reason?.name !== "TimeoutError") {
        throw failure;
      }
      throw new ApiError(0, "unreachable", "The server does not answer.");
    }
    if (!response.ok) {
      const body = await response.json().catch(() => ({}));
      throw new ApiError(
        response.status,
        body.error ?? "unknown",
        body.message ?? `The server answered ${response.status}.`,
      );
    }
    return response;
  }

  /**
   * Reads a stream of events until it is closed, over as many connections as that takes.
   *
   * @param listener `event(name, data)`, `opened()`, `lost(retryMillis)`, `refused(ApiError)`; after
   *     the last nothing more comes
   */
  stream(path, listener) {
    const closed = new AbortController();
    this.#read(path, listener, closed.signal);
    return { close: () => closed.abort() };
  }

  async #read(path, listener, closed) {
    let pause = FIRST_PAUSE_MILLIS;
    for (;;) {
      await seen(closed);
      if (closed.aborted) {
        return;
      }
      const connection = new AbortController();
      const silence = new Watchdog(SILENCE_MILLIS, () => connection.abort());
      const unseen = whenUnseen(UNSEEN_MILLIS, () => connection.abort());
      try {
        const response = await this.#fetch(path, {
          headers: { Accept: "text/event-stream" },
          cache: "no-store",
          signal: AbortSignal.any([closed, connection.signal]),
        });
        listener.opened?.();
        for await (const { name, data } of eventsOf(response.body, () => silence.reset())) {
          pause = FIRST_PAUSE_MILLIS;
          listener.event(name, data);
        }
      } catch (failure) {
        if (closed.aborted) {
          return;
        }
        if (failure instanceof ApiError && failure.isFinal) {
          listener.refused?.(failure);
          return;
        }
      } finally {
        silence.stop();
        unseen.stop();
        connection.abort();
      }
      if (closed.aborted) {
        return;
      }
      if (document.hidden) {
        continue;
      }
      const millis = pause * (0.75 + Math.random() / 2);
      listener.lost?.(millis);
      await elapsed(millis, closed);
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
    }
  }
}

/** Barks when it was not reset for so long. */
class Watchdog {
  constructor(millis, bark) {
    this.millis = millis;
    this.bark = bark;
    this.reset();
  }

  reset() {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.bark, this.millis);
  }

  stop() {
    clearTimeout(this.timer);
  }
}

/** Waits until somebody sees the page. */
function seen(signal) {
  return new Promise((resolve) => {
    const look = () => {
      if (!document.hidden || signal.aborted) {
        document.removeEventListener("visibilitychange", look);
        signal.removeEventListener("abort", look);
        resolve();
      }
    };
    document.addEventListener("visibilitychange", look);
    signal.addEventListener("abort", look);
    look();
  });
}

/** Acts when nobody has seen the page for so long. */
function whenUnseen(millis, act) {
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(act, millis);
    }
  };
  document.addEventListener("visibilitychange", look);
  return {
    stop: () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    },
  };
}

function elapsed(millis, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The events of a text/event-stream, with their data as JSON. */
async function* eventsOf(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let name = "message";
  let data = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      heard();
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const raw of lines) {
        const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
        if (line === "") {
          if (data.length > 0) {
            yield { name, data: JSON.parse(data.join("\n")) };
          }
          name = "message";
          data = [];
        } else if (line.startsWith("data:")) {
          data.push(line.slice(5));
        } else if (line.startsWith("event:")) {
          name = line.slice(6).trim();
        }
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

export function personPath(name, rest = "") {
  return `/v1/people/${encodeURIComponent(name)}${rest}`;
}
