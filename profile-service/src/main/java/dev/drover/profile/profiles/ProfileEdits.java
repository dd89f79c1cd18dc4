package dev.drover.profile.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.problem.Violation;

/** The ways to change a profile, each as what it makes of the profile that is there. */
final class ProfileEdits {

    private ProfileEdits() {}

    /**
     * PUT: texts and avatar that are left out are emptied. A handle left out stays, because it is a claim others respect and not a text;
     * preferences left out stay, because they are a resource of their own.
     */
    static ProfileEdit replace(ObjectNode document) {
        return current -> {
            ObjectNode complete = document.deepCopy();
            ObjectNode now = ProfileDocument.of(current);
            ProfileDocument.MEMBERS.stream()
                    .filter(member -> !complete.has(member))
                    .forEach(member -> complete.set(member, whenLeftOut(member, now)));
            return new ProfileForm(current).read(complete, ProfileForm.unknownMembers(document));
        };
    }

    /** PATCH: RFC 7396 on what GET answers; the result is judged as a whole. */
    static ProfileEdit merge(ObjectNode patch) {
        return current -> {
            ObjectNode merged = (ObjectNode) MergePatch.apply(ProfileDocument.of(current), patch);
            ObjectNode empty = JsonNodeFactory.instance.objectNode();
            ProfileDocument.MEMBERS.stream()
                    .filter(member -> !merged.has(member))
                    .forEach(member -> merged.set(member, whenLeftOut(member, empty)));
            // A member the patch takes away is gone from the result, and there is still no place for it.
            return new ProfileForm(current).read(merged, ProfileForm.unknownMembers(patch));
        };
    }

    static ProfileEdit replacePreferences(ObjectNode document) {
        return current -> {
            List<Violation> invalid = new ArrayList<>();
            Optional<Preferences> preferences = Preferences.read(document, "", invalid);
            return preferences
                    .<ProfileEdit.Result>map(given ->
                            new ProfileEdit.Result.Accepted(current.content().withPreferences(given)))
                    .orElseGet(() -> new ProfileEdit.Result.Refused(List.of(), invalid));
        };
    }

    /** The empty value where there is one, else what stands in {@code now}; JSON null if nothing does, which the form refuses. */
    private static JsonNode whenLeftOut(String member, ObjectNode now) {
        return switch (member) {
            case "displayName", "bio" -> JsonNodeFactory.instance.textNode("");
            case "avatar" -> JsonNodeFactory.instance.nullNode();
            case "preferences" -> now.has(member) ? now.get(member) : JsonNodeFactory.instance.objectNode();
            default -> now.has(member) ? now.get(member) : JsonNodeFactory.instance.nullNode();
        };
    }
}
