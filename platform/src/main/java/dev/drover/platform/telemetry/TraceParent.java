package dev.drover.platform.telemetry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/**
 * The place in a trace as a W3C {@code traceparent}, so that what is written down now and done later, by another process, is part of the
 * same trace.
 */
public final class TraceParent {

    private static final String HEADER = "traceparent";

    private TraceParent() {}

    /** Of the span this thread is in; empty when nothing is traced. */
    public static Optional<String> current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? Optional.of("00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex())
                : Optional.empty();
    }

    /** A context to begin a span in; the root's when the text is empty or malformed. */
    public static Context context(Optional<String> traceParent) {
        if (traceParent.isEmpty()) {
            return Context.root();
        }
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of(HEADER, traceParent.get()), Carrier.GETTER);
    }

    private enum Carrier implements TextMapGetter<Map<String, String>> {
        GETTER;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
