package dev.drover.audit.rule;

import java.util.Set;
import java.util.function.Consumer;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;

import dev.drover.audit.AuditSettings;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.code.Codebase;

/** Thread pools: what is handed to one waits in memory. */
final class WorkQueueRule implements Rule {

    private static final CallTable POOLS = CallTable.of()
            .calls(
                    "java.util.concurrent.Executors",
                    "newFixedThreadPool",
                    "newSingleThread*",
                    "newCachedThreadPool",
                    "newWorkStealingPool",
                    "newScheduled*")
            .calls("java.util.concurrent.ThreadPoolExecutor", "new")
            .calls("java.util.concurrent.ScheduledThreadPoolExecutor", "new")
            .calls("java.util.concurrent.ForkJoinPool", "new")
            .calls("org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor", "new");

    @Override
    public String id() {
        return "work-queue";
    }

    @Override
    public String forbids() {
        return "let work wait in a thread pool of their own";
    }

    @Override
    public Set<String> excuses() {
        return Set.of("ProcessLocal", "LocalTick");
    }

    @Override
    public void inspect(JavaClass type, Codebase code, AuditSettings settings, Consumer<Observation> found) {
        for (JavaAccess<?> access : code.accessesFrom(type)) {
            if (POOLS.contains(access)) {
                String what = "makes a thread pool (%s): what is handed to it waits in memory"
                        .formatted(CallTable.name(access));
                found.accept(Observation.of(ChecklistItem.JOBS, access, what));
            }
        }
        for (JavaMethod method : type.getMethods()) {
            Names.annotation(method, Set.of("Async", "Asynchronous"))
                    .filter(name -> method.getRawReturnType().getName().equals("void"))
                    .ifPresent(name -> found.accept(Observation.of(
                            ChecklistItem.JOBS,
                            method,
                            "is @" + name + " and void: nobody knows when the work is lost")));
        }
    }
}
