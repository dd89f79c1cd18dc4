package dev.drover.profile.profiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.problem.Violation;
import dev.drover.profile.handles.Handle;

/** Reads a complete document as the content of a profile, and says of each member what is wrong with it. */
final class ProfileForm {

    private final Profile current;
    private final List<Violation> violations = new ArrayList<>();

    ProfileForm(Profile current) {
        this.current = current;
    }

    /** @param unknown what the request has in it that there is no place for */
    ProfileEdit.Result read(ObjectNode document, List<Violation> unknown) {
        Optional<Handle> handle = handle(document.get("handle"));
        Optional<String> displayName =
                TextRule.DISPLAY_NAME.read(document.get("displayName"), "/displayName", violations);
        Optional<String> bio = TextRule.BIO.read(document.get("bio"), "/bio", violations);
        Optional<MediaId> avatar = avatar(document.get("avatar"));
        Optional<Preferences> preferences = Preferences.read(document.get("preferences"), "/preferences", violations);
        ObjectNode now = ProfileDocument.of(current);
        for (String member : List.of("id", "version", "updatedAt")) {
            if (!document.get(member).equals(now.get(member)) && !isSameNumber(document.get(member), now.get(member))) {
                violations.add(
                        new Violation("/" + member, "cannot be changed; leave it out or send it as it was read"));
            }
        }
        if (!unknown.isEmpty() || !violations.isEmpty()) {
            return new ProfileEdit.Result.Refused(unknown, violations);
        }
        return new ProfileEdit.Result.Accepted(new ProfileContent(
                handle.orElseThrow(), displayName.orElseThrow(), bio.orElseThrow(), avatar, preferences.orElseThrow()));
    }

    /** Members there is no place for, in a whole document or in a patch. */
    static List<Violation> unknownMembers(ObjectNode document) {
        List<Violation> unknown = new ArrayList<>(
                unknownMembers(document, "", ProfileDocument.MEMBERS, ProfileDocument.SETTABLE_MEMBERS));
        if (document.get("avatar") instanceof ObjectNode avatar) {
            unknown.addAll(unknownMembers(
                    avatar, "/avatar", ProfileDocument.AVATAR_MEMBERS, ProfileDocument.SETTABLE_AVATAR_MEMBERS));
        }
        return unknown;
    }

    /** Named is what can be set; what cannot may still be sent as it was read. */
    private static List<Violation> unknownMembers(
            ObjectNode object, String pointer, Set<String> known, Set<String> settable) {
        String expectation = "is not known here; known are: "
                + String.join(", ", settable.stream().sorted().toList());
        return object.propertyStream()
                .map(java.util.Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .map(name ->
                        new Violation(pointer + "/" + name.replace("~", "~0").replace("/", "~1"), expectation))
                .toList();
    }

    private Optional<Handle> handle(JsonNode value) {
        Optional<Handle> handle =
                Handle.parse(value.asText("")).filter(given -> value.isTextual() && given.isAllowedFor(current.id()));
        if (handle.isEmpty()) {
            violations.add(new Violation(
                    "/handle", "must be 3 to 30 of a-z 0-9 _ and must not begin with usr_ (except your own id)"));
        }
        return handle;
    }

    /** The form of the reference only; {@link AvatarFiles} knows the file. {@code urls} is computed and not looked at. */
    private Optional<MediaId> avatar(JsonNode value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        if (!value.isObject()) {
            violations.add(new Violation("/avatar", "must be null or an object with mediaId"));
            return Optional.empty();
        }
        Optional<MediaId> media = Optional.ofNullable(value.get("mediaId"))
                .filter(JsonNode::isTextual)
                .flatMap(id -> MediaId.parse(id.textValue()));
        if (media.isEmpty()) {
            violations.add(new Violation("/avatar/mediaId", "must be the id of an uploaded file, med_…"));
        }
        return media;
    }

    /** A parsed 7 and a written 7 may differ in width. */
    private static boolean isSameNumber(JsonNode given, JsonNode now) {
        return given.isIntegralNumber()
                && now.isIntegralNumber()
                && given.decimalValue().equals(now.decimalValue());
    }
}
