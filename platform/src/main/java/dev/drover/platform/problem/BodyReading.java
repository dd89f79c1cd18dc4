package dev.drover.platform.problem;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonParser;

/**
 * Reads one kind of body as it comes, for where binding costs more than all that is done with it. It takes only what is exactly as it should
 * be; what it does not take is read the long way, which says what is wrong with it, if anything is.
 */
public interface BodyReading<T> {

    Class<T> type();

    /**
     * @param from before the body's first token
     * @param body what it reads
     * @throws com.fasterxml.jackson.core.JsonProcessingException it does not take it
     */
    T read(JsonParser from, byte[] body) throws IOException;
}
