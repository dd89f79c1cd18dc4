package dev.drover.realtime.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import dev.drover.platform.channels.ChannelLog.Position;
import dev.drover.realtime.delivery.Feed.CatchUp;
import dev.drover.realtime.delivery.WakeUp.Carried;

/** each follower gets every message once and in order, or a gap in its place. */
class FeedTest {

    private final Feed feed = new Feed(
            new FeedPolicy(3, 5, 1_000),
            (epoch, message) -> new Delivery(
                    message.offset(),
                    Frame.of("m" + message.offset() + message.data().replace("null", ""))));

    private final RecordingFollower follower = new RecordingFollower();

    @Test
    void aFollowerGetsWhatIsNewerThanItsSubscription() {
        feed.accept(slice("e", 2, 1, 2));
        assertThat(feed.join(follower, Optional.empty())).isFalse();
        feed.accept(slice("e", 4, 3, 4));
        assertThat(follower.told()).containsExactly("subscribed e:2", "m3", "m4");
    }

    @Test
    void aSliceThatComesTwiceIsDeliveredOnce() {
        feed.accept(slice("e", 0));
        feed.join(follower, Optional.empty());
        feed.accept(slice("e", 2, 1, 2));
        feed.accept(slice("e", 2, 1, 2));
        feed.accept(slice("e", 3, 2, 3));
        assertThat(follower.told()).containsExactly("subscribed e:0", "m1", "m2", "m3");
    }

    @Test
    void aHoleIsToldWhereItIs() {
        feed.accept(slice("e", 0));
        feed.join(follower, Optional.empty());
        feed.accept(slice("e", 6, 5, 6));
        assertThat(follower.told()).containsExactly("subscribed e:0", "gap e:4 history_trimmed", "m5", "m6");
    }

    @Test
    void aHistoryThatIsGoneAltogetherIsAGapToItsHead() {
        feed.accept(slice("e", 0));
        feed.join(follower, Optional.empty());
        assertThat(feed.accept(slice("e", 6))).isFalse();
        feed.accept(slice("e", 7, 7));
        assertThat(follower.told()).containsExactly("subscribed e:0", "gap e:6 history_trimmed", "m7");
    }

    @Test
    void aSliceThatEndsBeforeTheHeadAsksForMore() {
        feed.accept(slice("e", 0));
        assertThat(feed.accept(slice("e", 6, 1, 2, 3))).isTrue();
        assertThat(feed.accept(slice("e", 6, 4, 5, 6))).isFalse();
    }

    @Test
    void anotherEpochIsAGapAndIsReadFromItsBeginning() {
        feed.accept(slice("e", 3, 1, 2, 3));
        feed.join(follower, Optional.empty());
        assertThat(feed.accept(slice("f", 2))).isTrue();
        assertThat(feed.accept(slice("f", 2, 1, 2))).isFalse();
        assertThat(follower.told()).containsExactly("subscribed e:3", "gap f:0 epoch_changed", "m1", "m2");
    }

    @Test
    void aStoreThatWentBackIsAGap() {
        feed.accept(slice("e", 3, 1, 2, 3));
        feed.join(follower, Optional.empty());
        feed.accept(slice("e", 1));
        feed.accept(slice("e", 2, 2));
        assertThat(follower.told()).containsExactly("subscribed e:3", "gap e:1 position_ahead", "m2");
    }

    @Test
    void whoResumesWithinMemoryIsServedFromItPageByPage() {
        feed.accept(slice("e", 5, 1, 2, 3, 4, 5));
        assertThat(feed.join(follower, since("e", 1))).isTrue();
        assertThat(feed.nextPage(follower)).isInstanceOf(CatchUp.PageGiven.class);
        feed.accept(slice("e", 6, 6));
        assertThat(feed.nextPage(follower)).isInstanceOf(CatchUp.Done.class);
        feed.accept(slice("e", 7, 7));
        assertThat(follower.told()).containsExactly("recovered 1..e:5", "m2", "m3", "m4", "m5", "m6", "m7");
    }

