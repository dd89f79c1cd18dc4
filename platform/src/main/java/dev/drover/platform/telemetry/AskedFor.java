package dev.drover.platform.telemetry;

import java.util.List;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

/** Leaves out the store calls nobody asked for: each poll and sweep of an idle service would be a trace of one span. */
record AskedFor(Sampler others) implements Sampler {

    @Override
    public SamplingResult shouldSample(
            Context parent, String traceId, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean isOwnIdea = kind == SpanKind.CLIENT
                && !Span.fromContext(parent).getSpanContext().isValid();
        return isOwnIdea ? SamplingResult.drop() : others.shouldSample(parent, traceId, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "AskedFor{" + others.getDescription() + "}";
    }
}
