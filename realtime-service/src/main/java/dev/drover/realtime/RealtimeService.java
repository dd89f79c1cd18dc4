package dev.drover.realtime;

import io.quarkus.runtime.annotations.QuarkusMain;

import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.ServiceLauncher;
import dev.drover.platform.config.Variable;
import dev.drover.realtime.channel.ChannelRules;

/** Live channels: any instance delivers to any socket. */
@QuarkusMain
public final class RealtimeService {

    private RealtimeService() {}

    public static void main(String... args) {
        ServiceLauncher.launch(contract(), args);
    }

    /** What it reads from its environment; the manifests are compared with it. */
    public static EnvironmentContract contract() {
        return EnvironmentContract.forEveryService()
                .withTokenVerification()
                .with(Variable.integer("REALTIME_SOCKETS_MAX", 1, 1_000_000).optional())
                .with(Variable.integer("REALTIME_HANDSHAKES_MAX", 1, 10_000).optional())
                .with(Variable.integer("REALTIME_UNAUTHENTICATED_MAX", 1, 1_000_000)
                        .optional())
                .with(Variable.integer("REALTIME_SOCKETS_PER_ACCOUNT", 1, 100_000)
                        .optional())
                .with(Variable.checked("REALTIME_CHANNEL_RULES", ChannelRules.EXPECTATION, ChannelRules::isValid)
                        .optional());
    }
}
