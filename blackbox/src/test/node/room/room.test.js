// The control room and the playground, as a person has them, in a real browser.
// GATEWAY=<url> CHROMIUM=<program> SCREENSHOTS=<folder> node --test
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const { GATEWAY, CHROMIUM, SCREENSHOTS } = process.env;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = 60_000;
const PHONE = { width: 390, height: 844 };

let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
});

after(() => browser?.close());

/** Opens a page; whatever it complains of is kept. A check of a page's own network failures would only see the network. */
async function open(path, options = {}, url = GATEWAY) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !message.text().startsWith('Failed to load resource')) {
      page.complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => page.complaints.push(error.message));
  await page.goto(new URL(path, url).href);
  return page;
}

async function done(page) {
  assert.deepEqual(page.complaints, [], 'the page complains of nothing');
  await page.context().close();
}

async function live(page) {
  await page.locator('#live-text', { hasText: /^live$/ }).waitFor();
  await page.locator('.tile[data-state="ready"]').first().waitFor();
}

/** By evaluation, which the page's strict policy does not concern. */
async function accessible(page, what) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
  assert.deepEqual(found, [], `${what} is accessible`);
}

async function keep(page, name, fullPage = false) {
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage });
}

async function noSidewaysScroll(page) {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= client, `nothing is wider than the screen: ${scroll} of ${client}`);
}

test('the tiles follow a kill, and nothing moves', async () => {
  const page = await open('/');
  await live(page);
  const tile = page.locator('[data-service="profile"] .tile').first();
  await page.waitForFunction(() => document.querySelector('[data-service="profile"] .tile')?.dataset.state === 'ready');
  const before = await tile.getAttribute('data-instance');
  const place = await tile.boundingBox();
  const killed = Date.now();

  await tile.getByRole('button', { name: `Kill ${before}` }).click();

  await page.waitForFunction(
    (id) => {
      const now = document.querySelector('[data-service="profile"] .tile');
      return now.dataset.instance !== id || now.dataset.state === 'dead';
    },
    before,
    { polling: 20 },
  );
  console.log(`the tile followed after ${Date.now() - killed} ms`);
  await page.locator('#events', { hasText: `kill ${before}` }).waitFor();
  await page.waitForFunction(
    (id) => {
      const now = document.querySelector('[data-service="profile"] .tile');
      return now.dataset.instance !== id && now.dataset.state === 'ready';
    },
    before,
  );
  const after = await tile.boundingBox();
  assert.deepEqual([after.x, after.y, after.width], [place.x, place.y, place.width], 'the tile stays where it was');
  await accessible(page, 'the control room');
  await done(page);
});

test('load is put on, shown in the charts, and taken off', async () => {
  const page = await open('/');
  await live(page);
  await page.getByRole('switch', { name: 'Load' }).click();
  await page.locator('#load-facts', { hasText: /[1-9][0-9,]* answered/ }).waitFor();
  await page.locator('figcaption', { hasText: 'Throughput' }).getByText(/[1-9][0-9,]* requests\/s/).waitFor();
  await page.getByRole('switch', { name: 'Load' }).click();
  await page.locator('#load-switch[aria-checked="false"]').waitFor();
  await done(page);
});

test('a paused instance is shown as stopped and goes on by keyboard', async () => {
  const page = await open('/');
  await live(page);
  const tile = page.locator('[data-service="media"] .tile').first();
  await page.waitForFunction(() => document.querySelector('[data-service="media"] .tile')?.dataset.state === 'ready');
  await tile.focus();
  await page.keyboard.press('p');
  await page.waitForFunction(() => document.querySelector('[data-service="media"] .tile').dataset.state === 'stopped');
  await page.keyboard.press('p');
  await page.waitForFunction(() => document.querySelector('[data-service="media"] .tile').dataset.state === 'ready');
  await done(page);
});

test('a store is cut off and comes back', async () => {
  const page = await open('/');
  await live(page);
  const store = page.locator('[data-store="s3"]');
  await store.getByRole('button', { name: 'Cut off: S3' }).click();
  await store.locator('.state', { hasText: 'cut' }).waitFor();
  await store.getByRole('button', { name: 'Reconnect: S3' }).click();
  await store.locator('.state', { hasText: 'running' }).waitFor();
  await done(page);
});

