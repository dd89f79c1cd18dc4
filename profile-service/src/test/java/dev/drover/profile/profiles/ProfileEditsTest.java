package dev.drover.profile.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.platform.medialedger.MediaId;
import dev.drover.platform.problem.Violation;
import dev.drover.profile.AccountId;
import dev.drover.profile.JsonBody;
import dev.drover.profile.handles.Handle;

class ProfileEditsTest {

    private static final Profile ADA = new Profile(
            new AccountId("usr_ada"),
            new ProfileContent(
                    new Handle("ada"),
                    "Ada",
                    "Counts.",
                    Optional.of(new MediaId("med_a1111111111111111111111111")),
                    new Preferences("{\"theme\":\"dark\",\"n\":1.50}")),
            7,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            2);

    @Test
    void replacingWithWhatWasReadChangesNothing() {
        assertThat(accepted(ProfileEdits.replace(ProfileDocument.of(ADA)))).isEqualTo(ADA.content());
    }

    @Test
    void replacingEmptiesTextsLeftOutAndKeepsHandleAndPreferences() {
        ProfileContent content = accepted(ProfileEdits.replace(json("{\"displayName\":\"Ada L\"}")));
        assertThat(content)
                .isEqualTo(new ProfileContent(
                        new Handle("ada"),
                        "Ada L",
                        "",
                        Optional.empty(),
                        ADA.content().preferences()));
    }

    @Test
    void anEmptyPatchChangesNothing() {
        assertThat(accepted(ProfileEdits.merge(json("{}")))).isEqualTo(ADA.content());
    }

    @Test
    void aPatchReachesIntoPreferences() {
        ProfileContent content =
                accepted(ProfileEdits.merge(json("{\"preferences\":{\"theme\":null,\"x\":{\"y\":2}}}")));
        assertThat(content.preferences().json()).isEqualTo("{\"n\":1.50,\"x\":{\"y\":2}}");
    }

    @Test
    void nullInAPatchEmptiesWhatCanBeEmpty() {
        ProfileContent content = accepted(
                ProfileEdits.merge(json("{\"displayName\":null,\"bio\":null,\"avatar\":null,\"preferences\":null}")));
        assertThat(content)
                .isEqualTo(new ProfileContent(new Handle("ada"), "", "", Optional.empty(), Preferences.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"handle":null}                    | /handle
            {"handle":"ab"}                    | /handle
            {"handle":"Ada"}                   | /handle
            {"handle":"usr_eve"}               | /handle
            {"handle":7}                       | /handle
            {"displayName":5}                  | /displayName
            {"displayName":"a\\u0001"}         | /displayName
            {"bio":["x"]}                      | /bio
            {"bio":"\\u0000"}                  | /bio
            {"avatar":"med_a1111111111111111111111111"}                | /avatar
            {"avatar":{"mediaId":"med_a1"}}    | /avatar/mediaId
            {"avatar":{"mediaId":null}}        | /avatar/mediaId
            {"preferences":[]}                 | /preferences
            {"preferences":{"a":"\\ud800"}}    | /preferences
            {"id":"usr_eve"}                   | /id
            {"id":null}                        | /id
            {"version":8}                      | /version
            {"updatedAt":"2026-01-01T00:00:00Z"} | /updatedAt
            """)
    void eachMemberHasItsOwnViolation(String patch, String pointer) {
        assertThat(refused(ProfileEdits.merge(json(patch))).invalid())
                .extracting(Violation::pointer)
                .containsExactly(pointer);
    }

    @Test
    void allViolationsAreToldAtOnce() {
        assertThat(refused(ProfileEdits.replace(json("{\"handle\":\"!\",\"displayName\":1,\"bio\":2,\"avatar\":3}")))
                        .invalid())
                .extracting(Violation::pointer)
                .containsExactly("/handle", "/displayName", "/bio", "/avatar");
    }

    @Test
    void anUnknownMemberHidesNothingAndIsToldWhatCanBeSet() {
        ProfileEdit.Result.Refused refused =
                refused(ProfileEdits.merge(json("{\"handle\":\"A!\",\"bio\":5,\"zz\":1}")));

        assertThat(refused.invalid()).extracting(Violation::pointer).containsExactly("/handle", "/bio");
        assertThat(refused.unknown())
                .containsExactly(new Violation(
                        "/zz", "is not known here; known are: avatar, bio, displayName, handle, preferences"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"nickname":"x"}       | /nickname
            {"nickname":null}      | /nickname
            {"a/b~c":1}            | /a~1b~0c
            {"avatar":{"mediaId":"med_a1111111111111111111111111","size":1}} | /avatar/size
            """)
    void unknownMembersAreRefusedInBothForms(String document, String pointer) {
        assertThat(refused(ProfileEdits.merge(json(document))).unknown())
                .extracting(Violation::pointer)
                .containsExactly(pointer);
        assertThat(refused(ProfileEdits.replace(json(document))).unknown())
                .extracting(Violation::pointer)
                .containsExactly(pointer);
    }

    @Test
    void anAccountMayGoBackToItsDefaultHandle() {
        assertThat(accepted(ProfileEdits.merge(json("{\"handle\":\"usr_ada\"}")))
                        .handle())
                .isEqualTo(Handle.defaultOf(ADA.id()));
    }

    @Test
    void preferencesHaveASizeAndADepth() {
        int frame = "{\"a\":\"\"}".length();
        String fits = "{\"a\":\"" + "x".repeat(Preferences.BYTES_MAX - frame) + "\"}";
        assertThat(accepted(ProfileEdits.replacePreferences(json(fits)))
                        .preferences()
                        .json())
                .isEqualTo(fits);
        refused(ProfileEdits.replacePreferences(json(fits.replace("\"}", "x\"}"))));
        accepted(ProfileEdits.replacePreferences(json("{\"a\":".repeat(8) + "1" + "}".repeat(8))));
        refused(ProfileEdits.replacePreferences(json("{\"a\":".repeat(9) + "1" + "}".repeat(9))));
    }

    @Test
    void preferencesAreKeptToTheLastDigit() {
        String exact = "{\"a\":1.0000000000000000000000000000010,\"b\":123456789012345678901234567890,\"c\":null}";
        assertThat(accepted(ProfileEdits.replacePreferences(json(exact)))
                        .preferences()
                        .json())
                .isEqualTo(exact);
    }

    private static ObjectNode json(String text) {
        return JsonBody.object(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ProfileContent accepted(ProfileEdit edit) {
        assertThat(edit.apply(ADA)).isInstanceOf(ProfileEdit.Result.Accepted.class);
        return ((ProfileEdit.Result.Accepted) edit.apply(ADA)).content();
    }

    private static ProfileEdit.Result.Refused refused(ProfileEdit edit) {
        assertThat(edit.apply(ADA)).isInstanceOf(ProfileEdit.Result.Refused.class);
        return (ProfileEdit.Result.Refused) edit.apply(ADA);
    }
}
