package dev.drover.lab.console;

import java.nio.file.Path;
import java.time.Duration;

import io.vertx.core.json.JsonObject;

import dev.drover.lab.fleet.Instance;
import dev.drover.lab.suite.DataFolder;
import dev.drover.lab.suite.Suite;
import dev.drover.lab.suite.SuitePlan;

/** What a person is told when everything runs. */
final class Welcome {
    private Welcome() {}

    static void print(Terminal terminal, Suite suite, SuitePlan plan, DataFolder data, Duration took) {
        JsonObject stores = suite.stores().description();
        Path logs = data.path().resolve("logs");
        String port = plan.port() == 8080 ? "" : " (on port " + plan.port() + ")";
        String anInstance =
                suite.fleet().instances().stream().findFirst().map(Instance::id).orElse("<instance>");
        terminal.line("""

                %d instances are ready after %s.

                  the suite      %s
                  control room   %s/
                  Redis          %s
                  S3             %s
                  logs           %s

                Try, in another terminal%s:
                  ./drover tour                   walk through all of it, killing instances on the way
                  ./drover kill %-17s kill -9 one; watch it being replaced
                  ./drover status                 who is there
                Ctrl-C stops everything.""".formatted(
                        suite.readyInstances(),
                        Terminal.seconds(took),
                        Suite.publicUrl(plan),
                        Suite.publicUrl(plan),
                        stores.getJsonObject("redis").getString("url"),
                        stores.getJsonObject("s3").getString("endpoint"),
                        logs,
                        port,
                        anInstance));
    }
}
