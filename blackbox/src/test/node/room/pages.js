// Pages of the lab in a real browser. CHROMIUM=<program> GATEWAY=<url> SCREENSHOTS=<folder>
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';

const { GATEWAY, CHROMIUM, SCREENSHOTS } = process.env;
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PATIENCE = 60_000;

export const PHONE = { width: 390, height: 844 };

let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
});

after(() => browser?.close());

/**
 * Opens a page; whatever it complains of is kept. A check of a page's own network failures would only see the network.
 * `prepare` is given the page before it loads anything.
 */
export async function open(path, { url = GATEWAY, prepare, ...options } = {}) {
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
  await prepare?.(page);
  await page.goto(new URL(path, url).href);
  return page;
}

export async function done(page) {
  assert.deepEqual(page.complaints, [], 'the page complains of nothing');
  await page.context().close();
}

/** By evaluation, which the page's strict policy does not concern. */
export async function accessible(page, what) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] }));
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`);
  assert.deepEqual(found, [], `${what} is accessible`);
}

export async function keep(page, name, fullPage = false) {
  if (SCREENSHOTS) await page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage });
}

export async function noSidewaysScroll(page) {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= client, `nothing is wider than the screen: ${scroll} of ${client}`);
}

export async function until(condition, what) {
  const deadline = Date.now() + PATIENCE;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The fleet as the stream tells it now. */
export async function fleetNow(headers = {}) {
  const answer = await fetch(new URL('/lab/stream', GATEWAY), { headers: { Accept: 'text/event-stream', ...headers } });
  let text = '';
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const told = text.split('\n\n').slice(0, -1).find((frame) => frame.split('\n').includes('event: fleet'));
    const data = told?.split('\n').find((line) => line.startsWith('data: '));
    if (data) return JSON.parse(data.slice(6));
  }
  throw new Error('the stream ended before it said anything of the fleet');
}

/** A stream that says what it is given, and then ends. */
export function streamOf(fleet) {
  const history = { complete: true, samples: [], marks: [] };
  return `event: history\ndata: ${JSON.stringify(history)}\n\nevent: fleet\ndata: ${JSON.stringify(fleet)}\n\n`;
}
