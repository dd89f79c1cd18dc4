package dev.drover.auth.device;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import dev.drover.auth.mail.MailKeys;
import dev.drover.auth.mail.OutgoingMail;
import dev.drover.platform.redis.RedisCalls;
import dev.drover.platform.redis.RedisScript;

@Singleton
final class RedisSeenDeviceStore implements SeenDeviceStore {

    private final RedisScript seeDevice = RedisScript.load("see_device");
    private final RedisScript rememberDevice = RedisScript.load("remember_device");
    private final RedisCalls redis;
    private final DeviceConfig config;

    RedisSeenDeviceStore(RedisCalls redis, DeviceConfig config) {
        this.redis = redis;
        this.config = config;
    }

    @Override
    public boolean isKnown(String account, String place) {
        String outcome = redis.run(seeDevice, List.of(DeviceKeys.devices(account)), List.of(place, memoryMillis()))
                .get(0)
                .toString();
        return switch (outcome) {
            case "known" -> true;
            case "new" -> false;
            default -> throw new IllegalStateException("see_device answered " + outcome);
        };
    }

    @Override
    public void remember(String account, String place, OutgoingMail letter) {
        List<String> args = new ArrayList<>(
                List.of(place, memoryMillis(), Integer.toString(config.max()), letter.lifetimeMillis()));
        args.addAll(letter.letterArgs());
        args.addAll(letter.jobArgs());
        redis.run(
                rememberDevice,
                List.of(
                        DeviceKeys.devices(account),
                        MailKeys.outbox(account),
                        letter.key().toString()),
                args);
    }

    private String memoryMillis() {
        return Long.toString(config.memory().toMillis());
    }
}