test('what was refused is said, and what there is none of too', async () => {
  const page = await open('/');
  await page.route('**/kill', (route) =>
    route.fulfill({ status: 409, contentType: 'application/problem+json', body: '{"detail":"it could not be done"}' }),
  );
  await page.route('**/lab/proofs', (route) => route.fulfill({ contentType: 'application/json', body: '{"reports":[]}' }));
  await page.reload();
  await live(page);
  await page.locator('#reports', { hasText: 'No proof has been run.' }).waitFor();
  await page.locator('.tile').first().getByRole('button', { name: /^Kill/ }).click();
  await page.locator('.toast', { hasText: 'it could not be done' }).waitFor();
  await done(page);
});

/** Carries everything to the gateway until it is cut. */
function proxy() {
  let cut = false;
  const open = new Set();
  const server = createServer(async (request, response) => {
    if (cut) {
      request.socket.destroy();
      return;
    }
    const { host, ...headers } = request.headers;
    const abort = new AbortController();
    response.on('close', () => abort.abort());
    try {
      const answer = await fetch(new URL(request.url, GATEWAY), { headers, signal: abort.signal });
      const kept = [...answer.headers].filter(([name]) => !['content-encoding', 'content-length', 'transfer-encoding'].includes(name));
      response.writeHead(answer.status, Object.fromEntries(kept));
      for await (const part of answer.body) response.write(part);
      response.end();
    } catch {
      response.destroy();
    }
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        cut(now) {
          cut = now;
          if (now) open.forEach((socket) => socket.destroy());
        },
        close() {
          server.close();
          server.closeAllConnections();
        },
      }),
    ),
  );
}

test('the stream comes back by itself, and says meanwhile that what is shown is old', async () => {
  const between = await proxy();
  try {
    const page = await open('/', {}, between.url);
    await live(page);
    between.cut(true);
    await page.locator('#stale', { hasText: 'What you see is from' }).waitFor();
    assert.equal(await page.locator('body.stale').count(), 1);
    between.cut(false);
    await live(page);
    await page.locator('#stale').waitFor({ state: 'hidden' });
    await done(page);
  } finally {
    between.close();
  }
});

test('a page that is not given the key asks for it, and a wrong one does nothing', async () => {
  const page = await open('/');
  await page.route('**/lab/key', (route) => route.fulfill({ status: 403, body: '{}' }));
  await live(page);
  const tile = page.locator('[data-service="auth"] .tile').first();
  const before = await tile.getAttribute('data-instance');
  await tile.getByRole('button', { name: /^Kill/ }).click();
  await page.locator('#ask-token').fill('not the token at all');
  await page.getByRole('button', { name: 'Do it' }).click();
  await page.locator('dialog[open]').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  assert.equal(await tile.getAttribute('data-instance'), before);
  await done(page);
});

test('on a phone, in the dark, everything is there', async () => {
  const page = await open('/', { viewport: PHONE, colorScheme: 'dark', hasTouch: true, isMobile: true });
  await live(page);
  await noSidewaysScroll(page);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.match(ground, /^rgb\((\d|[1-4]\d), /, 'it is dark');
  await accessible(page, 'the control room on a phone');
  await keep(page, 'room-phone');
  await done(page);
});

test('the playground, from coming in to going out', async () => {
  const page = await open('/lab/playground');
  await page.getByRole('button', { name: 'Come in as a guest' }).click();
  await page.locator('#who', { hasText: 'You are' }).waitFor();
  await page.locator('.by[data-by="auth"]', { hasText: /^auth-/ }).waitFor();

  await page.locator('#profile-version', { hasText: 'version' }).waitFor();
  await page.getByLabel('Name').fill('Ada Herder');
  await page.getByLabel('About').fill('Herds cattle.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.locator('#profile-version', { hasText: /version [1-9]/ }).waitFor();

  await page.getByRole('button', { name: 'Upload a painted one' }).click();
  await page.locator('#upload-state', { hasText: 'Ready' }).waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll('#variants img')].filter((image) => image.naturalWidth > 0).length >= 2);

  await page.getByLabel('Count to').fill('8');
  await page.getByRole('button', { name: 'Enqueue it' }).click();
  await page.locator('#job-state', { hasText: 'succeeded, 100 %' }).waitFor();

  const [ada, ben] = ['Ada', 'Ben'].map((name) => page.locator(`[data-chat="${name}"]`));
  for (const window of [ada, ben]) await window.locator('.by', { hasText: /^realtime-/ }).waitFor();
  const words = `hello ${Date.now()}`;
  await ada.getByRole('textbox').fill(words);
  await ada.getByRole('button', { name: 'Send' }).click();
  for (const window of [ada, ben]) await window.locator('li', { hasText: words }).waitFor();
  await page.locator('#answers .by', { hasText: /^media-/ }).first().waitFor();
  await accessible(page, 'the playground');
  await keep(page, 'playground', true);

  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('button', { name: 'Come in as a guest' }).waitFor();
  assert.equal(await page.locator('#job-begin').isDisabled(), true);
  await done(page);
});

