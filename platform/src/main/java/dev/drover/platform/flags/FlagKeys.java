package dev.drover.platform.flags;

/** Where flags live: all of them in one slot, because they are few and one script must see the whole set. The only place that builds these names. */
public final class FlagKeys {

    /** Hash of a flag's key to {@code <version> <changed, ms> <document>}. */
    public static final String RECORDS = "drover:{flags}:records";

    /** String: the number of changes so far. */
    public static final String REVISION = "drover:{flags}:revision";

    /** Hash of an API key's id to what is known of it; the key itself only as a hash. */
    public static final String API_KEYS = "drover:{flags}:api-keys";

    /** Published on: the revision, after each change. */
    public static final String CHANGED = "drover:flags-changed";

    private FlagKeys() {}

    /** Stream of the changes of one flag. */
    public static String history(String key) {
        return "drover:{flags}:history:" + key;
    }
}
