package dev.drover.lab.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline(1_000_000);

    @Test
    void whoComesBackGetsWhatItMissedAndNothingTwice() {
        timeline.sample(new JsonObject().put("n", 1));
        String seen = timeline.id(timeline.last());
        timeline.mark(new JsonObject().put("n", 2));
        timeline.sample(new JsonObject().put("n", 3));

        JsonObject missed = timeline.after(timeline.position(seen));

        assertThat(missed.getBoolean("complete")).isFalse();
        assertThat(missed.getJsonArray("samples")).hasSize(1);
        assertThat(missed.getJsonArray("samples").getJsonObject(0).getInteger("n"))
                .isEqualTo(3);
        assertThat(missed.getJsonArray("marks")).hasSize(1);
    }

    @Test
    void anIdOfAnotherRunOfTheLabIsNoPosition() {
        timeline.sample(new JsonObject());

        assertThat(timeline.position(new Timeline(2_000_000).id(1))).isZero();
        assertThat(timeline.position("nonsense")).isZero();
        assertThat(timeline.position(null)).isZero();
        assertThat(timeline.after(0).getBoolean("complete")).isTrue();
    }

    @Test
    void tenMinutesAreKeptAndNoMore() {
        for (int second = 0; second < 2 * Timeline.SAMPLES_MAX; second++) {
            timeline.sample(new JsonObject().put("n", second));
            timeline.mark(new JsonObject());
        }

        JsonObject all = timeline.after(0);
        assertThat(all.getJsonArray("samples")).hasSize(Timeline.SAMPLES_MAX);
        assertThat(all.getJsonArray("marks")).hasSize(Timeline.MARKS_MAX);
        assertThat(all.getJsonArray("samples").getJsonObject(0).getInteger("n")).isEqualTo(Timeline.SAMPLES_MAX);
    }
}
