package dev.drover.lab.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the room runs in a cluster, from its environment. All faults are told at once; no secret has a default.
 *
 * @param namespace   of the suite
 * @param token       what looking and acting need
 * @param origins     what people call the room by
 * @param edge        where the suite's public API is reached from inside
 * @param storeOrigin where pages send uploads to; empty for nowhere
 * @param smtpPort    where the suite's mails are taken; empty when they go elsewhere
 * @param data        a folder for proofs and their logs
 */
record RoomSettings(
        String host,
        int port,
        String namespace,
        String token,
        Set<String> origins,
        URI edge,
        String storeOrigin,
        Optional<Integer> smtpPort,
        Path data) {
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:\\d{1,5})?");
    private static final int TOKEN_CHARACTERS_MIN = 32;

    /** What is missing or wrong, a sentence each. */
    static final class Faulty extends Exception {
        private static final long serialVersionUID = 1L;

        Faulty(List<String> faults) {
            super(String.join("\n", faults));
        }
    }

    static RoomSettings of(Map<String, String> environment) throws Faulty {
        Reading reading = new Reading(environment);
        RoomSettings settings = new RoomSettings(
                environment.getOrDefault("BIND_HOST", "0.0.0.0"),
                reading.port("PORT", 8080),
                reading.matching("LAB_NAMESPACE", NAMESPACE, "the namespace of the suite"),
                reading.token(),
                reading.origins(),
                URI.create(reading.origin("LAB_EDGE_URL", "http://edge")),
                reading.storeOrigin(),
                environment.containsKey("LAB_SMTP_PORT")
                        ? Optional.of(reading.port("LAB_SMTP_PORT", 0))
                        : Optional.empty(),
                Path.of(environment.getOrDefault("LAB_DATA", "/data")));
        if (!reading.faults.isEmpty()) {
            throw new Faulty(reading.faults);
        }
        return settings;
    }

    @Override
    public String toString() {
        return "RoomSettings[" + namespace + ", " + origins + "]";
    }

    private static final class Reading {
        private final Map<String, String> environment;
        private final List<String> faults = new ArrayList<>();

        Reading(Map<String, String> environment) {
            this.environment = environment;
        }

        int port(String name, int otherwise) {
            String given = environment.getOrDefault(name, Integer.toString(otherwise));
            if (!given.matches("\\d{1,5}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > 65_535) {
                faults.add(name + " is a port: 1 to 65535");
                return 1;
            }
            return Integer.parseInt(given);
        }

        String matching(String name, Pattern pattern, String what) {
            String given = environment.getOrDefault(name, "");
            if (!pattern.matcher(given).matches()) {
                faults.add(name + " is required: " + what);
            }
            return given;
        }

        String origin(String name, String otherwise) {
            String given = environment.getOrDefault(name, otherwise);
            if (!ORIGIN.matcher(given).matches()) {
                faults.add(name + " is an origin, such as https://example.org");
                return "http://nowhere.invalid";
            }
            return given;
        }

        Set<String> origins() {
            Set<String> origins = new LinkedHashSet<>();
            origins.add(origin("PUBLIC_BASE_URL", ""));
            for (String other : environment.getOrDefault("LAB_ORIGINS", "").split(",")) {
                if (!other.isBlank() && ORIGIN.matcher(other.strip()).matches()) {
                    origins.add(other.strip());
                } else if (!other.isBlank()) {
                    faults.add("LAB_ORIGINS are origins, such as http://localhost:8090, separated by commas");
                }
            }
            return origins;
        }

        String storeOrigin() {
            String given = environment.getOrDefault("S3_PUBLIC_ENDPOINT", "");
            return given.replaceFirst("^(https?://[^/]+).*$", "$1");
        }

        /** From a file, because a variable is shown by every description of a pod. */
        String token() {
            String file = environment.getOrDefault("LAB_TOKEN_FILE", "");
            if (file.isBlank()) {
                faults.add("LAB_TOKEN_FILE is required: a file with the token of this room");
                return "";
            }
            try {
                String token = Files.readString(Path.of(file)).strip();
                if (token.length() < TOKEN_CHARACTERS_MIN) {
                    faults.add("the token in LAB_TOKEN_FILE has fewer than " + TOKEN_CHARACTERS_MIN + " characters");
                }
                return token;
            } catch (IOException e) {
                faults.add("LAB_TOKEN_FILE cannot be read");
                return "";
            }
        }
    }
}
