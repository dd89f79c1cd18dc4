package dev.drover.lab.prove.audit;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.drover.lab.prove.client.PublicApi;
import dev.drover.lab.prove.herd.Member;

/**
 * The instances that are ready. An autoscaler, a rollout or a supervisor may take one away while it is asked; then another of its service is asked in
 * its place, for all of a service know the same.
 */
final class Members {
    private static final long LOOK_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Who there is now, ready or not. */
    interface Look {
        List<Member> members() throws IOException, InterruptedException;
    }

    private final Look look;
    private volatile Map<String, List<Member>> ready;
    private long lookedNanos;

    Members(Look look) throws IOException, InterruptedException {
        this.look = look;
        this.ready = ready();
        this.lookedNanos = System.nanoTime() - LOOK_PAUSE_NANOS;
    }

    List<Member> of(String service) {
        return ready.getOrDefault(service, List.of());
    }

    /** The member's, for as long as it is there. */
    PublicApi.Address addressOf(Member member) {
        return new PublicApi.Address() {
            private Member asked;

            @Override
            public URI next() throws InterruptedException {
                asked = asked == null ? member : replacement(asked);
                return asked.url();
            }
        };
    }

    private Member replacement(Member asked) throws InterruptedException {
        look();
        List<Member> there = of(asked.service());
        return there.isEmpty() || there.contains(asked)
                ? asked
                : there.get(Math.floorMod(asked.id().hashCode(), there.size()));
    }

    private synchronized void look() throws InterruptedException {
        if (System.nanoTime() - lookedNanos < LOOK_PAUSE_NANOS) {
            return;
        }
        try {
            ready = ready();
        } catch (IOException e) {
            // What was seen last is as good as it gets; whoever asks comes again.
        }
        lookedNanos = System.nanoTime();
    }

    private Map<String, List<Member>> ready() throws IOException, InterruptedException {
        return look.members().stream().filter(Member::isReady).collect(Collectors.groupingBy(Member::service));
    }
}
