package dev.drover.profile.flags;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.flags.FlagDocument;
import dev.drover.platform.flags.StoredFlag;
import dev.drover.platform.problem.Violation;

/** Changing flags: every change is by somebody, for a reason, and in the history. */
@Singleton
final class FlagAdmin {

    /** How often a change that insists on no version is tried again when others come first. */
    private static final int ATTEMPTS_MAX = 16;

    private final FlagStore store;
    private final FlagAdminConfig config;

    FlagAdmin(FlagStore store, FlagAdminConfig config) {
        this.store = store;
        this.config = config;
    }

    sealed interface Result {

        record Done(StoredFlag flag, boolean created) implements Result {}

        record Deleted() implements Result {}

        record Refused(List<Violation> unknown, List<Violation> violations) implements Result {}

        /** @param version 0: there is none */
        record Stale(long version) implements Result {}

        record Missing() implements Result {}

        record Full() implements Result {}

        /** Others were faster on every attempt. */
        record Busy() implements Result {}
    }

    /** Who changes something, and their reason. */
    record By(String who, String why) {}

    Optional<StoredFlag> find(String key) {
        return store.find(key);
    }

    Map<String, StoredFlag> all() {
        return store.all();
    }

    List<FlagStore.Change> history(String key, Optional<String> before, int max) {
        return store.history(key, before, max);
    }

    /** @param expected the version that must be there, 0 for none; empty: whichever there is */
    Result put(String key, OptionalLong expected, ObjectNode document, By by) {
        return change(key, expected, by, current -> Optional.of(document), true);
    }

    Result delete(String key, OptionalLong expected, By by) {
        return change(key, expected, by, current -> Optional.empty(), false);
    }

    /** The kill switch: works whatever others change at the same time. */
    Result enable(String key, boolean enabled, By by) {
        return change(
                key,
                OptionalLong.empty(),
                by,
                current -> Optional.of(current.deepCopy().put("enabled", enabled)),
                false);
    }

    private interface Edit {
        Optional<ObjectNode> of(ObjectNode current);
    }

    private Result change(String key, OptionalLong expected, By by, Edit edit, boolean mayCreate) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Optional<StoredFlag> current = store.find(key);
            long version = current.map(StoredFlag::version).orElse(0L);
            if (expected.isPresent() && expected.getAsLong() != version) {
                return new Result.Stale(version);
            }
            if (current.isEmpty() && !mayCreate) {
                return new Result.Missing();
            }
            ObjectNode before = current.map(StoredFlag::document).orElseGet(JsonNodeFactory.instance::objectNode);
            Optional<ObjectNode> after = edit.of(before);
            Optional<Result> refused = after.flatMap(document -> judged(key, document));
            if (refused.isPresent()) {
                return refused.get();
            }
            switch (store.write(key, version, after, note(current.isPresent(), before, after, by))) {
                case FlagStore.Outcome.Written(long next, Instant at) -> {
                    return after.<Result>map(
                                    document -> new Result.Done(new StoredFlag(next, at, document), current.isEmpty()))
                            .orElseGet(Result.Deleted::new);
                }
                case FlagStore.Outcome.Full full -> {
                    return new Result.Full();
                }
                case FlagStore.Outcome.Stale stale -> {
                    if (expected.isPresent()) {
                        return new Result.Stale(stale.version());
                    }
                }
            }
        }
        return new Result.Busy();
    }

    private Optional<Result> judged(String key, ObjectNode document) {
        if (document.toString().length() > config.charactersMax()) {
            return Optional.of(new Result.Refused(
                    List.of(),
                    List.of(new Violation("", "must be at most " + config.charactersMax() + " characters of JSON"))));
        }
        return switch (FlagDocument.read(key, document, 0, Instant.EPOCH)) {
            case FlagDocument.Reading.Readable readable -> Optional.empty();
            case FlagDocument.Reading.Faulty(var unknown, var violations) ->
                Optional.of(new Result.Refused(unknown, violations));
        };
    }

    private static FlagStore.Note note(boolean isThere, ObjectNode before, Optional<ObjectNode> after, By by) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        String action = after.isEmpty() ? "deleted" : isThere ? "changed" : "created";
        return new FlagStore.Note(
                action,
                by.who(),
                by.why(),
                Difference.of(before, after.orElse(nothing)).toString());
    }
}
