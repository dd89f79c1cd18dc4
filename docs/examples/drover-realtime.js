// A client for Drover's realtime channels (docs/realtime.md): subscribes, publishes with ids, goes on where it was after any
// disconnection, on whichever instance answers. No dependencies; browsers, Node.js from 22 on (21 and 20 with
// --experimental-websocket), or anything with a WebSocket constructor.
//
//   const live = new DroverRealtime('wss://example.org/realtime', { token: async () => accessToken });
//   live.subscribe('room:42', { onMessage: (m) => show(m.from, m.data), onGap: () => reload() });
//   await live.publish('room:42', { text: 'hello' });

const PAUSE_MIN_MS = 250;
const PAUSE_MAX_MS = 15_000;
const ANSWER_MS_MAX = 10_000;
const SILENCE_MS = 25_000;
const RETRY_MS_MAX = 60_000;
const REFUSALS_MAX = 2;
const UNAUTHENTICATED = 4001;
const FINAL = { 4003: 'session_ended', 4004: 'disconnected' };

export class DroverRealtime {
  #url;
  #token;
  #WebSocket;
  #onState;
  #socket = null;
  #ready = false;
  #stopped = false;
  #failures = 0;
  #refusals = 0;
  #refusal = null;
  #timer = null;
  #reconnectInMs = null;
  #silence = null;
  #silenceMs;
  #channels = new Map(); // name -> { onMessage, onGap, position }
  #unanswered = new Map(); // channel and message id -> { frame, resolve, reject }

  /**
   * @param {string} url of the endpoint, ws: or wss:
   * @param {object} options
   * @param {() => string | Promise<string>} [options.token] gives an access token, a fresh one if the last was refused; without it the session
   *   cookie has to do
   * @param {Function} [options.WebSocket] the constructor, where it is not a global
   * @param {number} [options.silenceMs] after so long without a frame the server is asked whether it is there
   * @param {(state: string, detail?: object) => void} [options.onState] hears ready, waiting, stopped and errors
   */
  constructor(
    url,
    { token = null, WebSocket = globalThis.WebSocket, silenceMs = SILENCE_MS, onState = () => {} } = {},
  ) {
    // Otherwise each attempt to connect would fail for the same reason, for ever.
    if (typeof WebSocket !== 'function') {
      throw new TypeError(
        'There is no WebSocket here: Node.js has one from 22 on, or with --experimental-websocket; or pass a constructor as options.WebSocket',
      );
    }
    this.#url = url;
    this.#silenceMs = silenceMs;
    this.#token = token;
    this.#WebSocket = WebSocket;
    this.#onState = onState;
    this.#connect();
  }

  /** Each message comes once and in order; onGap says that some could not be had, with the position from which it goes on. */
  subscribe(channel, { onMessage, onGap = () => {}, since = null }) {
    this.#channels.set(channel, { onMessage, onGap, position: since });
    if (this.#ready) {
      this.#sendSubscribe(channel);
    }
  }

  unsubscribe(channel) {
    if (this.#channels.delete(channel) && this.#ready) {
      this.#send({ type: 'unsubscribe', channel });
    }
  }

  /** Where a channel was left, to begin there in another session of the page. */
  position(channel) {
    return this.#channels.get(channel)?.position ?? null;
  }

  /**
   * Resolves when the message is in the channel's history. It is repeated with the same id until it is, so it is there once; over the quota after the
   * time the server names. Rejects with what was refused as `frame`.
   */
  publish(channel, data, id = crypto.randomUUID()) {
    return new Promise((resolve, reject) => {
      const frame = { type: 'publish', channel, id, data };
      this.#unanswered.set(key(channel, id), { frame, resolve, reject });
      if (this.#ready) {
        this.#send(frame);
      }
    });
  }

  close() {
    this.#stop('closed');
    this.#socket?.close(1000);
  }

  async #connect() {
    this.#timer = null;
    let socket;
    try {
      const token = this.#token ? await this.#token() : null;
      if (this.#stopped) {
        return;
      }
      socket = new this.#WebSocket(this.#url, ['drover.v1.json']);
      this.#socket = socket;
      socket.onopen = () => token && this.#send({ type: 'auth', token });
    } catch (failure) {
      this.#wait(failure);
      return;
    }
    const impatience = setTimeout(() => !this.#ready && socket.close(), ANSWER_MS_MAX);
    socket.onmessage = (event) => {
      if (socket === this.#socket) {
        this.#heard(socket);
        this.#take(JSON.parse(event.data));
      }
    };
    socket.onerror = () => {};
    socket.onclose = (event) => {
      clearTimeout(impatience);
      if (socket === this.#socket) {
        this.#closed(event.code);
      }
    };
  }

