package dev.drover.realtime.presence;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import dev.drover.platform.channels.ChannelName;
import dev.drover.realtime.presence.PresenceStore.Page;
import dev.drover.realtime.presence.PresenceStore.Present;

/** Who follows a channel over all instances: right within the length of a lease, whatever became of any of them. */
@Singleton
public final class PresenceReader {

    private final PresenceStore store;
    private final Presences here;

    PresenceReader(PresenceStore store, Presences here) {
        this.store = store;
        this.here = here;
    }

    /**
     * A page in the order of the accounts' ids. What this instance has yet to say is said first, so that whoever follows through it finds itself, and
     * what dead instances said is taken back.
     */
    public Attendance read(ChannelName channel, String after, int limit) {
        here.sayNow(channel);
        Page page = store.read(channel, after, limit);
        while (!page.expired().isEmpty()) {
            page.expired().forEach(dead -> Presences.sweepAll(store, channel, dead, false));
            page = store.read(channel, after, limit);
        }
        List<Member> members = page.members().stream().map(Member::of).toList();
        return new Attendance(
                page.total(),
                members,
                members.size() < limit
                        ? Optional.empty()
                        : Optional.of(members.getLast().sub()));
    }

    /**
     * @param total   members in all
     * @param members of this page
     * @param next    where the next page begins; empty for the last one
     */
    public record Attendance(long total, List<Member> members, Optional<String> next) {}

    /** An account and its connections over all instances. */
    public record Member(String sub, int connections) {

        static Member of(Present present) {
            return new Member(present.sub(), present.connections());
        }
    }
}
