package dev.drover.auth.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that is worth an entry. It names accounts by id and carries no e-mail address and no secret, so that an erased account leaves
 * nothing of its person in the entries but the network addresses it came from.
 *
 * @param account whose affair it is; none for what concerns no one account
 * @param actor   who did it, when that is somebody else, such as an admin
 * @param session the session it was done in or to
 * @param details few and short: at most {@value #DETAILS_MAX}, each at most {@value #CHARACTERS_MAX} characters
 */
public record AuditEvent(
        AuditKind kind,
        Optional<String> account,
        Optional<String> actor,
        Optional<String> session,
        Map<String, String> details) {

    static final int DETAILS_MAX = 8;
    static final int CHARACTERS_MAX = 200;

    public AuditEvent {
        details = Map.copyOf(details);
        if (details.size() > DETAILS_MAX
                || details.values().stream().anyMatch(value -> value.length() > CHARACTERS_MAX)) {
            throw new IllegalArgumentException("too many or too long details of " + kind);
        }
    }

    public static AuditEvent of(AuditKind kind) {
        return new AuditEvent(kind, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    /** @param id {@code usr_…} */
    public AuditEvent about(String id) {
        return new AuditEvent(kind, Optional.of(id), actor, session, details);
    }

    /** @param id {@code usr_…} */
    public AuditEvent by(String id) {
        return new AuditEvent(kind, account, Optional.of(id), session, details);
    }

    /** @param id {@code ses_…} */
    public AuditEvent in(String id) {
        return new AuditEvent(kind, account, actor, Optional.of(id), details);
    }

    public AuditEvent with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return new AuditEvent(kind, account, actor, session, more);
    }
}
