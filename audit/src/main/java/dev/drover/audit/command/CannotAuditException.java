package dev.drover.audit.command;

/** What was given cannot be audited. The message is for the person who gave it. */
final class CannotAuditException extends RuntimeException {

    CannotAuditException(String message) {
        super(message);
    }
}
