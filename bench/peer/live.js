// Rooms of socket.io, with the Redis adapter between instances.
import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';

const server = createServer((req, res) => res.end('{}'));
const publisher = new Redis(process.env.REDIS_URL);
const io = new Server(server, { adapter: createAdapter(publisher, publisher.duplicate()), transports: ['websocket'] });
io.on('connection', (socket) => {
  socket.on('join', (room, joined) => {
    socket.join(room);
    joined();
  });
  socket.on('publish', (room, data, published) => {
    io.to(room).emit('message', data);
    published();
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1');
