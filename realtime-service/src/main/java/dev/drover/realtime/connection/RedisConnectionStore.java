package dev.drover.realtime.connection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.channels.ChannelName;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;
import dev.drover.realtime.RealtimeConfig;

@Singleton
final class RedisConnectionStore implements ConnectionStore {

    private static final RedisScript ENLIST = RedisScript.load("instance_enlist");
    private static final RedisScript REPORT = RedisScript.load("instance_report");
    private static final RedisScript GIVE = RedisScript.load("order_give");
    private static final RedisScript ADMIT = RedisScript.load("socket_admit");

    private final RedisCalls redis;
    private final RealtimeConfig.Connections config;

    RedisConnectionStore(RedisCalls redis, RealtimeConfig config) {
        this.redis = redis;
        this.config = config.connections();
    }

    @Override
    public List<String> enlist(String holder) {
        return enlist(holder, config.lease().toMillis());
    }

    @Override
    public List<String> instances() {
        return enlist("", 0);
    }

    @Override
    public void strikeOff(String holder) {
        enlist(holder, 0);
        redis.send(Command.DEL, ConnectionKeys.connections(holder));
        redis.send(Command.DEL, ConnectionKeys.channels(holder));
    }

    private List<String> enlist(String holder, long leaseMillis) {
        return texts(
                redis.run(ENLIST, List.of(ConnectionKeys.instances()), List.of(holder, Long.toString(leaseMillis))));
    }

    @Override
    public Optional<List<String>> report(String holder, boolean fresh, Changes changes) {
        List<String> args = new ArrayList<>(List.of(
                Long.toString(config.lease().toMillis()),
                fresh ? "1" : "0",
                Integer.toString(config.ordersMax()),
                Integer.toString(changes.added().size()),
                Integer.toString(changes.removed().size())));
        changes.added().forEach(added -> args.add(written(added)));
        changes.removed().forEach(removed -> args.add(written(removed)));
        changes.subscribers().forEach((channel, count) -> {
            args.add(channel.value());
            args.add(Integer.toString(count));
        });
        List<String> answer = texts(redis.run(
                REPORT,
                List.of(
                        ConnectionKeys.lease(holder),
                        ConnectionKeys.connections(holder),
                        ConnectionKeys.channels(holder),
                        ConnectionKeys.orders(holder)),
                args));
        return answer.getFirst().equals("lost") ? Optional.empty() : Optional.of(answer.subList(1, answer.size()));
    }

    @Override
    public boolean admit(String sub, String id, List<String> instances) {
        List<String> args = new ArrayList<>(List.of(
                id,
                Integer.toString(config.perAccount()),
                Long.toString(config.keptFor().toMillis()),
                Long.toString(config.lease().toMillis())));
        args.addAll(instances);
        return redis.run(ADMIT, List.of(ConnectionKeys.open(sub)), args).toInteger() == 1;
    }

    @Override
    public void release(String sub, String id) {
        redis.send(Command.ZREM, ConnectionKeys.open(sub), id);
    }

    @Override
    public List<OpenConnection> ofAccount(String sub) {
        List<OpenConnection> found = new ArrayList<>();
        for (String id : texts(redis.send(Command.ZRANGE, ConnectionKeys.open(sub), "0", "-1"))) {
            String holder = OpenConnection.holder(id);
            Response entry =
                    redis.send(Command.ZRANGEBYLEX, ConnectionKeys.connections(holder), "[" + id + " ", "(" + id + "!");
            entry.forEach(text -> found.add(read(text.toString())));
        }
        return found;
    }

    @Override
    public List<OpenConnection> ofInstance(String holder, String after, int limit) {
        String from = after.isEmpty() ? "-" : "(" + after + "!";
        Response page = redis.send(
                Command.ZRANGEBYLEX,
                ConnectionKeys.connections(holder),
                from,
                "+",
                "LIMIT",
                "0",
                Integer.toString(limit));
        return texts(page).stream().map(RedisConnectionStore::read).toList();
    }

    @Override
    public int subscribers(String holder, ChannelName channel) {
        Response count = redis.send(Command.HGET, ConnectionKeys.channels(holder), channel.value());
        return count == null ? 0 : count.toInteger();
    }

    @Override
    public boolean give(String holder, Order order) {
        return redis.run(
                                GIVE,
                                List.of(ConnectionKeys.orders(holder)),
                                List.of(
                                        Order.write(order),
                                        Long.toString(config.lease().toMillis()),
                                        Integer.toString(config.ordersMax())))
                        .toInteger()
                == 1;
    }

    private static String written(OpenConnection connection) {
        return connection.id() + " "
                + new JsonObject()
                        .put("sub", connection.sub())
                        .put("sid", connection.sid())
                        .put("since", connection.since().toString())
                        .encode();
    }

    private static OpenConnection read(String text) {
        int end = text.indexOf(' ');
        JsonObject json = new JsonObject(text.substring(end + 1));
        return new OpenConnection(
                text.substring(0, end),
                json.getString("sub"),
                json.getString("sid"),
                Instant.parse(json.getString("since")));
    }

    private static List<String> texts(Response list) {
        List<String> texts = new ArrayList<>(list.size());
        list.forEach(text -> texts.add(text.toString()));
        return texts;
    }
}
