package dev.drover.platform.problem;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * Reads the records that JSON bodies are, and says of a body all that is wrong with it in one answer. One that is left out is {@code {}}, but not where it
 * is to replace what there is.
 */
@Provider
@Singleton
@Consumes(MediaType.APPLICATION_JSON)
public final class JsonBodyReader implements MessageBodyReader<Object> {

    private static final byte[] LEFT_OUT = {'{', '}'};

    private final ObjectMapper json;
    private final StrictReading strict;
    private final CloseReading close;

    JsonBodyReader(ObjectMapper json, CloseReading close, @All List<BodyReading<?>> own) {
        this.json = json;
        this.strict = new StrictReading(json, own);
        this.close = close;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        byte[] body = stream.readAllBytes();
        JavaType target = json.constructType(genericType);
        if (isBlank(body)) {
            return leftOut(target);
        }
        Optional<Object> flawless = strict.read(body, target);
        return flawless.isPresent() ? close.judged(flawless.get()) : close.read(body, target);
    }

    private Object leftOut(JavaType target) throws IOException {
        Object empty = json.readValue(LEFT_OUT, target);
        if (isReplacement() || close.isBroken(empty)) {
            throw ServiceException.invalid("", "is missing; " + BodyForm.OBJECT);
        }
        return empty;
    }

    /** A slip of the client's must not clear all that a PUT would have set. */
    private static boolean isReplacement() {
        ResteasyReactiveRequestContext request = CurrentRequestManager.get();
        return request != null && HttpMethod.PUT.equals(request.getMethod());
    }

    private static boolean isBlank(byte[] body) {
        for (byte each : body) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }
}
