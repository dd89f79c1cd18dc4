package dev.drover.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.drover.platform.problem.ErrorCode;

class ApiDocumentTest {

    private static final Path HOME = Path.of(System.getProperty("drover.home"));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Codes no operation answers, with where a client meets them instead. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("method_not_allowed", "a method without an operation: the document's description"),
            Map.entry("uri_too_long", "before a path is known: the document's description"),
            Map.entry("headers_too_large", "before a path is known: the document's description"),
            Map.entry("already_subscribed", "socket"),
            Map.entry("not_subscribed", "socket"),
            Map.entry("too_many_subscriptions", "socket"),
            Map.entry("already_authenticated", "socket"),
            Map.entry("authentication_timeout", "socket"),
            Map.entry("binary_frame", "socket"),
            Map.entry("unknown_frame", "socket"),
            Map.entry("too_many_frames", "socket"),
            Map.entry("slow_consumer", "socket"),
            Map.entry("idle_timeout", "socket"),
            Map.entry("too_many_connections", "socket"),
            Map.entry("disconnected", "socket"));

    private static String text;
    private static ObjectNode document;

    @BeforeAll
    static void write() throws IOException {
        text = ApiDocument.merged();
        document = (ObjectNode) YAML.readTree(text);
    }

    @Test
    void theDocumentOfTheRepositoryIsWhatTheSourcesSay() throws IOException {
        assertThat(Files.readString(HOME.resolve("docs/api/openapi.yaml")))
                .as("docs/api/openapi.yaml is stale: run ./drover openapi and commit what it writes")
                .isEqualTo(text);
    }

    @Test
    void theSameSourcesGiveTheSameBytes() throws IOException {
        assertThat(ApiDocument.merged()).isEqualTo(text);
    }

    @Test
    void anIndependentParserTakesItAsOpenApi31() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        var result = new OpenAPIV3Parser().readContents(text, null, options);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.1");
        assertThat(result.getOpenAPI().getPaths()).hasSizeGreaterThan(15);
    }

    @Test
    void everySchemaIsOneAndEveryExampleMeetsIts() {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);
        JsonSchema metaSchema = factory.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        List<String> faults = new ArrayList<>();
        forEverySchema(document, "", (place, schema) -> {
            metaSchema.validate(schema).forEach(fault -> faults.add(place + ": " + fault.getMessage()));
            JsonSchema known = compiled(factory, schema);
            schema.path("examples").forEach(example -> known.validate(example)
                    .forEach(fault -> faults.add(place + ": example " + example + " " + fault.getMessage())));
        });
        forEveryOperation((name, operation) -> operation.findParents("examples").stream()
                .filter(media -> media.path("examples").isObject())
                .forEach(media -> media.path("examples").forEach(example -> compiled(factory, media.path("schema"))
                        .validate(example.path("value"))
                        .forEach(fault -> faults.add(name + ": " + fault.getMessage())))));
        assertThat(faults).isEmpty();
    }

    @Test
    void everyOperationSaysWhatItIsForAndWhoMayCallIt() {
        Set<String> ids = new TreeSet<>();
        forEveryOperation((name, operation) -> {
            assertThat(ids.add(operation.path("operationId").asText())).as(name).isTrue();
            assertThat(operation.path("operationId").asText()).as(name).matches("[a-z][A-Za-z]{3,}");
            assertThat(operation.path("summary").asText()).as(name).isNotBlank();
            assertThat(operation.path("tags")).as(name).hasSize(1);
            assertThat(operation.has("security")).as(name).isTrue();
            assertThat(operation.path("responses").properties())
                    .as(name)
                    .anyMatch(response -> response.getKey().compareTo("400") < 0);
            if (name.startsWith("post ")) {
                assertThat(operation.path("parameters").toString()).as(name).contains("IdempotencyKey");
            }
        });
        assertThat(ids).contains("signUp", "leaseJobs", "openSocket");
    }

    @Test
    void aBodyMayBeLeftOutOfAPostThatNeedsNoneOfItsMembers() {
        Set<String> optional = new TreeSet<>();
        forEveryOperation((name, operation) -> {
            JsonNode body = operation.path("requestBody");
            if (name.startsWith("post ")
                    && !body.isMissingNode()
                    && !body.path("required").asBoolean(false)) {
                optional.add(name);
            }
        });
        assertThat(optional)
                .contains("post /queues/{queue}/drain", "post /queues/{queue}/redrive", "post /media/{id}/shares")
                .doesNotContain("post /jobs", "post /auth/login");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        for (String reference : document.findValuesAsText("$ref")) {
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void everyErrorCodeIsAnsweredSomewhereOrExplained() throws IOException {
        Set<String> answered = new TreeSet<>();
        document.findValues("code").forEach(code -> code.path("enum").forEach(word -> answered.add(word.asText())));

        for (ErrorCode code : ErrorCodes.of(ApiDocument.services()).byWord().values()) {
            assertThat(answered.contains(code.code()) ^ ELSEWHERE.containsKey(code.code()))
                    .as("%s is in docs/api/openapi.yaml, or among those that are met elsewhere", code.code())
                    .isTrue();
        }
    }

    @Test
    void aCodeThatDoesNotExistFailsTheBuild() throws IOException {
        ErrorCodes codes = ErrorCodes.of(ApiDocument.services());

        assertThatThrownBy(() -> codes.named("no_such_code", "get /x")).hasMessageContaining("no_such_code");
    }

    @Test
    void twoThingsOfOneNameFailTheMerge() throws IOException {
        Merge merge = new Merge((ObjectNode) YAML.readTree("paths: {}"));
        merge.add((ObjectNode) YAML.readTree("components: {schemas: {Thing: {type: string}}}"));

        assertThatThrownBy(
                        () -> merge.add((ObjectNode) YAML.readTree("components: {schemas: {Thing: {type: integer}}}")))
                .hasMessageContaining("Thing");
    }

    private static JsonSchema compiled(JsonSchemaFactory factory, JsonNode schema) {
        ObjectNode standing = schema.deepCopy();
        // References are into the whole document, so that comes along.
        standing.set("components", document.path("components"));
        return factory.getSchema(standing, SchemaValidatorsConfig.builder().build());
    }

    private static void forEveryOperation(BiConsumer<String, JsonNode> check) {
        document.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(operation -> check.accept(operation.getKey() + " " + path.getKey(), operation.getValue())));
    }

    private static void forEverySchema(JsonNode node, String place, BiConsumer<String, JsonNode> check) {
        node.properties().forEach(member -> {
            String here = place + "/" + member.getKey();
            if (member.getKey().equals("schema")) {
                check.accept(here, member.getValue());
            } else if (member.getKey().equals("schemas") || member.getKey().equals("properties")) {
                member.getValue()
                        .properties()
                        .forEach(schema -> check.accept(here + "/" + schema.getKey(), schema.getValue()));
            }
            forEverySchema(member.getValue(), here, check);
        });
    }
}
