package dev.drover.lab.room;

import java.util.OptionalDouble;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

import dev.drover.lab.fleet.Fleet;
import dev.drover.lab.fleet.Instance;
import dev.drover.lab.fleet.InstanceState;
import dev.drover.lab.fleet.Service;

/**
 * How long the longest waiting job of any queue could have run, by the meter the cluster's autoscaler goes by. Every instance says the same, so
 * one is asked. Lives on one event loop.
 */
public final class QueueLatency {
    private static final String METER = "drover_queue_latency_seconds{";
    private static final long LOOK_MILLIS = 3_000;
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Vertx vertx;
    private final Fleet fleet;
    private final HttpClient client;
    private volatile OptionalDouble seconds = OptionalDouble.empty();

    public QueueLatency(Vertx vertx, Fleet fleet) {
        this.vertx = vertx;
        this.fleet = fleet;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS))
                .with(new PoolOptions().setHttp1MaxSize(1))
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    public void start() {
        vertx.setPeriodic(LOOK_MILLIS, timer -> look());
    }

    public OptionalDouble seconds() {
        return seconds;
    }

    private void look() {
        fleet.instances().stream()
                .filter(one -> one.service() == Service.JOBS && one.state() == InstanceState.READY)
                .findFirst()
                .ifPresentOrElse(this::ask, () -> seconds = OptionalDouble.empty());
    }

    private void ask(Instance instance) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(instance.managementPort())
                .setURI("/q/metrics")
                .setTimeout(TIMEOUT_MILLIS);
        client.request(request)
                .compose(sent -> sent.send().compose(answer -> answer.body()))
                .onComplete(answer ->
                        seconds = answer.succeeded() ? largest(answer.result().toString()) : OptionalDouble.empty());
    }

    /** What is not a number could not be read. */
    public static OptionalDouble largest(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(METER))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .filter(value -> !Double.isNaN(value))
                .max();
    }
}
