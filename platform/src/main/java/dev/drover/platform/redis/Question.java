package dev.drover.platform.redis;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

import dev.drover.platform.redis.RedisTransport.Exchange;

/**
 * What a call asks of Redis.
 *
 * @param name    of the command or the script, as in metrics
 * @param request what to send; a new one for each attempt
 * @param inFull  what to send when Redis does not know the script, which it asks for by its digest; null for a command
 * @param reads   it changes nothing, so a repeat is harmless
 */
record Question(String name, Supplier<Exchange> request, Supplier<Exchange> inFull, boolean reads) {

    /** Commands that change nothing, so that a repeat is harmless. */
    private static final Set<Command> READS = Set.of(
            Command.PING,
            Command.GET,
            Command.MGET,
            Command.EXISTS,
            Command.TTL,
            Command.PTTL,
            Command.HGET,
            Command.HMGET,
            Command.HGETALL,
            Command.HLEN,
            Command.SMEMBERS,
            Command.SCARD,
            Command.ZCARD,
            Command.ZRANGE,
            Command.ZREVRANGEBYLEX,
            Command.XLEN,
            Command.XRANGE,
            Command.XREVRANGE);

    static Question command(Command command, String... args) {
        return new Question(command.toString(), () -> exchange(request(command, args)), null, READS.contains(command));
    }

    static Question script(RedisScript script, List<String> keys, List<String> args) {
        return new Question(
                script.name(),
                () -> exchange(evaluation(Command.EVALSHA, script.sha1(), keys, args)),
                () -> exchange(evaluation(Command.EVAL, script.source(), keys, args)),
                false);
    }

    /** The same fields of each, as one message. */
    static Question hashes(List<String> keys, String... fields) {
        return new Question(
                "hmget batch",
                () -> new RedisBatch(keys.stream()
                        .map(key -> request(Command.HMGET, with(key, fields)))
                        .toList()),
                null,
                true);
    }

    private static String[] with(String key, String... fields) {
        return Stream.concat(Stream.of(key), Stream.of(fields)).toArray(String[]::new);
    }

    private static Exchange exchange(Request request) {
        return connection -> connection.send(request);
    }

    private static Request request(Command command, String... args) {
        Request request = Request.cmd(command);
        for (String arg : args) {
            request.arg(arg);
        }
        return request;
    }

    private static Request evaluation(Command command, String script, List<String> keys, List<String> args) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        args.forEach(request::arg);
        return request;
    }
}
