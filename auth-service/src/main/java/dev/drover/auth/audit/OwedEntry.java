package dev.drover.auth.audit;

import java.util.List;

/**
 * An entry that the script of a change leaves beside it, in {@link AuditKeys#of}: so the change and what is written of it are one step.
 *
 * @param id      tells it from every other; it is chained once, however often it is carried to the log
 * @param content what happened, as it will be stored
 * @param seal    the mark of who may write entries, made of content
 */
public record OwedEntry(String id, String content, String seal) {

    /** {@code id, content, seal} as scripts take them. */
    public List<String> args() {
        return List.of(id, content, seal);
    }
}
