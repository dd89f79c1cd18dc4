package dev.drover.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AskedForTest {

    private final SdkTracerProvider traces = SdkTracerProvider.builder()
            .setSampler(new AskedFor(Sampler.alwaysOn()))
            .build();
    private final Tracer tracer = traces.get("test");

    @AfterEach
    void close() {
        traces.close();
    }

    @Test
    void aPollOfAStoreIsNotTraced() {
        assertThat(isSampled(Context.root(), SpanKind.CLIENT)).isFalse();
    }

    @Test
    void whatARequestAsksOfAStoreIs() {
        Span request = tracer.spanBuilder("GET /media")
                .setNoParent()
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        assertThat(request.getSpanContext().isSampled()).isTrue();
        assertThat(isSampled(Context.root().with(request), SpanKind.CLIENT)).isTrue();
    }

    private boolean isSampled(Context parent, SpanKind kind) {
        return tracer.spanBuilder("hget")
                .setParent(parent)
                .setSpanKind(kind)
                .startSpan()
                .getSpanContext()
                .isSampled();
    }
}
