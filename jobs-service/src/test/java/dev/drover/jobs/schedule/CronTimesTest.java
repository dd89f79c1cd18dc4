package dev.drover.jobs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");

    /** Clocks go from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25 October 2026. */
    private static final Instant SPRING = Instant.parse("2026-03-29T01:00:00Z");

    private static final Instant AUTUMN = Instant.parse("2026-10-25T01:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "'*/15 * * * *', 2026-01-01T00:00:00Z, 2026-01-01T00:15:00Z",
        "'30 2 * * *', 2026-01-01T02:30:00Z, 2026-01-02T02:30:00Z",
        "'0 9 * * 1-5', 2026-01-02T09:00:00Z, 2026-01-05T09:00:00Z",
        "'0 0 * * 0', 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z",
        "'0 0 * * 7', 2026-01-01T00:00:00Z, 2026-01-04T00:00:00Z",
        "'0 0 * * MON', 2026-01-01T00:00:00Z, 2026-01-05T00:00:00Z",
        "'0 0 29 2 *', 2026-01-01T00:00:00Z, 2028-02-29T00:00:00Z",
        "'0 0 13 * 5', 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "'*/10 * * * * *', 2026-01-01T00:00:05Z, 2026-01-01T00:00:10Z",
        "'15 30 2 1 * *', 2026-01-01T02:30:15Z, 2026-02-01T02:30:15Z",
        "'0 12 31 12 *', 2026-12-31T12:00:00.001Z, 2027-12-31T12:00:00Z"
    })
    void theNextTimeIsTheFirstAfterward(String cron, Instant after, Instant next) {
        assertThat(CronTimes.parse(cron, ZoneId.of("UTC")).next(after)).contains(next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "a b c d e",
                "*/0 * * * *",
                "@daily",
                "5-1 * * * *"
            })
    void whatIsNoExpressionIsRefused(String text) {
        assertThatThrownBy(() -> CronTimes.parse(text, BERLIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTimeThatNeverComesHasNoNext() {
        assertThat(CronTimes.parse("0 0 30 2 *", BERLIN).next(SPRING)).isEqualTo(Optional.empty());
    }

    @Test
    void aTimeTheClockLeapsOverIsTheMomentOfTheLeap() {
        CronTimes times = CronTimes.parse("30 2 * * *", BERLIN);
        assertThat(walk(times, "2026-03-27T12:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactly(Instant.parse("2026-03-28T01:30:00Z"), SPRING, Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void timesInOneLeapAreOne() {
        CronTimes times = CronTimes.parse("0,20,40 2,3 * * *", BERLIN);
        assertThat(walk(times, "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"))
                .containsExactly(SPRING, SPRING.plus(20, ChronoUnit.MINUTES), SPRING.plus(40, ChronoUnit.MINUTES));
    }

    @Test
    void aTimeTheClockShowsTwiceIsItsFirstShowing() {
        CronTimes times = CronTimes.parse("30 2 * * *", BERLIN);
        assertThat(walk(times, "2026-10-24T12:00:00Z", "2026-10-27T00:00:00Z"))
                .containsExactly(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void whatIsForEveryHourGoesOnAtItsPaceThroughLeapAndRepetition() {
        CronTimes times = CronTimes.parse("*/30 * * * *", BERLIN);
        for (Instant change : List.of(SPRING, AUTUMN)) {
            List<Instant> walked = walk(
                    times,
                    change.minus(3, ChronoUnit.HOURS).toString(),
                    change.plus(3, ChronoUnit.HOURS).toString());
            assertThat(walked).hasSize(12);
            for (int i = 1; i < walked.size(); i++) {
                assertThat(ChronoUnit.MINUTES.between(walked.get(i - 1), walked.get(i)))
                        .isEqualTo(30);
            }
        }
    }

    @Test
    void aZoneThatMovesByHalfAnHourKeepsItsWallClock() {
        // Clocks go back from 02:00 to 01:30 on 5 April 2026; every hour's 0th minute is shown once.
        CronTimes times = CronTimes.parse("0 * * * *", LORD_HOWE);
        Instant change = Instant.parse("2026-04-04T15:00:00Z");
        List<Instant> walked = walk(
                times,
                change.minus(2, ChronoUnit.HOURS).toString(),
                change.plus(2, ChronoUnit.HOURS).toString());
        assertThat(walked).allSatisfy(time -> assertThat(
                        LocalDateTime.ofInstant(time, LORD_HOWE).getMinute())
                .isZero());
        assertThat(walked).contains(Instant.parse("2026-04-04T15:30:00Z"));
    }

    @Test
    void backwardsAndForwardsAreTheSameTimes() {
        for (String cron : List.of(
                "*/7 * * * *", "30 2 * * *", "0 */2 * * *", "0,20,40 2,3 * * *", "17 30 1 * * 0", "*/20 10 2 * * *")) {
            for (ZoneId zone : List.of(BERLIN, LORD_HOWE, ZoneId.of("UTC"), ZoneId.of("America/New_York"))) {
                CronTimes times = CronTimes.parse(cron, zone);
                for (String day : List.of(
                        "2026-03-29",
                        "2026-10-25",
                        "2026-04-05",
                        "2026-10-04",
                        "2026-03-08",
                        "2026-11-01",
                        "2026-06-15")) {
                    Instant from = Instant.parse(day + "T00:00:00Z").minus(12, ChronoUnit.HOURS);
                    Instant until = from.plus(2, ChronoUnit.DAYS);
                    assertThat(times.latest(from.plusNanos(1), until, 10_000))
                            .as("%s in %s on %s", cron, zone, day)
                            .isEqualTo(walk(times, from.toString(), until.toString()));
                }
            }
        }
    }

    @Test
    void ofManyTheLatestAreGiven() {
        CronTimes times = CronTimes.parse("* * * * * *", BERLIN);
        Instant until = Instant.parse("2026-06-01T00:00:00.500Z");
        assertThat(times.latest(Instant.parse("2026-01-01T00:00:00Z"), until, 3))
                .containsExactly(
                        Instant.parse("2026-05-31T23:59:58Z"),
                        Instant.parse("2026-05-31T23:59:59Z"),
                        Instant.parse("2026-06-01T00:00:00Z"));
    }

    private static List<Instant> walk(CronTimes times, String from, String until) {
        List<Instant> walked = new ArrayList<>();
        Optional<Instant> time = times.next(Instant.parse(from));
        while (time.isPresent() && !time.get().isAfter(Instant.parse(until))) {
            walked.add(time.get());
            time = times.next(time.get());
        }
        return walked;
    }
}
