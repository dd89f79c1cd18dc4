package dev.drover.audit.code;

/**
 * How a field, or what it holds, is written.
 *
 * @param how {@code =} for the field itself, else the call, for example {@code put}
 * @param made for {@code =}: the class that is instantiated or the method ({@code java.util.Map.of}) that is called, else empty
 */
public record FieldWrite(String how, String made, Place place) {

    public boolean isAssignment() {
        return how.equals("=");
    }
}
