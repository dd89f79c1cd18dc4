package dev.drover.audit;

import java.util.Locale;

/** The lines of the usual checklist for a service that must survive the loss of an instance and the arrival of another. */
public enum ChecklistItem {
    SESSIONS(
            "Sessions",
            "is who is logged in kept outside the process?",
            "Other instances do not know it, and this one forgets it when it is killed.",
            "Keep the session in Redis with a TTL, named by a cookie or token."),
    AUTH(
            "Auth",
            "can every instance check every request by itself?",
            "What one instance grants or revokes, the others do not know, and a restart forgets.",
            "Sign with keys that all instances are given; keep revocations, codes and token families in Redis with a TTL."),
    FILES(
            "Files",
            "do bytes go to an object store?",
            "A file on one instance's disk is not on the others', and goes with the pod.",
            "Put the bytes in an object store (S3), best straight from the client by a presigned URL."),
    CACHE(
            "Cache",
            "is what a process remembers only ever a copy?",
            "Each instance remembers something else, and a killed one nothing.",
            "Move it to Redis; or, if a miss costs time and never a wrong answer, bound it in size and age and say so with @SoftCache."),
    TEMP_FILES(
            "Temp files",
            "does work go on when local disk is gone?",
            "The next request or retry may come to an instance that does not have the file; disk fills up, and a read-only pod fails.",
            "Stream through memory with a bound, or through the object store; run with a read-only root file system."),
    CONFIG(
            "Config",
            "does the environment alone decide?",
            "The same build behaves differently, or cannot run, where the surroundings differ.",
            "Read the environment once at start in a configuration class and inject that; hosts come from there."),
    SOCKETS(
            "Sockets",
            "does a message reach sockets on other instances?",
            "It knows this instance's sockets only: who is connected elsewhere gets nothing, and a kill loses the rest.",
            "Publish through Redis (Streams, pub/sub), and let clients resume by position on any instance."),
    JOBS(
            "Jobs",
            "does work survive its worker, and happen once?",
            "With two instances it happens twice; with none, never; and what waits in memory dies with the process.",
            "Enqueue in Redis with a lease, and claim each tick once by a key that names it (@ClusterClaimed); a tick that concerns this"
                    + " process alone is a @LocalTick."),
    LIMITS(
            "Limits",
            "are limits and locks one for all instances?",
            "Each instance counts and locks for itself: two let twice as many pass.",
            "Decide in Redis by one atomic script; if it only bounds this process's own resources, say so with @ProcessLocal."),
    SERVER_IDENTITY(
            "Server identity",
            "does it not matter which instance answers?",
            "A name made by the host changes with every pod; what is stored under it is orphaned.",
            "Take an instance's name from the environment, show it in logs and headers, and decide nothing by it.");

    private final String title;
    private final String question;
    private final String why;
    private final String fix;

    ChecklistItem(String title, String question, String why, String fix) {
        this.title = title;
        this.question = question;
        this.why = why;
        this.fix = fix;
    }

    public String title() {
        return title;
    }

    public String question() {
        return question;
    }

    /** What breaks when an instance is killed or a second one added. */
    public String why() {
        return why;
    }

    /** What to do instead, for any finding of this line. */
    public String fix() {
        return fix;
    }

    /** As in the JSON report, allow files and {@code @AuditAccepts}: {@code temp-files}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
