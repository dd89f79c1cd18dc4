// The report of a proof, as a browser shows the file.
// REPORT=<file> CHROMIUM=<program> SCREENSHOTS=<folder> node --test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { accessible, done, keep, noSidewaysScroll, open, PHONE } from './pages.js';

const SCREENS = { light: {}, phone: { viewport: PHONE, isMobile: true, hasTouch: true, colorScheme: 'dark' } };

for (const [name, options] of Object.entries(SCREENS)) {
  test(`the report is one page that needs nothing else: ${name}`, async () => {
    const asked = [];
    const page = await open('', {
      url: pathToFileURL(process.env.REPORT).href,
      prepare: (fresh) => fresh.on('request', (request) => asked.push(request.url())),
      ...options,
    });
    await page.getByRole('heading', { level: 1, name: 'Not everything holds' }).waitFor();
    assert.equal(await page.locator('svg polyline').count(), 2);
    assert.ok((await page.locator('tr.fails').count()) >= 5);
    await noSidewaysScroll(page);
    await accessible(page, 'the report');
    await keep(page, `report-${name}`, true);
    assert.deepEqual(asked, [page.url()], 'it loads nothing');
    await done(page);
  });
}
