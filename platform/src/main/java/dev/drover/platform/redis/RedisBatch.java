package dev.drover.platform.redis;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Future;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.MultiType;

/**
 * Reads that go as one message and are answered as one. The client sends such a message to one node of a cluster only, and neither follows a redirection
 * of one of its commands nor says what went wrong with which; so what it refuses is sent in halves, down to single commands, which it redirects.
 */
final class RedisBatch implements RedisTransport.Exchange {

    private final List<Request> requests;

    RedisBatch(List<Request> requests) {
        this.requests = List.copyOf(requests);
    }

    @Override
    public Future<Response> on(RedisConnection connection) {
        return answers(connection, requests).map(RedisBatch::asOne);
    }

    /** One message after another: the connections a cluster needs are made one by one too. */
    private static Future<List<Response>> answers(RedisConnection connection, List<Request> part) {
        if (part.size() == 1) {
            return connection.send(part.getFirst()).map(RedisBatch::single);
        }
        return connection.batch(part).recover(refused -> {
            int middle = part.size() / 2;
            return answers(connection, part.subList(0, middle))
                    .compose(left -> answers(connection, part.subList(middle, part.size()))
                            .map(right -> joined(left, right)));
        });
    }

    /** The answer may be null. */
    private static List<Response> single(Response answer) {
        List<Response> one = new ArrayList<>(1);
        one.add(answer);
        return one;
    }

    private static List<Response> joined(List<Response> left, List<Response> right) {
        List<Response> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    private static Response asOne(List<Response> answers) {
        MultiType all = MultiType.create(answers.size(), false);
        answers.forEach(all::add);
        return all;
    }
}
