package dev.drover.platform.jobs;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.Command;

import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisJobLinks implements JobLinks {

    private static final RedisScript LINK = RedisScript.load("job_link");
    private static final RedisScript RELEASE = RedisScript.load("job_release");

    private final RedisCalls redis;

    RedisJobLinks(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public LinkResult link(JobId parent, JobId child) {
        Response answer = redis.run(LINK, JobKeys.of(parent).all(), List.of(parent.toString(), child.toString()));
        String status = answer.get(0).toString();
        return switch (status) {
            case "linked" -> new LinkResult.Linked();
            case "ended" -> new LinkResult.Ended(answer.get(1).toString());
            case "unknown" -> new LinkResult.Unknown();
            default -> throw new IllegalStateException("job_link answered " + status);
        };
    }

    @Override
    public boolean release(JobId child, JobId parent, String endedAs) {
        JobKeys keys = JobKeys.of(child);
        Response answer =
                redis.run(RELEASE, keys.all(), List.of(child.toString(), parent.toString(), endedAs, keys.wake()));
        return answer.get(0).toString().equals("released");
    }

    @Override
    public List<JobId> dependents(JobId parent, int max) {
        Response members = redis.send(
                Command.ZRANGEBYLEX,
                JobKeys.of(parent).dependents(),
                "[" + parent + " ",
                "(" + parent + "!",
                "LIMIT",
                "0",
                Integer.toString(max));
        List<JobId> children = new ArrayList<>();
        for (Response member : members) {
            JobId.parse(member.toString().split(" ", 2)[1]).ifPresent(children::add);
        }
        return children;
    }

    @Override
    public void unlink(JobId parent, List<JobId> children) {
        List<String> args = new ArrayList<>();
        args.add(JobKeys.of(parent).dependents());
        children.forEach(child -> args.add(parent + " " + child));
        redis.send(Command.ZREM, args.toArray(String[]::new));
    }
}
