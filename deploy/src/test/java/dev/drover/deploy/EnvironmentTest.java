package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.drover.auth.AuthService;
import dev.drover.jobs.JobsService;
import dev.drover.media.MediaService;
import dev.drover.platform.config.EnvironmentContract;
import dev.drover.platform.config.Variable;
import dev.drover.profile.ProfileService;
import dev.drover.realtime.RealtimeService;

/** The manifests against the environment contract of each service, both ways. */
class EnvironmentTest {

    private static final Map<String, EnvironmentContract> CONTRACTS = Map.of(
            "auth-service", AuthService.contract(),
            "profile-service", ProfileService.contract(),
            "media-service", MediaService.contract(),
            "jobs-service", JobsService.contract(),
            "jobs-worker", JobsService.contract(),
            "realtime-service", RealtimeService.contract());

    /** What an operator puts into the Secrets: docs/operations/install.md names the same. */
    private static final Map<String, Map<String, String>> SECRETS = Map.of(
            "drover-redis", Map.of("REDIS_URL", "redis://:secret@redis:6379"),
            "drover-object-store", Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret"),
            "drover-jobs", Map.of("SMTP_USERNAME", "drover", "SMTP_PASSWORD", "secret"));

    /** Stands in for the mounted Secret. */
    @TempDir
    private static Path signingKeys;

    @BeforeAll
    static void makeASigningKey() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        String key = Base64.getMimeEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        Files.writeString(
                signingKeys.resolve("current.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
        Files.writeString(signingKeys.resolve("data.key"), Base64.getEncoder().encodeToString(new byte[32]));
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyServiceStartsWithWhatItsManifestSets(Manifests manifests) {
        manifests.serviceTemplates().forEach((name, template) -> assertThat(
                        contract(name).faults(environment(manifests, template)))
                .as("%s would not start", name)
                .isEmpty());
    }

    /** Then the platform gives pods an identity for S3, and the mail server asks for no password. */
    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void twoSecretsAreDemandedAndWithoutTheOthersEveryServiceStartsToo(Manifests manifests) {
        Set<String> demanded = new TreeSet<>();
        manifests.serviceTemplates().forEach((name, template) -> {
            Map<String, String> variables = new TreeMap<>(manifests.environment(template));
            for (JsonNode source : template.at("/spec/containers/0/envFrom")) {
                JsonNode secret = source.path("secretRef");
                if (secret.has("name") && !secret.path("optional").asBoolean()) {
                    demanded.add(secret.path("name").asText());
                    variables.putAll(SECRETS.get(secret.path("name").asText()));
                }
            }
            template.at("/spec/volumes")
                    .forEach(volume ->
                            demanded.add(volume.at("/secret/secretName").asText()));
            variables.computeIfPresent("JWT_KEYS", (key, folder) -> signingKeys.toString());
            assertThat(contract(name).faults(variables)).as(name).isEmpty();
        });
        assertThat(demanded).containsExactly("drover-redis", "drover-signing-keys");
    }

    @Test
    void theExampleOfExternalSecretsMakesEverySecretWithItsKeys() throws IOException {
        Map<String, Set<String>> made = new TreeMap<>();
        for (JsonNode secret :
                ManifestYaml.read(Repository.DEPLOY.resolve("overlays/production/external-secrets.yaml"))) {
            assertThat(secret.path("kind").asText()).isEqualTo("ExternalSecret");
            made.put(
                    secret.at("/spec/target/name").asText(),
                    new TreeSet<>(secret.at("/spec/data").findValuesAsText("secretKey")));
        }

        Map<String, Set<String>> wanted =
                new TreeMap<>(Map.of("drover-signing-keys", Set.of("current.pem", "data.key")));
        SECRETS.forEach((name, values) -> wanted.put(name, values.keySet()));
        assertThat(made).isEqualTo(wanted);
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyVariableAManifestSetsIsReadByItsService(Manifests manifests) {
        manifests.serviceTemplates().forEach((name, template) -> {
            Set<String> known = contract(name).variables().stream()
                    .map(Variable::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(known)
                    .as(name)
                    .containsAll(environment(manifests, template).keySet());
        });
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void aFolderAVariableNamesIsMounted(Manifests manifests) {
        JsonNode auth = manifests.serviceTemplates().get("auth-service");
        List<String> mounted = auth.at("/spec/containers/0/volumeMounts").findValuesAsText("mountPath");

        assertThat(mounted).contains(manifests.environment(auth).get("JWT_KEYS"));
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void noSecretsValueIsSetInTheOpen(Manifests manifests) {
        Set<String> secret = SECRETS.values().stream()
                .flatMap(values -> values.keySet().stream())
                .collect(Collectors.toSet());
        manifests.serviceTemplates().forEach((name, template) -> assertThat(
                        manifests.environment(template).keySet())
                .as(name)
                .doesNotContainAnyElementsOf(secret));
    }

    private static Map<String, String> environment(Manifests manifests, JsonNode template) {
        Map<String, String> variables = new TreeMap<>(manifests.environment(template));
        for (String secret : manifests.secretSources(template)) {
            assertThat(SECRETS).as("a Secret nobody is told to make").containsKey(secret);
            variables.putAll(SECRETS.get(secret));
        }
        variables.computeIfPresent("JWT_KEYS", (name, folder) -> signingKeys.toString());
        return variables;
    }

    private static EnvironmentContract contract(String name) {
        return CONTRACTS.get(name);
    }
}
