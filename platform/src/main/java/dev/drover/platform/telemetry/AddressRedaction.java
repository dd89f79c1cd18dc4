package dev.drover.platform.telemetry;

import jakarta.inject.Singleton;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Takes out of a span what a client may have written into an address; the route says which resource it was. */
@Singleton
final class AddressRedaction implements SpanProcessor {

    /** The word the semantic conventions have for it. */
    static final String REDACTED = "REDACTED";

    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> FULL = AttributeKey.stringKey("url.full");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        redact(span, PATH);
        redact(span, QUERY);
        redact(span, FULL);
    }

    private static void redact(ReadWriteSpan span, AttributeKey<String> key) {
        if (span.getAttribute(key) != null) {
            span.setAttribute(key, REDACTED);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
