package dev.drover.lab.fleet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** Asks every instance at short intervals whether it is ready. Runs on one event loop; nothing here is shared. */
public final class ReadinessWatch {
    private static final long INTERVAL_MILLIS = 200;
    private static final long TIMEOUT_MILLIS = 1_000;
    private static final int SILENT_PROBES_UNTIL_UNRESPONSIVE = 2;

    private final Vertx vertx;
    private final Fleet fleet;
    private final HttpClient client;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Integer> silentProbes = new HashMap<>();

    public ReadinessWatch(Vertx vertx, Fleet fleet) {
        this.vertx = vertx;
        this.fleet = fleet;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout((int) TIMEOUT_MILLIS))
                .with(new PoolOptions().setHttp1MaxSize(2))
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    public void start() {
        vertx.setPeriodic(INTERVAL_MILLIS, timer -> probeAll());
    }

    private void probeAll() {
        List<Instance> instances = fleet.instances();
        silentProbes.keySet().retainAll(instances.stream().map(Instance::id).toList());
        instances.stream().filter(instance -> asked.add(instance.id())).forEach(this::probe);
    }

    private void probe(Instance instance) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(instance.managementPort())
                .setURI("/q/health/ready")
                .setTimeout(TIMEOUT_MILLIS);
        client.request(request)
                .compose(sent -> sent.send().compose(answer -> answer.body().map(answer.statusCode())))
                .onComplete(answer -> {
                    asked.remove(instance.id());
                    if (answer.succeeded()) {
                        answered(instance, answer.result());
                    } else {
                        failed(instance, answer.cause());
                    }
                });
    }

    private void answered(Instance instance, int status) {
        silentProbes.remove(instance.id());
        if (status == 200) {
            instance.become(InstanceState.READY);
        } else if (instance.state() != InstanceState.STARTING) {
            instance.become(InstanceState.NOT_READY);
        }
    }

    private void failed(Instance instance, Throwable cause) {
        if (instance.state() == InstanceState.STARTING) {
            return;
        }
        boolean silent = cause instanceof TimeoutException;
        int inARow = silent ? silentProbes.merge(instance.id(), 1, Integer::sum) : 0;
        if (inARow >= SILENT_PROBES_UNTIL_UNRESPONSIVE) {
            instance.become(InstanceState.UNRESPONSIVE);
        } else if (!silent) {
            instance.become(InstanceState.NOT_READY);
        }
    }
}