test('queues are shown as they stand, one is paused and goes on', async () => {
  const page = await open('/lab/jobs');
  const mail = page.locator('[data-queue="mail"]');
  await mail.waitFor();
  await mail.locator('.counts', { hasText: 'succeeded' }).waitFor();
  await mail.getByRole('button', { name: 'Pause: mail' }).click();
  await mail.locator('.paused').waitFor();
  await mail.getByRole('button', { name: 'Resume: mail' }).click();
  await mail.locator('.paused').waitFor({ state: 'hidden' });
  await accessible(page, 'the page of jobs');
  await keep(page, 'jobs', true);
  await done(page);
});

test('what is dead is shown by what it died of, and redriven by that', async () => {
  const page = await open('/lab/jobs');
  const queue = { name: 'reports', counts: { dead: 3, waiting: 2 }, latencyMs: 12, lastMinute: { succeeded: 0, failed: 0, dead: 3 } };
  const dead = (id, reason) => ({ id, type: 'report.build', endedAt: '2026-01-31T12:00:00Z', error: { reason, detail: `<b>${reason}</b>` } });
  const jobs = [dead('1', 'attempts_spent'), dead('2', 'crashed_workers'), dead('3', 'attempts_spent')];
  let asked = null;
  await page.route('**/lab/queues', (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ queues: [queue] }) }));
  await page.route('**/lab/queues/reports/dead', (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ jobs, more: false }) }));
  await page.route('**/lab/queues/reports/redrive', (route) => {
    asked = route.request().postDataJSON();
    queue.counts = { waiting: 4, dead: 1 };
    jobs.splice(0, 3, dead('2', 'crashed_workers'));
    return route.fulfill({ contentType: 'application/json', body: '{"changed":2}' });
  });
  const card = page.locator('[data-queue="reports"]');
  await card.getByText('What is dead').click();
  await card.getByText('2 × report.build, attempts_spent: <b>attempts_spent</b>').waitFor();
  await accessible(page, 'dead jobs');
  await card.getByRole('button', { name: 'Redrive: report.build, attempts_spent' }).click();
  await card.getByText('2 × report.build').waitFor({ state: 'detached' });
  await card.getByText('1 × report.build, crashed_workers').waitFor();
  assert.deepEqual(asked, { type: 'report.build', reason: 'attempts_spent' });
  await done(page);
});

test('the page of jobs says when there is no queue, and when what it shows is old', async () => {
  const page = await open('/lab/jobs');
  await page.route('**/lab/queues', (route) => route.fulfill({ contentType: 'application/json', body: '{"queues":[]}' }));
  await page.locator('#summary', { hasText: 'There is no queue yet' }).waitFor();
  await page.unroute('**/lab/queues');
  await page.route('**/lab/queues', (route) => route.abort());
  await page.locator('#stale', { hasText: 'The lab does not answer. What you see is from' }).waitFor();
  await page.unroute('**/lab/queues');
  await page.locator('#stale').waitFor({ state: 'hidden' });
  await done(page);
});

test('jobs, playground, mailbox and API are readable on a phone', async () => {
  for (const path of ['/lab/jobs', '/lab/playground', '/lab/mailbox']) {
    const page = await open(path, { viewport: PHONE });
    await page.getByRole('navigation').waitFor();
    await noSidewaysScroll(page);
    await accessible(page, path);
    await done(page);
  }
  const api = await open('/lab/api/', { viewport: PHONE });
  await api.locator('.opblock').first().waitFor();
  await done(api);
});