  /** A connection can be lost without a word, and then nothing would ever come. */
  #heard(socket) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#send({ type: 'ping' });
      this.#silence = setTimeout(() => this.#lost(socket), Math.min(ANSWER_MS_MAX, this.#silenceMs));
    }, this.#silenceMs);
  }

  #lost(socket) {
    // Its own farewell may take minutes: nobody waits for it.
    this.#closed(1006);
    socket.close();
  }

  #closed(code) {
    clearTimeout(this.#silence);
    this.#ready = false;
    this.#socket = null;
    if (this.#stopped) {
      return;
    }
    const final = FINAL[code] ?? (code === UNAUTHENTICATED ? this.#unwelcome() : null);
    if (final) {
      this.#stop(final);
      return;
    }
    this.#wait({ code });
  }

  /** Why it is of no use to come again: the session is over, or nothing counts that can be shown. A token that ran out is replaced. */
  #unwelcome() {
    const refusal = this.#refusal;
    this.#refusal = null;
    if (refusal?.startsWith('session_')) {
      return 'session_ended';
    }
    const isRefused = refusal?.startsWith('token_') || refusal === 'unauthenticated';
    if (!this.#token || (isRefused && ++this.#refusals >= REFUSALS_MAX)) {
      return 'unauthenticated';
    }
    return null;
  }

  #wait(why) {
    const ceiling = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** this.#failures++);
    const pauseMs = this.#reconnectInMs ?? ceiling / 2 + Math.random() * (ceiling / 2);
    this.#reconnectInMs = null;
    this.#onState('waiting', { pauseMs, why });
    this.#timer = setTimeout(() => this.#connect(), pauseMs);
  }

  #stop(why) {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#silence);
    for (const { reject } of this.#unanswered.values()) {
      reject(new Error(why));
    }
    this.#unanswered.clear();
    this.#onState('stopped', { why });
  }

  #take(frame) {
    switch (frame.type) {
      case 'ready':
        this.#resume(frame);
        break;
      case 'subscribed':
        this.#moveTo(frame);
        break;
      case 'message':
        this.#deliver(frame);
        break;
      case 'gap':
        this.#moveTo(frame);
        this.#channels.get(frame.channel)?.onGap(frame);
        break;
      case 'published':
        this.#answer(frame)?.resolve(frame);
        break;
      case 'drain':
        this.#reconnectInMs = frame.reconnectInMs;
        break;
      case 'error':
        this.#fail(frame);
        break;
      default: // Newer servers may say more.
    }
  }

  #resume(frame) {
    this.#ready = true;
    this.#failures = 0;
    this.#refusals = 0;
    this.#onState('ready', frame);
    for (const channel of this.#channels.keys()) {
      this.#sendSubscribe(channel);
    }
    for (const { frame: publish } of this.#unanswered.values()) {
      this.#send(publish);
    }
  }

  #deliver(frame) {
    const channel = this.#channels.get(frame.channel);
    if (!channel) {
      return;
    }
    const { position } = channel;
    if (position?.epoch === frame.epoch && frame.offset <= position.offset) {
      return;
    }
    channel.position = { epoch: frame.epoch, offset: frame.offset };
    channel.onMessage(frame);
  }

  #fail(frame) {
    const isPassing = frame.code === 'store_unavailable' || frame.retryAfterMs <= RETRY_MS_MAX;
    const pauseMs = (frame.retryAfterMs ?? PAUSE_MIN_MS) + Math.random() * PAUSE_MIN_MS;
    if (!this.#ready) {
      this.#refusal = frame.code;
    } else if (frame.request === 'publish' && !isPassing) {
      this.#answer(frame)?.reject(Object.assign(new Error(frame.code), { frame }));
    } else if (frame.request === 'publish') {
      setTimeout(() => this.#publishAgain(frame), pauseMs);
    } else if (isPassing && this.#channels.has(frame.channel)) {
      setTimeout(() => this.#ready && this.#sendSubscribe(frame.channel), pauseMs);
    }
    this.#onState('error', frame);
  }

  #publishAgain({ channel, id }) {
    const pending = this.#unanswered.get(key(channel, id));
    if (pending && this.#ready) {
      this.#send(pending.frame);
    }
  }

  #answer({ channel, id }) {
    const pending = this.#unanswered.get(key(channel, id));
    this.#unanswered.delete(key(channel, id));
    return pending;
  }

  #moveTo({ channel, epoch, offset }) {
    const known = this.#channels.get(channel);
    if (known) {
      known.position = { epoch, offset };
    }
  }

  #sendSubscribe(channel) {
    const since = this.#channels.get(channel)?.position;
    this.#send(since ? { type: 'subscribe', channel, since } : { type: 'subscribe', channel });
  }

  #send(frame) {
    if (this.#socket?.readyState === 1) {
      this.#socket.send(JSON.stringify(frame));
    }
  }
}

function key(channel, id) {
  return `${channel} ${id}`;
}
