package dev.drover.realtime.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.realtime.delivery.Follower.GapReason;
import dev.drover.realtime.delivery.WakeUp.Carried;

/**
 * One channel as this instance follows it: the position up to which it has read, the newest messages, and who follows. It takes slices of
 * the history and messages that came by themselves, however late, doubled or incomplete, and gives every follower each message once and in order,
 * or a gap in its place.
 *
 * <p>A follower is <em>live</em> when it stands at the feed's position: it gets what the feed reads, as it is read. One that resumes from
 * further back first catches up page by page at its own pace ({@link #nextPage}); it becomes live in the same locked step in which it is found
 * to stand at the position, so nothing falls between.
 */
final class Feed {

    private final ReentrantLock lock = new ReentrantLock();
    private final BiFunction<String, ChannelMessage, Delivery> render;
    private final FeedPolicy policy;
    private final Tail tail;
    private final Map<Follower, Member> members = new LinkedHashMap<>();
    private String epoch;
    private long position;

    Feed(FeedPolicy policy, BiFunction<String, ChannelMessage, Delivery> render) {
        this.policy = policy;
        this.render = render;
        this.tail = new Tail(policy.tailMessages(), policy.tailBytes());
    }

    /** How far the feed has read; empty before the first slice. */
    Optional<Position> position() {
        lock.lock();
        try {
            return epoch == null ? Optional.empty() : Optional.of(here());
        } finally {
            lock.unlock();
        }
    }

    /** Takes what was read and gives it to the live followers. True when the channel is further on than the slice reaches. */
    boolean accept(Slice slice) {
        lock.lock();
        try {
            if (epoch == null) {
                begin(slice);
                return false;
            }
            if (!slice.head().epoch().equals(epoch)) {
                // The slice was asked for by an offset of the old epoch: the new one is read from its beginning.
                resumeAt(new Position(slice.head().epoch(), 0), GapReason.EPOCH_CHANGED);
                return slice.head().offset() > 0;
            }
            if (slice.head().offset() < position) {
                // Reads come one at a time, so this is no late answer: the store lost what it had acknowledged.
                resumeAt(slice.head(), GapReason.POSITION_AHEAD);
                return false;
            }
            slice.messages().forEach(this::take);
            boolean more = position < slice.head().offset();
            if (more && slice.messages().isEmpty()) {
                skipTo(slice.head().offset());
                return false;
            }
            return more;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a message that came by itself. False when it is not known what stands before it, so that the history has to be read. One that was had
     * already is nothing new, unless it is another one in the same place: then the store lost what it had acknowledged.
     */
    boolean hear(Carried carried) {
        lock.lock();
        try {
            ChannelMessage message = carried.message();
            if (!carried.epoch().equals(epoch) || message.offset() > position + 1) {
                return false;
            }
            if (message.offset() <= position) {
                return isKnown(message);
            }
            take(message);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isKnown(ChannelMessage message) {
        Optional<Delivery> known = tail.at(message.offset());
        boolean isSame = known.isPresent() && known.get().equals(render.apply(epoch, message));
        if (known.isPresent() && !isSame) {
            resumeAt(new Position(epoch, message.offset() - 1), GapReason.POSITION_AHEAD);
        }
        return isSame;
    }

    /** The first slice: the newest messages, for those who come back. Nobody follows yet. */
    private void begin(Slice slice) {
        epoch = slice.head().epoch();
        position = slice.head().offset();
        long next = position - slice.messages().size() + 1;
        for (ChannelMessage message : slice.messages()) {
            if (message.offset() == next) {
                tail.add(render.apply(epoch, message));
                next++;
            }
        }
        if (next != position + 1) {
            // Not the newest messages up to the head, so not what a tail is.
            tail.clear();
        }
    }

    private void take(ChannelMessage message) {
        if (message.offset() <= position) {
            return;
        }
        if (message.offset() > position + 1) {
            skipTo(message.offset() - 1);
        }
        Delivery delivery = render.apply(epoch, message);
        position = delivery.offset();
        tail.add(delivery);
        for (Member member : members.values()) {
            if (member.live) {
                member.take(delivery);
            }
        }
    }

    /** The history is another one than it was: whoever follows or catches up goes on from there. */
    private void resumeAt(Position at, GapReason reason) {
        epoch = at.epoch();
        position = at.offset();
        tail.clear();
        members.values().forEach(member -> member.gap(at, reason));
    }

    private void skipTo(long offset) {
        position = offset;
        tail.clear();
        members.values().stream()
                .filter(member -> member.live && member.cursor < offset)
                .forEach(member -> member.gap(here(), GapReason.HISTORY_TRIMMED));
    }

    /** Lets a follower in. The feed must have read a slice that is younger than the follower's wish. True: it has to catch up first. */
    boolean join(Follower follower, Optional<Position> since) {
        lock.lock();
        try {
            Member member = new Member(follower);
            members.put(follower, member);
            if (since.isEmpty()) {
                follower.subscribed(here());
                member.goLiveAt(position);
                return false;
            }
            Position from = since.get();
            if (!from.epoch().equals(epoch)) {
                member.gap(here(), GapReason.EPOCH_CHANGED);
                return false;
            }
            if (from.offset() > position) {
                member.gap(here(), GapReason.POSITION_AHEAD);
                return false;
            }
            if (from.offset() == position) {
                follower.recovered(from, here());
                member.goLiveAt(position);
                return false;
            }
            member.catchUpFrom(epoch, from.offset());
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(Follower follower) {
        lock.lock();
        try {
            members.remove(follower);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a follower that catches up its next page from memory, or says what stands in the way. */
    CatchUp nextPage(Follower follower) {
        lock.lock();
        try {
            Member member = members.get(follower);
            if (member == null || member.live) {
                return new CatchUp.Done();
            }
            if (member.cursor < position && !tail.continues(member.cursor)) {
                return new CatchUp.NeedsHistory(member.cursor);
            }
            member.announce(here());
            tail.after(member.cursor, policy.pageMessages()).forEach(member::take);
            if (member.cursor >= position) {
                member.goLiveAt(position);
                return new CatchUp.Done();
            }
            return new CatchUp.PageGiven();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a follower that catches up a page that was read from the history for it. */
    CatchUp acceptPage(Follower follower, Slice page) {
        lock.lock();
        try {
            Member member = members.get(follower);
            if (member == null || member.live) {
                return new CatchUp.Done();
            }
            List<ChannelMessage> messages = page.messages();
            if (!page.head().epoch().equals(epoch)) {
                member.gap(here(), GapReason.EPOCH_CHANGED);
                return new CatchUp.Done();
            }
            if (messages.isEmpty() || messages.getFirst().offset() != member.cursor + 1) {
                member.gap(here(), GapReason.HISTORY_TRIMMED);
                return new CatchUp.Done();
            }
            member.announce(here());
            for (ChannelMessage message : messages) {
                if (message.offset() == member.cursor + 1) {
                    member.take(render.apply(epoch, message));
                }
            }
            return new CatchUp.PageGiven();
        } finally {
            lock.unlock();
        }
    }

    private Position here() {
        return new Position(epoch, position);
    }

    /** How far a follower that catches up has come. */
    sealed interface CatchUp {
        /** It is live, or gone. */
        record Done() implements CatchUp {}

        record PageGiven() implements CatchUp {}

        /** Memory does not reach back: read the history after the offset. */
        record NeedsHistory(long after) implements CatchUp {}
    }
}
