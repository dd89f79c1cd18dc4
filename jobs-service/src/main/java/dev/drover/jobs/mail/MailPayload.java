package dev.drover.jobs.mail;

import java.util.Optional;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import dev.drover.platform.mail.Letter;
import dev.drover.platform.mail.LetterKey;
import dev.drover.platform.mail.MailJob;

/** What a job of {@code mail.send} is given: the name of a letter, or a letter itself when there is nothing in it to hide. */
sealed interface MailPayload {

    record Named(LetterKey key) implements MailPayload {}

    record Inline(Letter letter) implements MailPayload {}

    /** {@code why} repeats nothing of the payload. */
    record Unusable(String why) implements MailPayload {}

    static MailPayload parse(String text) {
        try {
            JsonObject payload = new JsonObject(text);
            Optional<LetterKey> key = MailJob.letter(payload);
            return key.isPresent() ? new Named(key.get()) : inline(payload);
        } catch (DecodeException | ClassCastException e) {
            return new Unusable("the payload must be {\"letter\"} or {\"to\", \"subject\", \"text\", \"html\"?}");
        }
    }

    private static MailPayload inline(JsonObject payload) {
        try {
            return new Inline(new Letter(
                    payload.getString("to", ""),
                    payload.getString("subject", ""),
                    payload.getString("text", ""),
                    Optional.ofNullable(payload.getString("html"))));
        } catch (IllegalArgumentException e) {
            return new Unusable(e.getMessage());
        }
    }
}
