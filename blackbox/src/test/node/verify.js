// Verifies access tokens as anybody's service would: by the published key set, with a library that is not ours.
// node verify.js <key set URL> <issuer> <token>…
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [keySet, issuer, ...tokens] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL(keySet));
for (const token of tokens) {
  const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience: 'drover', algorithms: ['ES256'] });
  console.log(protectedHeader.kid, payload.sub);
}
