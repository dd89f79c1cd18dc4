package dev.drover.audit.code;

import java.util.Set;

/** The calls that change what a collection, an atomic or a cache holds. */
final class Mutators {

    private static final Set<String> NAMES = Set.of(
            "add",
            "addAll",
            "addFirst",
            "addLast",
            "addElement",
            "addAndGet",
            "accumulate",
            "accumulateAndGet",
            "append",
            "clear",
            "compareAndSet",
            "compute",
            "computeIfAbsent",
            "computeIfPresent",
            "decrement",
            "decrementAndGet",
            "drainTo",
            "flip",
            "getAndAdd",
            "getAndDecrement",
            "getAndIncrement",
            "getAndSet",
            "getAndUpdate",
            "increment",
            "incrementAndGet",
            "lazySet",
            "merge",
            "offer",
            "offerFirst",
            "offerLast",
            "poll",
            "pollFirst",
            "pollLast",
            "pop",
            "push",
            "put",
            "putAll",
            "putFirst",
            "putIfAbsent",
            "putLast",
            "remove",
            "removeAll",
            "removeFirst",
            "removeIf",
            "removeLast",
            "replace",
            "replaceAll",
            "retainAll",
            "set",
            "setElementAt",
            "setProperty",
            "take",
            "transfer",
            "updateAndGet");

    private Mutators() {}

    static boolean changes(String owner, String name) {
        return NAMES.contains(name)
                && (owner.startsWith("java/util/")
                        || owner.startsWith("com/google/common/")
                        || owner.startsWith("org/apache/commons/collections")
                        || owner.startsWith("org/eclipse/collections/")
                        || owner.startsWith("io/vertx/core/json/")
                        || owner.startsWith("java/lang/StringBu"));
    }
}
