// A client for Drover's realtime channels (docs/realtime.md): subscribes, publishes with ids, goes on where it was after any
// disconnection, on whichever instance answers. No dependencies; browsers, or anything with a WebSocket constructor.
//
//   const live = new DroverRealtime('wss://example.org/realtime', { token: async () => accessToken });
//   live.subscribe('room:42', { onMessage: (m) => show(m.from, m.data), onGap: () => reload() });
//   await live.publish('room:42', { text: 'hello' });

const PAUSE_MIN_MS = 250;
const PAUSE_MAX_MS = 15_000;
const ANSWER_MS_MAX = 10_000;
const SILENCE_MS = 25_000;
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
  #timer = null;
  #reconnectInMs = null;
  #silence = null;
  #silenceMs;
  #channels = new Map(); // name -> { onMessage, onGap, position }
  #unanswered = new Map(); // channel and message id -> { frame, resolve, reject }

  /**
   * @param {string} url of the endpoint, ws: or wss:
   * @param {object} options
   * @param {() => string | Promise<string>} [options.token] gives an access token; without it the session cookie has to do
   * @param {Function} [options.WebSocket] the constructor, where it is not a global
   * @param {number} [options.silenceMs] after so long without a frame the server is asked whether it is there
   * @param {(state: string, detail?: object) => void} [options.onState] hears ready, waiting, stopped and errors
   */
  constructor(
    url,
    { token = null, WebSocket = globalThis.WebSocket, silenceMs = SILENCE_MS, onState = () => {} } = {},
  ) {
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

  /** Resolves when the message is in the channel's history. It is repeated with the same id until it is, so it is there once. */
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
    if (code in FINAL) {
      this.#stop(FINAL[code]);
      return;
    }
    this.#wait({ code });
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
    if (frame.request === 'publish' && frame.code !== 'store_unavailable') {
      this.#answer(frame)?.reject(new Error(frame.code));
    } else if (frame.request === 'publish') {
      const again = this.#unanswered.get(key(frame.channel, frame.id));
      setTimeout(() => again && this.#ready && this.#send(again.frame), PAUSE_MIN_MS + Math.random() * PAUSE_MIN_MS);
    } else if (frame.code === 'store_unavailable' && this.#channels.has(frame.channel)) {
      setTimeout(() => this.#ready && this.#sendSubscribe(frame.channel), PAUSE_MIN_MS + Math.random() * PAUSE_MIN_MS);
    }
    this.#onState('error', frame);
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
