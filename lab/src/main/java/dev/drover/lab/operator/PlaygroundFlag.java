package dev.drover.lab.operator;

import java.io.IOException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A flag for the playground to show: half of all accounts get one word, the others the other. Once defined it is left as it is. */
final class PlaygroundFlag {
    private static final String PATH = "/flags/playground-season?why=Something%20for%20the%20playground%20to%20show.";

    private static final int SERVER_ERROR = 500;

    private final SuiteApi api;
    private boolean asked;

    PlaygroundFlag(SuiteApi api) {
        this.api = api;
    }

    /** Unless it is there already. A refusal will do: what is missing is only something to show. */
    void define(String token) throws IOException, InterruptedException {
        if (asked) {
            return;
        }
        JsonObject rule = new JsonObject()
                .put("name", "half")
                .put("when", new JsonArray().add(new JsonObject().put("percentage", 50)))
                .put("variant", "autumn");
        asked = api.put(PATH, token)
                        .header("If-Match", "\"0\"")
                        .send(new JsonObject()
                                .put("type", "string")
                                .put(
                                        "variants",
                                        new JsonObject().put("spring", "spring").put("autumn", "autumn"))
                                .put("defaultVariant", "spring")
                                .put("rules", new JsonArray().add(rule)))
                        .status()
                < SERVER_ERROR;
    }
}
