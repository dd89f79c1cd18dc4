// The control room of a cluster, as a person has it, in a real browser. No pod of this cluster ever runs.
// GATEWAY=<url> TOKEN=<token> PODS=<url of the API> CHROMIUM=<program> SCREENSHOTS=<folder> node --test
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, done, keep, open } from './pages.js';

const { TOKEN, PODS } = process.env;

async function enter(page, token = TOKEN) {
  await page.locator('#ask-token').fill(token);
  await page.getByRole('button', { name: 'Do it' }).click();
}

async function entered(options) {
  const page = await open('/', options);
  await enter(page);
  await page.locator('.tile[data-state="ready"]').first().waitFor();
  return page;
}

const tile = (page, pod) => page.locator(`.tile[data-instance="${pod}"]`);

async function exists(pod) {
  return (await fetch(PODS + pod)).status === 200;
}

test('without the token nothing is shown, and a wrong one is asked for again', async () => {
  const page = await open('/');
  await page.locator('#ask-token').waitFor();
  assert.equal(await page.locator('.tile').count(), 0);
  await enter(page, 'a guess that is as long as a token is');
  await page.locator('#ask-token').waitFor();
  assert.equal(await page.locator('.tile').count(), 0);
  await enter(page);
  await page.locator('.tile[data-state="ready"]').first().waitFor();
  assert.equal(await page.locator('.tile').count(), 10);
  await page.locator('#reports', { hasText: 'No proof has been run.' }).waitFor();
  await done(page);
});

test('a pod that goes is seen to go', async () => {
  const page = await entered();
  const pod = 'profile-service-5f7d9-one';
  await tile(page, pod).waitFor();
  const gone = Date.now();
  assert.ok((await fetch(PODS + pod, { method: 'DELETE' })).ok);
  await page.waitForFunction(
    (id) => {
      const now = document.querySelector(`.tile[data-instance="${id}"]`);
      return !now || now.dataset.state === 'dead';
    },
    pod,
    { polling: 20 },
  );
  console.log(`the tile followed the deletion after ${Date.now() - gone} ms`);
  await page.locator('#events', { hasText: `${pod} ended` }).waitFor();
  await done(page);
});

test('a kill is asked about first, because this may be a real cluster', async () => {
  const page = await entered();
  const pod = 'auth-service-5f7d9-one';
  await tile(page, pod).getByRole('button', { name: `Kill ${pod}` }).click();
  await page.locator('#ask-text', { hasText: 'This is a real cluster.' }).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  assert.equal(await exists(pod), true, 'it was only asked');

  await tile(page, pod).getByRole('button', { name: `Kill ${pod}` }).click();
  await page.getByRole('button', { name: 'Do it' }).click();
  await page.locator('#events', { hasText: `kill ${pod}` }).waitFor();
  assert.equal(await exists(pod), false);
  await done(page);
});

test('what cannot be done to a pod is not offered, and it is said why', async () => {
  const page = await entered();
  const pod = 'media-service-5f7d9-one';
  await tile(page, pod).getByRole('button', { name: `Drain ${pod}` }).waitFor();
  assert.equal(await tile(page, pod).getByRole('button', { name: /^Pause/ }).count(), 0);
  await page.locator('#notes', { hasText: 'A pod cannot be paused from outside.' }).waitFor();
  await page.locator('#notes', { hasText: 'metrics.k8s.io' }).waitFor();
  await page.getByRole('button', { name: 'Kill: Redis' }).waitFor();
  await page.locator('[data-store="s3"] .state', { hasText: 'not started here' }).waitFor();
  assert.equal(await page.locator('input[name=fault][value=stop]').count(), 0);
  assert.equal(await page.locator('input[name=fault][value=scale]').count(), 1);
  await accessible(page, 'the control room of a cluster');
  await keep(page, 'room-cluster', true);
  await done(page);
});

test('the mailbox asks for the token too, and says when there is none', async () => {
  const page = await open('/lab/mailbox');
  await enter(page);
  await page.locator('#summary', { hasText: 'do not come here' }).waitFor();
  await done(page);
});
