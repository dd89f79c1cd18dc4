package dev.drover.jobs.worker;

import java.util.Collection;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.vertx.core.Vertx;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;

import dev.drover.jobs.lease.Lease;
import dev.drover.platform.faults.CallTimers;
import dev.drover.platform.jobs.QueueName;
import dev.drover.platform.telemetry.LogFields;
import dev.drover.platform.telemetry.TraceParent;

/**
 * Each run of a job as a span of the trace the job was added in, as a measurement, and as fields of what is logged meanwhile. Where nothing is
 * traced there is no span, only the place in the trace: what is logged and what is added meanwhile belong to it all the same.
 */
@Singleton
final class JobTelemetry {

    private static final String NO_WORD = "none";

    private final Vertx vertx;
    private final Tracer tracer;
    private final MeterRegistry meters;
    private final CallTimers runs;
    private final boolean isUntraced;

    /** @param isUntraced the SDK makes spans all the same, for nobody */
    JobTelemetry(
            Vertx vertx,
            Tracer tracer,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean isUntraced) {
        this.vertx = vertx;
        this.tracer = tracer;
        this.meters = meters;
        this.isUntraced = isUntraced;
        this.runs = new CallTimers(meters, "drover.jobs.runs", "queue");
    }

    void countRunning(QueueName queue, Collection<?> running) {
        Gauge.builder("drover.jobs.running", running, Collection::size)
                .description("jobs this instance runs at this moment")
                .tag("queue", queue.toString())
                .register(meters);
    }

    /** To be closed by the thread that began it. */
    Run begin(Lease lease) {
        String id = lease.hold().id().toString();
        Context place = TraceParent.context(lease.traceParent());
        Span span = isUntraced ? Span.fromContext(place) : span(lease, id, place);
        Optional<JobContext> own = span.isRecording() ? Optional.of(JobContext.enter(vertx)) : Optional.empty();
        Run run = new Run(lease.hold().id().queue(), span, own);
        MDC.put(LogFields.JOB_ID, id);
        SpanContext context = span.getSpanContext();
        if (context.isValid()) {
            MDC.put(LogFields.TRACE_ID, context.getTraceId());
        }
        return run;
    }

    private Span span(Lease lease, String id, Context parent) {
        return tracer.spanBuilder("job " + lease.hold().id().queue())
                .setParent(parent)
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("drover.job.id", id)
                .setAttribute("drover.job.type", lease.type())
                .setAttribute("drover.job.attempt", lease.attempt())
                .startSpan();
    }

    final class Run implements AutoCloseable {

        private final QueueName queue;
        private final Span span;
        private final long begunNanos = System.nanoTime();
        private final Optional<JobContext> context;
        private final Scope scope;
        private String outcome = NO_WORD;

        private Run(QueueName queue, Span span, Optional<JobContext> context) {
            this.context = context;
            this.queue = queue;
            this.span = span;
            this.scope = span.getSpanContext().isValid() ? span.makeCurrent() : Scope.noop();
        }

        void ended(JobOutcome word) {
            outcome = switch (word) {
                case JobOutcome.Succeeded done -> "succeeded";
                case JobOutcome.Retry again -> "retry";
                case JobOutcome.Failed no -> "failed";
                case JobOutcome.Dead dead -> "dead";
            };
        }

        @Override
        public void close() {
            runs.record(queue.toString(), outcome, begunNanos);
            span.setAttribute("drover.job.outcome", outcome);
            if (outcome.equals(NO_WORD) || outcome.equals("retry") || outcome.equals("dead")) {
                span.setStatus(StatusCode.ERROR);
            }
            scope.close();
            span.end();
            MDC.remove(LogFields.JOB_ID);
            MDC.remove(LogFields.TRACE_ID);
            context.ifPresent(JobContext::close);
        }
    }
}
