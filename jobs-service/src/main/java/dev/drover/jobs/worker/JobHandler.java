package dev.drover.jobs.worker;

/**
 * Carries out the jobs of one type. A CDI bean; it is called on a virtual thread and may block.
 *
 * <p>A job may be handed out again after its worker died or lost its lease, so what a handler does must be harmless when repeated, or be
 * fenced by {@link JobExecution#fencingToken()}, or be asked for only while {@link JobExecution#isLeaseHeld()}.
 */
public interface JobHandler {

    /** The type it handles, for example {@code media.process}. One handler per type; two stop the start. */
    String type();

    /**
     * Does the work. What it throws counts as {@link JobOutcome.Retry} with the exception's text; an {@link InterruptedException} after the
     * lease was lost counts as nothing at all, because the job is another worker's by then.
     */
    JobOutcome handle(JobExecution execution) throws Exception;
}
