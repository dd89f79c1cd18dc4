package dev.drover.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;

class TraceParentTest {

    private static final String TEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void whereNothingIsTracedThereIsNone() {
        assertThat(TraceParent.current()).isEmpty();
    }

    @Test
    void whatWasWrittenDownIsThePlaceToGoOnFrom() {
        try (SdkTracerProvider traces = SdkTracerProvider.builder().build()) {
            Span span = traces.get("test")
                    .spanBuilder("later")
                    .setParent(TraceParent.context(Optional.of(TEXT)))
                    .startSpan();
            try (Scope scope = span.makeCurrent()) {
                assertThat(TraceParent.current())
                        .contains("00-4bf92f3577b34da6a3ce929d0e0e4736-"
                                + span.getSpanContext().getSpanId() + "-01");
            }
        }
    }

    @Test
    void whatIsNoTraceParentBeginsATraceOfItsOwn() {
        assertThat(Span.fromContext(TraceParent.context(Optional.of("nonsense")))
                        .getSpanContext()
                        .isValid())
                .isFalse();
        assertThat(Span.fromContext(TraceParent.context(Optional.empty()))
                        .getSpanContext()
                        .isValid())
                .isFalse();
    }
}
