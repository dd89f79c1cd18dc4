package dev.drover.blackbox;

/** Paths the journeys share. */
final class Journey {

    private Journey() {}

    /** A path of the service that needs a caller and answers GET. */
    static String protectedPath(String service) {
        return switch (service) {
            case "auth" -> "/auth/me";
            case "profile" -> "/profiles/me";
            case "media" -> "/media";
            case "jobs" -> "/jobs/job_default_00000000000000000000000000";
            case "realtime" -> "/realtime/channels/public:hall/messages";
            default -> throw new IllegalArgumentException("no such service: " + service);
        };
    }
}
