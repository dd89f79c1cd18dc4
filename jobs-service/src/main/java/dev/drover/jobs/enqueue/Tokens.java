package dev.drover.jobs.enqueue;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import dev.drover.platform.problem.CloseReading;
import dev.drover.platform.problem.SentObject;

/** The values of members, one after the other; each is of the kind that is asked for, or null. Of another it takes none. */
final class Tokens {

    private final JsonParser from;
    private final byte[] body;

    Tokens(JsonParser from, byte[] body) {
        this.from = from;
        this.body = body;
    }

    JsonProcessingException notTaken() {
        return MismatchedInputException.from(from, EnqueueRequest.class, "read the long way");
    }

    void need(JsonToken token) throws IOException {
        if (from.nextToken() != token) {
            throw notTaken();
        }
    }

    boolean hasNextElement() throws IOException {
        return from.nextToken() != JsonToken.END_ARRAY;
    }

    boolean isObject() {
        return from.currentToken() == JsonToken.START_OBJECT;
    }

    /** What the next token is in. */
    JsonStreamContext context() {
        return from.getParsingContext();
    }

    /** Where the present token begins. */
    int begin() {
        return (int) from.currentTokenLocation().getByteOffset();
    }

    /** Goes on to the end of the element of the list that the present token is in. */
    void leave(JsonStreamContext list) throws IOException {
        while (from.getParsingContext() != list) {
            from.nextToken();
        }
    }

    /** From where an object began to its end, which is the present token. */
    byte[] textSince(int begin) {
        if (begin < 0) {
            // Not UTF-8, so the parser counts characters.
            throw CloseReading.unfit();
        }
        return Arrays.copyOfRange(body, begin, (int) from.currentLocation().getByteOffset());
    }

    /** The name of the next member; null behind the last. */
    String member() throws IOException {
        String name = from.nextFieldName();
        if (name == null && from.currentToken() != JsonToken.END_OBJECT) {
            throw notTaken();
        }
        return name;
    }

    /** False when it is null. */
    boolean is(JsonToken token) throws IOException {
        JsonToken next = from.nextToken();
        if (next != token && next != JsonToken.VALUE_NULL) {
            throw notTaken();
        }
        return next == token;
    }

    String text() throws IOException {
        return text(null);
    }

    /** @param probable made no second time when it is that */
    String text(String probable) throws IOException {
        if (!is(JsonToken.VALUE_STRING)) {
            return null;
        }
        return probable != null && isText(probable) ? probable : from.getText();
    }

    private boolean isText(String expected) throws IOException {
        int length = from.getTextLength();
        if (length != expected.length()) {
            return false;
        }
        char[] chars = from.getTextCharacters();
        int offset = from.getTextOffset();
        for (int i = 0; i < length; i++) {
            if (chars[offset + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    Integer number() throws IOException {
        if (!is(JsonToken.VALUE_NUMBER_INT)) {
            return null;
        }
        if (from.getNumberType() != JsonParser.NumberType.INT) {
            throw notTaken();
        }
        return from.getIntValue();
    }

    Double fraction() throws IOException {
        JsonToken next = from.nextToken();
        if (next != JsonToken.VALUE_NULL && !next.isNumeric()) {
            throw notTaken();
        }
        return next == JsonToken.VALUE_NULL ? null : Double.valueOf(from.getDoubleValue());
    }

    Boolean flag() throws IOException {
        JsonToken next = from.nextToken();
        if (next != JsonToken.VALUE_NULL && !next.isBoolean()) {
            throw notTaken();
        }
        return next == JsonToken.VALUE_NULL ? null : Boolean.valueOf(next == JsonToken.VALUE_TRUE);
    }

    Duration duration() throws IOException {
        return duration(text());
    }

    Instant time() throws IOException {
        String text = text();
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw notTaken();
        }
    }

    List<String> texts() throws IOException {
        if (!is(JsonToken.START_ARRAY)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        while (from.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(from.getText());
        }
        if (from.currentToken() != JsonToken.END_ARRAY) {
            throw notTaken();
        }
        return texts;
    }

    List<Duration> durations() throws IOException {
        List<String> texts = texts();
        if (texts == null) {
            return null;
        }
        List<Duration> durations = new ArrayList<>(texts.size());
        for (String text : texts) {
            durations.add(duration(text));
        }
        return durations;
    }

    SentObject object() throws IOException {
        return is(JsonToken.START_OBJECT) ? SentObject.read(from, body) : null;
    }

    private Duration duration(String text) throws JsonProcessingException {
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeException e) {
            throw notTaken();
        }
    }
}