    @Test
    void whoResumesFromFurtherBackNeedsTheHistory() {
        feed.accept(slice("e", 9, 5, 6, 7, 8, 9));
        assertThat(feed.join(follower, since("e", 2))).isTrue();
        assertThat(feed.nextPage(follower)).isEqualTo(new CatchUp.NeedsHistory(2));
        assertThat(feed.acceptPage(follower, slice("e", 9, 3, 4, 5))).isInstanceOf(CatchUp.PageGiven.class);
        assertThat(feed.nextPage(follower)).isInstanceOf(CatchUp.PageGiven.class);
        assertThat(feed.nextPage(follower)).isInstanceOf(CatchUp.Done.class);
        assertThat(follower.told()).containsExactly("recovered 2..e:9", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
    }

    @Test
    void aPageReadAheadOfTheFeedIsNotDeliveredAgain() {
        feed.accept(slice("e", 9, 7, 8, 9));
        feed.join(follower, since("e", 5));
        feed.nextPage(follower);
        feed.acceptPage(follower, slice("e", 11, 6, 7, 8, 9, 10, 11));
        feed.nextPage(follower);
        feed.accept(slice("e", 12, 10, 11, 12));
        assertThat(follower.told()).containsExactly("recovered 5..e:9", "m6", "m7", "m8", "m9", "m10", "m11", "m12");
    }

    @Test
    void aPositionTheHistoryNoLongerReachesIsAGapAndGoesOnLive() {
        feed.accept(slice("e", 9, 5, 6, 7, 8, 9));
        feed.join(follower, since("e", 1));
        feed.nextPage(follower);
        feed.acceptPage(follower, slice("e", 9, 4, 5, 6));
        feed.accept(slice("e", 10, 10));
        assertThat(follower.told()).containsExactly("gap e:9 history_trimmed", "m10");
    }

    @Test
    void anEpochThatEndsDuringCatchingUpIsAGap() {
        feed.accept(slice("e", 5, 1, 2, 3, 4, 5));
        feed.join(follower, since("e", 0));
        feed.nextPage(follower);
        feed.accept(slice("f", 1));
        feed.accept(slice("f", 1, 1));
        assertThat(feed.nextPage(follower)).isInstanceOf(CatchUp.Done.class);
        assertThat(follower.told())
                .containsExactly("recovered 0..e:5", "m1", "m2", "m3", "gap f:0 epoch_changed", "m1");
    }

    @Test
    void positionsThatCannotBeAreGaps() {
        feed.accept(slice("e", 5, 1, 2, 3, 4, 5));
        feed.join(follower, since("e", 6));
        RecordingFollower other = new RecordingFollower();
        feed.join(other, since("d", 5));
        assertThat(follower.told()).containsExactly("gap e:5 position_ahead");
        assertThat(other.told()).containsExactly("gap e:5 epoch_changed");
    }

    @Test
    void theNextMessageNeedsNoReading() {
        feed.accept(slice("e", 1, 1));
        feed.join(follower, Optional.empty());
        assertThat(feed.hear(carried("e", 2))).isTrue();
        assertThat(feed.hear(carried("e", 3))).isTrue();
        feed.accept(slice("e", 4, 4));
        assertThat(follower.told()).containsExactly("subscribed e:1", "m2", "m3", "m4");
    }

    @Test
    void whatComesByItselfAgainOrWasReadBeforeIsDeliveredOnce() {
        feed.accept(slice("e", 0));
        feed.join(follower, Optional.empty());
        assertThat(feed.hear(carried("e", 1))).isTrue();
        assertThat(feed.hear(carried("e", 1))).isTrue();
        feed.accept(slice("e", 3, 2, 3));
        assertThat(feed.hear(carried("e", 2))).isTrue();
        assertThat(feed.hear(carried("e", 1))).isTrue();
        assertThat(follower.told()).containsExactly("subscribed e:0", "m1", "m2", "m3");
    }

    @Test
    void afterAHoleOrInAnotherEpochOnlyTheHistoryKnows() {
        assertThat(feed.hear(carried("e", 1))).as("nothing was read yet").isFalse();
        feed.accept(slice("e", 1, 1));
        feed.join(follower, Optional.empty());
        assertThat(feed.hear(carried("e", 3))).as("2 is missing").isFalse();
        assertThat(feed.hear(carried("f", 2))).as("another epoch").isFalse();
        feed.accept(slice("e", 3, 2, 3));
        assertThat(follower.told()).containsExactly("subscribed e:1", "m2", "m3");
    }

    @Test
    void anotherMessageInTheSamePlaceMeansThatTheStoreLostTheFirst() {
        feed.accept(slice("e", 3, 1, 2, 3));
        feed.join(follower, Optional.empty());
        assertThat(feed.hear(carried("e", 3, "-other"))).isFalse();
        assertThat(feed.position()).contains(new Position("e", 2));
        feed.accept(slice("e", 4, 3, 4));
        assertThat(follower.told()).containsExactly("subscribed e:3", "gap e:2 position_ahead", "m3", "m4");
    }

    @Test
    void whatIsOlderThanMemoryIsLeftToTheHistory() {
        feed.accept(slice("e", 9, 5, 6, 7, 8, 9));
        feed.join(follower, Optional.empty());
        assertThat(feed.hear(carried("e", 4))).isFalse();
        feed.accept(slice("e", 9));
        assertThat(follower.told()).containsExactly("subscribed e:9");
    }

    @Test
    void whoCatchesUpGetsWhatComesByItselfInItsPlace() {
        feed.accept(slice("e", 5, 1, 2, 3, 4, 5));
        assertThat(feed.join(follower, since("e", 1))).isTrue();
        feed.nextPage(follower);
        assertThat(feed.hear(carried("e", 6))).isTrue();
        feed.nextPage(follower);
        assertThat(feed.hear(carried("e", 7))).isTrue();
        assertThat(follower.told()).containsExactly("recovered 1..e:5", "m2", "m3", "m4", "m5", "m6", "m7");
    }

    @Test
    void whoLeftHearsNothing() {
        feed.accept(slice("e", 0));
        feed.join(follower, Optional.empty());
        feed.leave(follower);
        feed.accept(slice("e", 1, 1));
        assertThat(feed.nextPage(follower)).isInstanceOf(CatchUp.Done.class);
        assertThat(follower.told()).containsExactly("subscribed e:0");
    }

    private static Optional<Position> since(String epoch, long offset) {
        return Optional.of(new Position(epoch, offset));
    }

    private static Carried carried(String epoch, long offset) {
        return carried(epoch, offset, "null");
    }

    private static Carried carried(String epoch, long offset, String data) {
        return new Carried(
                epoch, new ChannelMessage(offset, "id" + offset, data, "usr_a", Instant.EPOCH, Optional.empty()));
    }

    static Slice slice(String epoch, long head, long... offsets) {
        List<ChannelMessage> messages = LongStream.of(offsets)
                .mapToObj(offset ->
                        new ChannelMessage(offset, "id" + offset, "null", "usr_a", Instant.EPOCH, Optional.empty()))
                .toList();
        return new Slice(new Position(epoch, head), messages);
    }
}
