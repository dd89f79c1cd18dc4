package dev.drover.testing;

import java.util.List;
import java.util.regex.Pattern;

/** What no answer may hold: names of classes, stacks, and what a store said. */
final class Leaks {

    static final List<String> WORDS = List.of(
            "Exception",
            "java.",
            "javax.",
            "jakarta.",
            "dev.drover",
            "io.quarkus",
            "io.vertx",
            "io.netty",
            "org.jboss",
            "com.fasterxml",
            "software.amazon",
            "\tat ",
            ".java:",
            "WRONGTYPE",
            "NOSCRIPT",
            "CROSSSLOT",
            "MOVED ",
            "READONLY",
            "OOM ",
            "LOADING ",
            "MISCONF",
            "ERR ",
            "user_script",
            "NoSuchKey",
            "NoSuchBucket",
            "SignatureDoesNotMatch",
            "AccessDenied",
            "<Error>",
            "Connection refused",
            "drover:{");

    private static final Pattern FRAME = Pattern.compile("\\bat [\\w.$]+\\(");

    private Leaks() {}

    static List<String> in(String body) {
        List<String> found = WORDS.stream().filter(body::contains).toList();
        return FRAME.matcher(body).find() ? List.of("a stack") : found;
    }
}
