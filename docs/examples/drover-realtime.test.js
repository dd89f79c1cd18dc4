// node --test docs/examples
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DroverRealtime } from './drover-realtime.js';

class FakeSocket {
  static all = [];
  readyState = 1;
  sent = [];

  constructor() {
    FakeSocket.all.push(this);
    queueMicrotask(() => this.onopen());
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code = 1005) {
    this.lose(code);
  }

  hear(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  lose(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }
}

class RefusedSocket extends FakeSocket {
  get onopen() {
    return () => {};
  }

  set onopen(ignored) {}
}

async function until(condition) {
  while (!condition()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function socketNumber(n) {
  await until(() => FakeSocket.all.length >= n && FakeSocket.all[n - 1].sent.length > 0);
  return FakeSocket.all[n - 1];
}

function client(options = {}) {
  FakeSocket.all = [];
  return new DroverRealtime('ws://test/realtime', { token: () => 'token', WebSocket: FakeSocket, ...options });
}

test('where there is no WebSocket it says so at once', () => {
  for (const WebSocket of [null, 'ws']) {
    assert.throws(() => new DroverRealtime('ws://test/realtime', { WebSocket }), /no WebSocket here/);
  }
});

test('authenticates, then subscribes to what was asked for meanwhile', async () => {
  const live = client();
  live.subscribe('room:1', { onMessage: () => {} });
  const socket = await socketNumber(1);
  assert.deepEqual(socket.sent, [{ type: 'auth', token: 'token' }]);
  socket.hear({ type: 'ready' });
  assert.deepEqual(socket.sent[1], { type: 'subscribe', channel: 'room:1' });
  live.close();
});

test('resumes at its position after a loss and drops what it has seen', async () => {
  const live = client();
  const seen = [];
  live.subscribe('room:1', { onMessage: (m) => seen.push(m.offset) });
  const first = await socketNumber(1);
  first.hear({ type: 'ready' });
  first.hear({ type: 'subscribed', channel: 'room:1', epoch: 'e', offset: 4 });
  first.hear({ type: 'message', channel: 'room:1', epoch: 'e', offset: 5 });
  first.hear({ type: 'message', channel: 'room:1', epoch: 'e', offset: 5 });
  first.hear({ type: 'drain', reconnectInMs: 1 });
  first.lose(1012);
  const second = await socketNumber(2);
  second.hear({ type: 'ready' });
  assert.deepEqual(second.sent[1], { type: 'subscribe', channel: 'room:1', since: { epoch: 'e', offset: 5 } });
  second.hear({ type: 'message', channel: 'room:1', epoch: 'e', offset: 6 });
  assert.deepEqual(seen, [5, 6]);
  live.close();
});

test('repeats a publish that was not answered, with its id', async () => {
  const live = client();
  const first = await socketNumber(1);
  first.hear({ type: 'ready' });
  const published = live.publish('room:1', { a: 1 }, 'm1');
  first.hear({ type: 'drain', reconnectInMs: 1 });
  first.lose(1012);
  const second = await socketNumber(2);
  second.hear({ type: 'ready' });
  assert.deepEqual(second.sent[1], { type: 'publish', channel: 'room:1', id: 'm1', data: { a: 1 } });
  second.hear({ type: 'published', channel: 'room:1', id: 'm1', epoch: 'e', offset: 1 });
  assert.equal((await published).offset, 1);
  live.close();
});

test('a refused publish rejects, a gap is told, an ended session stops', async () => {
  const live = client();
  const gaps = [];
  live.subscribe('room:1', { onMessage: () => {}, onGap: (gap) => gaps.push(gap.offset) });
  const socket = await socketNumber(1);
  socket.hear({ type: 'ready' });
  const refused = live.publish('room:1', 1, 'm1');
  socket.hear({ type: 'error', code: 'channel_forbidden', request: 'publish', channel: 'room:1', id: 'm1' });
  await assert.rejects(refused, /channel_forbidden/);
  socket.hear({ type: 'gap', channel: 'room:1', epoch: 'f', offset: 9 });
  assert.deepEqual(gaps, [9]);
  assert.deepEqual(live.position('room:1'), { epoch: 'f', offset: 9 });
  const pending = live.publish('room:1', 1, 'm2');
  socket.lose(4003);
  await assert.rejects(pending, /session_ended/);
  assert.equal(FakeSocket.all.length, 1);
});

test('who was disconnected by an administrator stays away', async () => {
  const live = client();
  const socket = await socketNumber(1);
  socket.hear({ type: 'ready' });
  const pending = live.publish('room:1', 1, 'm1');
  socket.lose(4004);
  await assert.rejects(pending, /disconnected/);
  assert.equal(FakeSocket.all.length, 1);
});

test('asks a silent server whether it is there, and goes elsewhere when it is not', async () => {
  const live = client({ silenceMs: 5 });
  live.subscribe('room:1', { onMessage: () => {} });
  const first = await socketNumber(1);
  first.hear({ type: 'ready' });
  await until(() => first.sent.at(-1).type === 'ping');
  first.hear({ type: 'pong' });
  assert.equal(FakeSocket.all.length, 1);
  const second = await socketNumber(2);
  assert.equal(first.readyState, 3);
  second.hear({ type: 'ready' });
  assert.deepEqual(second.sent[1], { type: 'subscribe', channel: 'room:1' });
  live.close();
});

test('over the quota it publishes again after the time the server names', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const live = client();
  const socket = await socketNumber(1);
  socket.hear({ type: 'ready' });
  const published = live.publish('room:1', 1, 'm1');
  const refused = { type: 'error', code: 'rate_limited', request: 'publish', channel: 'room:1', id: 'm1' };
  socket.hear({ ...refused, retryAfterMs: 5_000 });
  context.mock.timers.tick(4_999);
  assert.equal(socket.sent.length, 2);
  context.mock.timers.tick(300);
  assert.deepEqual(socket.sent[2], { type: 'publish', channel: 'room:1', id: 'm1', data: 1 });
  socket.hear({ type: 'published', channel: 'room:1', id: 'm1', epoch: 'e', offset: 1 });
  assert.equal((await published).offset, 1);
  const tooLong = live.publish('room:1', 2, 'm2');
  socket.hear({ ...refused, id: 'm2', retryAfterMs: 3_600_000 });
  await assert.rejects(tooLong, (error) => error.message === 'rate_limited' && error.frame.retryAfterMs === 3_600_000);
  live.close();
});

test('who is refused at the handshake comes again after pauses that grow and differ', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const pauses = [];
  const onState = (state, detail) => state === 'waiting' && pauses.push(detail.pauseMs);
  const live = client({ WebSocket: RefusedSocket, onState });
  for (let number = 1; number <= 10; number++) {
    await until(() => FakeSocket.all.length === number);
    // A browser tells nothing of a 503: the socket never opens, and ends.
    FakeSocket.all[number - 1].lose(1006);
    const ceiling = Math.min(15_000, 250 * 2 ** (number - 1));
    assert.equal(pauses.length, number);
    assert.ok(pauses.at(-1) >= ceiling / 2 && pauses.at(-1) <= ceiling, `${pauses}`);
    context.mock.timers.tick(Math.ceil(pauses.at(-1)) + 1);
  }
  assert.equal(new Set(pauses.map((pause, i) => pause / Math.min(15_000, 250 * 2 ** i))).size, 10);
  live.close();
});

test('a refused token is replaced once, and then it stays away', async () => {
  const tokens = ['old', 'bad'];
  const stopped = [];
  client({
    token: () => tokens.shift(),
    onState: (state, detail) => state === 'stopped' && stopped.push(detail.why),
  });
  for (const number of [1, 2]) {
    const socket = await socketNumber(number);
    socket.hear({ type: 'error', code: 'token_invalid', request: 'auth' });
    socket.lose(4001);
  }
  assert.deepEqual(stopped, ['unauthenticated']);
  assert.equal(FakeSocket.all.length, 2);
});

test('who was too slow to be recognised comes again, whose session is over does not', async () => {
  const stopped = [];
  client({ onState: (state, detail) => state === 'stopped' && stopped.push(detail.why) });
  for (const number of [1, 2, 3]) {
    const socket = await socketNumber(number);
    socket.hear({ type: 'error', code: 'authentication_timeout' });
    socket.lose(4001);
  }
  const last = await socketNumber(4);
  assert.deepEqual(stopped, []);
  last.hear({ type: 'error', code: 'session_expired', request: 'auth' });
  last.lose(4001);
  assert.deepEqual(stopped, ['session_ended']);
});

test('a page without a token whose cookie does not count stays away', async () => {
  FakeSocket.all = [];
  const stopped = [];
  new DroverRealtime('ws://test/realtime', {
    WebSocket: FakeSocket,
    onState: (state, detail) => state === 'stopped' && stopped.push(detail.why),
  });
  await until(() => FakeSocket.all.length === 1);
  FakeSocket.all[0].hear({ type: 'error', code: 'authentication_timeout' });
  FakeSocket.all[0].lose(4001);
  assert.deepEqual(stopped, ['unauthenticated']);
});
