package dev.drover.platform.telemetry;

import java.util.logging.Handler;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.StartupEvent;

/** With {@code LOG_FORMAT=json}: has the lines of requests and jobs carry their fields at the top level. */
final class JsonLogs {

    void flatten(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        for (Handler handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
            if (handler.getFormatter() instanceof JsonFormatter configured) {
                handler.setFormatter(FlatJsonFormatter.of(configured));
            }
        }
    }
}
