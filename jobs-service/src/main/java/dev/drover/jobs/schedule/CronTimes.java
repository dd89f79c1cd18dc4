package dev.drover.jobs.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.field.expression.Every;
import com.cronutils.model.field.expression.FieldExpression;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

/**
 * The times a cron expression names, by the clocks of a time zone. Five fields (minute hour day-of-month month day-of-week), or six with
 * seconds first; when both days are restricted, either is enough, as in cron.
 *
 * <p>When clocks change, an expression that names hours means what a clock on the wall shows: a time the wall clock leaps over is the moment
 * of the leap, and a time it shows twice is its first showing. An expression for every hour means the time that passes: it goes on at its
 * pace through both.
 */
final class CronTimes {

    static final String EXPECTED =
            "must be a cron expression of five fields (minute hour day month weekday) or six (second first), such as 30 2 * * 1-5";

    private static final CronDefinition FIVE = days(CronDefinitionBuilder.defineCron());
    private static final CronDefinition SIX = days(
            CronDefinitionBuilder.defineCron().withSeconds().withStrictRange().and());

    private static final int EXPRESSION_CHARS_MAX = 120;
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    /** After a change of clocks local times go on to be ambiguous for no longer than this. */
    private static final Duration NEAR = Duration.ofDays(1);

    private final ExecutionTime times;
    private final ZoneRules rules;
    private final boolean everyHour;

    private CronTimes(Cron cron, ZoneId zone) {
        this.times = ExecutionTime.forCron(cron);
        this.rules = zone.getRules();
        this.everyHour = isEvery(cron.retrieve(CronFieldName.HOUR).getExpression());
    }

    private static CronDefinition days(CronDefinitionBuilder builder) {
        return builder.withMinutes()
                .withStrictRange()
                .and()
                .withHours()
                .withStrictRange()
                .and()
                .withDayOfMonth()
                .withStrictRange()
                .and()
                .withMonth()
                .withStrictRange()
                .and()
                .withDayOfWeek()
                .withValidRange(0, 7)
                .withMondayDoWValue(1)
                .withIntMapping(7, 0)
                .withStrictRange()
                .and()
                .instance();
    }

    private static boolean isEvery(FieldExpression hours) {
        return hours instanceof Always
                || hours instanceof Every every
                        && every.getExpression() instanceof Always
                        && every.getPeriod().getValue() == 1;
    }

    /** @throws IllegalArgumentException it is no expression, or one that never comes true */
    static CronTimes parse(String expression, ZoneId zone) {
        String text = expression.strip();
        int fields = text.split("\\s+").length;
        if (text.length() > EXPRESSION_CHARS_MAX || fields != 5 && fields != 6) {
            throw new IllegalArgumentException(EXPECTED);
        }
        try {
            Cron cron = new CronParser(fields == 5 ? FIVE : SIX).parse(text).validate();
            return new CronTimes(cron, zone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
    }

    /** The first time after that one; empty when there is none, as for the 30th of February. */
    Optional<Instant> next(Instant after) {
        return everyHour ? nextByPace(after) : nextByWall(after);
    }

    /** The latest {@code max} of the times from {@code from} to {@code until}, both included, in their order. */
    List<Instant> latest(Instant from, Instant until, int max) {
        Deque<Instant> found = new ArrayDeque<>();
        Optional<Instant> time = last(until);
        while (time.isPresent() && !time.get().isBefore(from) && found.size() < max) {
            found.addFirst(time.get());
            time = last(time.get().minusNanos(1));
        }
        return List.copyOf(found);
    }

    private Optional<Instant> last(Instant until) {
        return everyHour ? lastByPace(until) : lastByWall(until);
    }

    private Optional<Instant> nextByWall(Instant after) {
        LocalDateTime wall = LocalDateTime.ofInstant(after, rules.getOffset(after));
        Optional<LocalDateTime> candidate = nextOnTheWall(wall);
        while (candidate.isPresent()) {
            Instant time = shown(candidate.get());
            if (time.isAfter(after)) {
                return Optional.of(time);
            }
            candidate = nextOnTheWall(candidate.get());
        }
        return Optional.empty();
    }

    private Optional<Instant> lastByWall(Instant until) {
        // In the second showing of an hour, the first showing of all of it lies behind.
        ZoneOffsetTransition change = rules.previousTransition(until.plusNanos(1));
        Duration again =
                change != null && change.isOverlap() && change.getInstant().isAfter(until.minus(NEAR))
                        ? change.getDuration().abs()
                        : Duration.ZERO;
        LocalDateTime wall = LocalDateTime.ofInstant(until, rules.getOffset(until))
                .plus(again)
                .plusNanos(1);
        Optional<LocalDateTime> candidate = lastOnTheWall(wall);
        while (candidate.isPresent()) {
            Instant time = shown(candidate.get());
            if (!time.isAfter(until)) {
                return Optional.of(time);
            }
            candidate = lastOnTheWall(candidate.get());
        }
        return Optional.empty();
    }

    /** When a wall clock shows it first, or leaps over it. */
    private Instant shown(LocalDateTime wall) {
        ZoneOffsetTransition change = rules.getTransition(wall);
        return change != null && change.isGap()
                ? change.getInstant()
                : wall.toInstant(rules.getValidOffsets(wall).getFirst());
    }

    private Optional<Instant> nextByPace(Instant after) {
        Instant from = after;
        while (true) {
            ZoneOffset offset = rules.getOffset(from);
            ZoneOffsetTransition change = rules.nextTransition(from);
            Optional<Instant> time = times.nextExecution(from.atZone(offset)).map(ZonedDateTime::toInstant);
            if (change == null || time.isEmpty() || time.get().isBefore(change.getInstant())) {
                return time;
            }
            // At the change itself, by the new offset.
            ZonedDateTime changed = change.getInstant().atZone(change.getOffsetAfter());
            if (times.isMatch(changed)) {
                return Optional.of(change.getInstant());
            }
            from = change.getInstant();
        }
    }

    private Optional<Instant> lastByPace(Instant until) {
        // Nothing finer than a second is named, and the end counts.
        Instant before = until.plus(ONE_SECOND).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        while (true) {
            ZoneOffsetTransition change = rules.previousTransition(before);
            ZoneOffset offset = rules.getOffset(before.minusNanos(1));
            Optional<Instant> time = times.lastExecution(before.atZone(offset)).map(ZonedDateTime::toInstant);
            if (change == null || time.isEmpty() || !time.get().isBefore(change.getInstant())) {
                return time;
            }
            before = change.getInstant();
        }
    }

    private Optional<LocalDateTime> nextOnTheWall(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    private Optional<LocalDateTime> lastOnTheWall(LocalDateTime before) {
        return times.lastExecution(before.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
}
