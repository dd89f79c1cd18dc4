// Drives OFREP with OpenFeature's own client and web provider, which know nothing of Drover. Every line printed is something that held.
import assert from 'node:assert/strict';
import { OFREPApi } from '@openfeature/ofrep-core';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';
import { OpenFeature } from '@openfeature/web-sdk';

const [baseUrl, apiKey, prefix] = process.argv.slice(2);
const held = (what) => console.log(what);
const byKey = { baseUrl, headers: [['X-API-Key', apiKey]] };

const api = new OFREPApi(byKey);
const one = await api.postEvaluateFlag(`${prefix}-plan`, { context: { targetingKey: 'u', plan: 'premium' } });
assert.equal(one.httpStatus, 200);
assert.equal(one.value.value, 7);
assert.equal(one.value.variant, 'many');
assert.equal(one.value.reason, 'TARGETING_MATCH');
held('a flag is evaluated');

const missing = await api.postEvaluateFlag(`${prefix}-none`, { context: { targetingKey: 'u' } });
assert.equal(missing.httpStatus, 404);
assert.equal(missing.value.errorCode, 'FLAG_NOT_FOUND');
held('one that is not there is FLAG_NOT_FOUND');

const keyless = await api.postEvaluateFlag(`${prefix}-share`, { context: {} });
assert.equal(keyless.httpStatus, 400);
assert.equal(keyless.value.errorCode, 'TARGETING_KEY_MISSING');
held('a share without targetingKey is TARGETING_KEY_MISSING');

const invalid = await api.postEvaluateFlag(`${prefix}-plan`, { context: 7 });
assert.equal(invalid.httpStatus, 400);
assert.equal(invalid.value.errorCode, 'INVALID_CONTEXT');
held('a context that is none is INVALID_CONTEXT');

await assert.rejects(
  new OFREPApi({ baseUrl, headers: [['X-API-Key', 'dvk_made_up']] }).postEvaluateFlag(`${prefix}-plan`, { context: {} }),
  (error) => error.constructor.name.includes('Unauthorized'),
);
held('a key that does not count is 401');

const bulk = await api.postBulkEvaluateFlags({ context: { targetingKey: 'u' } });
assert.equal(bulk.httpStatus, 200);
assert.ok(bulk.value.flags.some((flag) => flag.key === `${prefix}-plan`));
assert.equal(bulk.value.eventStreams[0].type, 'sse');
const again = await api.postBulkEvaluateFlags({ context: { targetingKey: 'u' } }, bulk.httpResponse.headers.get('etag'));
assert.equal(again.httpStatus, 304);
held('all flags at once, and 304 while nothing has changed');

const noContext = await api.postBulkEvaluateFlags({});
assert.equal(noContext.httpStatus, 400);
assert.equal(noContext.value.errorCode, 'INVALID_CONTEXT');
held('all flags without a context are INVALID_CONTEXT');

await OpenFeature.setContext({ targetingKey: 'u', plan: 'premium' });
await OpenFeature.setProviderAndWait(new OFREPWebProvider({ ...byKey, pollInterval: 0 }));
const client = OpenFeature.getClient();
assert.equal(client.getNumberValue(`${prefix}-plan`, 0), 7);
assert.equal(client.getBooleanValue(`${prefix}-switch`, true), false);
assert.equal(client.getStringValue(`${prefix}-none`, 'code'), 'code');
assert.equal(client.getBooleanDetails(`${prefix}-plan`, true).errorCode, 'TYPE_MISMATCH');
held('the web provider gives what the flags are');
await OpenFeature.close();
process.exit(0);
