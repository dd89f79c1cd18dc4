package dev.drover.profile.handles;

/** Where claims live: one key per handle, in a slot of its own. */
final class HandleKeys {

    private HandleKeys() {}

    static String claim(Handle handle) {
        return "drover:{handle:" + handle + "}:claim";
    }
}
