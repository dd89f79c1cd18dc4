package dev.drover.platform.identity;

/** The roles a token's {@code groups} may carry. */
public final class Roles {

    public static final String ADMIN = "admin";

    /** A program that leases jobs over HTTP and carries them out, whoever they belong to. */
    public static final String WORKER = "worker";

    private Roles() {}
}
