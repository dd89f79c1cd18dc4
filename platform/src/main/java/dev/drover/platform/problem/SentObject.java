package dev.drover.platform.problem;

import java.io.IOException;
import java.io.StringWriter;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A JSON object of the client's that only passes through: its text, with every digit of its numbers and without blanks. */
@JsonDeserialize(using = SentObject.Reading.class)
@RegisterForReflection
public final class SentObject {

    private final String text;

    private SentObject(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /**
     * Checks its form and takes it as it stands in the body.
     *
     * @param from at its first token, and then at its last
     * @param body what the parser reads
     */
    public static SentObject read(JsonParser from, byte[] body) throws IOException {
        long begin = from.currentTokenLocation().getByteOffset();
        if (begin < 0 || body[(int) begin] != '{') {
            // Not UTF-8, so the parser counts characters.
            return copied(from);
        }
        from.skipChildren();
        return new SentObject(
                CompactText.of(body, (int) begin, (int) from.currentLocation().getByteOffset()));
    }

    private static SentObject copied(JsonParser from) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator to = from.getCodec().getFactory().createGenerator(text)) {
            int depth = 0;
            do {
                copyToken(from, to);
                depth += from.currentToken().isStructStart()
                        ? 1
                        : from.currentToken().isStructEnd() ? -1 : 0;
            } while (depth > 0 && from.nextToken() != null);
        }
        return new SentObject(text.toString());
    }

    private static void copyToken(JsonParser from, JsonGenerator to) throws IOException {
        if (from.currentToken().isNumeric()) {
            to.writeNumber(from.getText());
        } else {
            to.copyCurrentEvent(from);
        }
    }

    @RegisterForReflection
    static final class Reading extends StdDeserializer<SentObject> {

        private static final long serialVersionUID = 1;

        Reading() {
            super(SentObject.class);
        }

        @Override
        public SentObject deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return from.isExpectedStartObjectToken()
                    ? copied(from)
                    : (SentObject) context.handleUnexpectedToken(SentObject.class, from);
        }
    }
}
