package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Timers that every instance runs, or none. */
final class ScheduleRule implements Rule {

    private static final Set<String> ANNOTATIONS = Set.of("Scheduled", "Schedule", "Schedules");
    private static final CallTable TIMERS = CallTable.of()
            .calls("java.util.Timer", "schedule*")
            .calls("java.util.concurrent.ScheduledExecutorService", "schedule*")
            .calls("io.vertx.core.Vertx", "setPeriodic", "setTimer", "periodicStream", "timerStream", "timer")
            .calls("io.vertx.mutiny.core.Vertx", "setPeriodic", "setTimer")
            .calls("io.quarkus.scheduler.Scheduler", "newJob")
            .calls("org.quartz.Scheduler", "scheduleJob*")
            .calls("org.springframework.scheduling.TaskScheduler", "schedule*")
            .calls("jakarta.ejb.TimerService", "create*")
            .calls("io.smallrye.mutiny.groups.MultiCreate", "ticks");

    @Override
    public String id() {
        return "schedule";
    }

    @Override
    public String forbids() {
        return "run timers without a claim for the whole cluster";
    }

    @Override
    public Set<String> excuses() {
        return Marks.TICK;
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaMethod method : type.getMethods()) {
            Names.annotation(method, ANNOTATIONS)
                    .ifPresent(name -> found.accept(Observation.of(
                            ChecklistItem.JOBS,
                            method,
                            "is @" + name + " on every instance, and nothing claims the tick")));
        }
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (TIMERS.contains(access)) {
                String what = "sets a timer in this process: " + CallTable.name(access);
                found.accept(Observation.of(ChecklistItem.JOBS, access, what));
            }
        }
    }
}
