// A BullMQ worker whose jobs do nothing.
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const connection = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: null });
const worker = new Worker(process.env.QUEUE, async () => ({}), { connection, concurrency: Number(process.env.CONCURRENCY) });
worker.on('ready', () => console.log('ready'));
