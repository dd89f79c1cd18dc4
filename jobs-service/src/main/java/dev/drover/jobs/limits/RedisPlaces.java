package dev.drover.jobs.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.vertx.mutiny.redis.client.Response;

import dev.drover.platform.jobs.JobKeys;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisPlaces implements Places {

    private static final RedisScript RESERVE = RedisScript.load("limit_reserve");
    private static final RedisScript ASSIGN = RedisScript.load("limit_assign");
    private static final RedisScript EXTEND = RedisScript.load("limit_extend");
    private static final RedisScript RELEASE = RedisScript.load("limit_release");

    private final RedisCalls redis;

    RedisPlaces(RedisCalls redis) {
        this.redis = redis;
    }

    @Override
    public Reservation reserve(LimitName limit, int wanted) {
        String name = UUID.randomUUID().toString();
        Response answer = redis.run(
                RESERVE,
                new LimitKeys(limit).all(),
                List.of(Integer.toString(wanted), Long.toString(RESERVED_FOR.toMillis()), name));
        if (answer.get(0).toString().equals("free")) {
            return new Reservation.Unlimited();
        }
        String again = answer.get(2).toString();
        return new Reservation.Granted(
                name,
                Integer.parseInt(answer.get(1).toString()),
                again.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(Long.parseLong(again))));
    }

    @Override
    public int assign(LimitName limit, Reservation.Granted reservation, Duration lease, List<String> places) {
        List<String> args =
                new ArrayList<>(List.of(reservation.name(), Integer.toString(reservation.places()), millis(lease)));
        args.addAll(places);
        return Integer.parseInt(
                redis.run(ASSIGN, new LimitKeys(limit).all(), args).get(1).toString());
    }

    @Override
    public void extend(LimitName limit, Duration lease, List<String> places) {
        List<String> args = new ArrayList<>(List.of(millis(lease)));
        args.addAll(places);
        redis.run(EXTEND, List.of(new LimitKeys(limit).held()), args);
    }

    @Override
    public void release(LimitName limit, List<String> places) {
        List<String> args = new ArrayList<>(List.of(JobKeys.WAKE_PREFIX));
        args.addAll(places);
        redis.run(RELEASE, new LimitKeys(limit).all(), args);
    }

    private static String millis(Duration lease) {
        return Long.toString(lease.plus(LONGER_THAN_A_LEASE).toMillis());
    }
}
