// The API of the usual tutorials: express, a session in Redis by express-session, tokens by jsonwebtoken, jobs by BullMQ, presigned uploads by the AWS SDK.
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Queue } from 'bullmq';
import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { Redis } from 'ioredis';
import jwt from 'jsonwebtoken';
import { createClient } from 'redis';

const { PORT, REDIS_URL, KEY_FILE, SESSION_SECRET, S3_ENDPOINT } = process.env;
const privateKey = readFileSync(KEY_FILE);
const publicKey = readFileSync(`${KEY_FILE}.pub`);
const redis = new Redis(REDIS_URL);
const sessions = createClient({ url: REDIS_URL });
await sessions.connect();
const s3 = new S3Client({ endpoint: S3_ENDPOINT, region: 'us-east-1', forcePathStyle: true });
const queues = new Map();
const queue = (name) => {
  if (!queues.has(name)) {
    queues.set(name, new Queue(name, { connection: new Redis(REDIS_URL, { maxRetriesPerRequest: null }) }));
  }
  return queues.get(name);
};

const app = express();
app.use(express.json({ limit: '1mb' }));
const withSession = session({
  name: 'session',
  store: new RedisStore({ client: sessions }),
  secret: SESSION_SECRET,
  resave: false,
  saveUninitialized: false,
  cookie: { httpOnly: true, sameSite: 'lax', maxAge: 86_400_000 },
});
const authenticated = (req, res, next) => {
  const token = req.headers.authorization?.split(' ')[1];
  try {
    req.user = jwt.verify(token, publicKey, { algorithms: ['ES256'] });
    next();
  } catch {
    res.status(401).json({ error: 'unauthorized' });
  }
};
const hash = (token) => createHash('sha256').update(token).digest('hex');
const tokens = async (user) => {
  const refreshToken = randomUUID();
  await redis.set(`refresh:${hash(refreshToken)}`, JSON.stringify(user), 'EX', 86_400);
  const accessToken = jwt.sign({ sub: user.id, email: user.email }, privateKey, { algorithm: 'ES256', expiresIn: '1h' });
  return { accessToken, tokenType: 'Bearer', expiresIn: 3600, refreshToken };
};

app.post('/auth/signup', async (req, res) => {
  const user = { id: randomUUID(), email: req.body.email, displayName: null, emailVerified: false, roles: ['user'] };
  await redis.hset(`user:${user.email}`, 'id', user.id);
  await redis.hset(`profile:${user.id}`, { displayName: 'Ada', bio: '', createdAt: new Date().toISOString() });
  res.status(201).json(user);
});
// No password is checked here: what a log-in costs is its hash, and that is measured by itself.
app.post('/auth/login', withSession, async (req, res) => {
  const id = await redis.hget(`user:${req.body.email}`, 'id');
  const user = { id, email: req.body.email, displayName: null, emailVerified: false, roles: ['user'] };
  req.session.user = user;
  res.json(await tokens(user));
});
app.post('/auth/refresh', async (req, res) => {
  const key = `refresh:${hash(req.body.refreshToken)}`;
  const user = await redis.getdel(key);
  if (!user) {
    return res.status(401).json({ error: 'invalid token' });
  }
  res.json(await tokens(JSON.parse(user)));
});
app.get('/auth/me', withSession, (req, res) => {
  if (!req.session.user) {
    return res.status(401).json({ error: 'unauthorized' });
  }
  res.json(req.session.user);
});
app.get('/profiles/me', authenticated, async (req, res) => {
  res.json({ id: req.user.sub, ...(await redis.hgetall(`profile:${req.user.sub}`)) });
});
app.put('/profiles/me', authenticated, async (req, res) => {
  await redis.hset(`profile:${req.user.sub}`, { displayName: req.body.displayName, bio: req.body.bio });
  res.json({ id: req.user.sub, ...(await redis.hgetall(`profile:${req.user.sub}`)) });
});
app.get('/profiles/:id', async (req, res) => {
  const { displayName, bio } = await redis.hgetall(`profile:${req.params.id}`);
  res.json({ id: req.params.id, displayName, bio });
});
app.post('/media/uploads', authenticated, async (req, res) => {
  const id = randomUUID();
  const { fileName, contentType, sizeBytes, sha256 } = req.body;
  await redis.hset(`media:${id}`, { owner: req.user.sub, fileName, contentType, sizeBytes, sha256, state: 'pending' });
  const command = new PutObjectCommand({
    Bucket: 'drover',
    Key: `media/${req.user.sub}/${id}`,
    ContentType: contentType,
    ContentLength: sizeBytes,
    ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
  });
  res.status(201).json({ id, method: 'PUT', url: await getSignedUrl(s3, command, { expiresIn: 300 }) });
});
app.post('/jobs', authenticated, async (req, res) => {
  const job = await queue(req.body.queue).add(req.body.type, req.body.payload);
  res.status(202).json({ id: job.id });
});
app.post('/jobs/bulk', authenticated, async (req, res) => {
  const jobs = await queue(req.body.jobs[0].queue).addBulk(req.body.jobs.map((job) => ({ name: job.type, data: job.payload })));
  res.json({ results: jobs.map((job) => ({ status: 202, id: job.id })) });
});
app.post('/queues/:queue/pause', async (req, res) => {
  await queue(req.params.queue).pause();
  res.json({});
});
app.post('/queues/:queue/resume', async (req, res) => {
  await queue(req.params.queue).resume();
  res.json({});
});
app.get('/ready', (req, res) => res.json({}));
app.listen(Number(PORT), '127.0.0.1');
