package dev.drover.jobs.erasure;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import dev.drover.jobs.demo.AccountCounters;
import dev.drover.jobs.job.AccountJobs;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;
import dev.drover.platform.erasure.AccountTraces;
import dev.drover.platform.erasure.Erasure;
import dev.drover.platform.erasure.ErasureJob;
import dev.drover.platform.erasure.ErasureStep;
import dev.drover.platform.erasure.Erasures;

/**
 * {@code profile.erase}: takes away all there is of a user. May be cut off anywhere: every step may be repeated, what is done is noted in the
 * erasure, and a later run goes on behind it.
 */
final class EraseHandler implements JobHandler {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Erasures erasures;
    private final AccountTraces traces;
    private final AccountFiles files;
    private final AccountJobs jobs;
    private final AccountCounters counters;
    private final ErasureConfig config;

    EraseHandler(
            Erasures erasures,
            AccountTraces traces,
            AccountFiles files,
            AccountJobs jobs,
            AccountCounters counters,
            ErasureConfig config) {
        this.erasures = erasures;
        this.traces = traces;
        this.files = files;
        this.jobs = jobs;
        this.counters = counters;
        this.config = config;
    }

    @Override
    public String type() {
        return ErasureJob.TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws InterruptedException {
        Optional<String> named = ErasureJob.erasure(execution.payload());
        if (named.isEmpty()) {
            return new JobOutcome.Dead("the payload names no erasure");
        }
        Optional<Erasure> erasure = erasures.find(named.get());
        if (erasure.isEmpty() || erasure.get().account().isEmpty()) {
            return new JobOutcome.Succeeded(null);
        }
        String account = erasure.get().account().get();
        Set<ErasureStep> left = EnumSet.allOf(ErasureStep.class);
        left.removeAll(erasure.get().done());
        for (ErasureStep step : left) {
            if (!execution.isLeaseHeld()) {
                return new JobOutcome.Retry("the lease was lost");
            }
            if (!carryOut(step, account, execution)) {
                return new JobOutcome.Retry("auth-service has not erased the account yet");
            }
            erasures.done(named.get(), step);
            execution.progress(100 * (step.ordinal() + 1) / ErasureStep.values().length);
        }
        erasures.finish(erasure.get());
        return new JobOutcome.Succeeded(null);
    }

    /** False when it has to be tried again later. */
    private boolean carryOut(ErasureStep step, String account, JobExecution execution) throws InterruptedException {
        switch (step) {
            case ACCOUNT -> {
                return isAccountErased(account, execution);
            }
            case MEDIA -> files.erase(account);
            case JOBS -> {
                jobs.erase(account);
                counters.erase(account);
            }
            case ROOMS -> traces.leaveRooms(account);
            case PROFILE -> traces.eraseProfile(account);
        }
        return true;
    }

    private boolean isAccountErased(String account, JobExecution execution) throws InterruptedException {
        traces.askForTheEndOfTheAccount(account);
        long endNanos = System.nanoTime() + config.accountWithin().toNanos();
        while (!traces.isAccountErased(account)) {
            if (System.nanoTime() - endNanos >= 0 || !execution.isLeaseHeld()) {
                return false;
            }
            Thread.sleep(LOOK_EVERY);
        }
        return true;
    }
}
