package dev.drover.profile.handles;

/** Where claims live, one key per handle in a slot of its own; and the index of them all. */
final class HandleKeys {

    static final String INDEX = "drover:{handles}:index";

    private HandleKeys() {}

    static String claim(Handle handle) {
        return "drover:{handle:" + handle + "}:claim";
    }
}
