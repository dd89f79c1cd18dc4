package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;

/** The pod that docs/operations/backup.md puts in the place of the redis component's server. */
class RestorePodTest {

    private static final Path FILE = Repository.DEPLOY.resolve("backup/restore-pod.yaml");
    private static final String SERVER = "redis";

    private final JsonNode server =
            Manifests.kind().named("StatefulSet", SERVER).orElseThrow();
    private final JsonNode container = server.at("/spec/template/spec/containers/0");
    private final JsonNode pod = read();

    @Test
    void itHasTheVolumeOfTheServerAndItsImageAndUser() {
        JsonNode claim = server.at("/spec/volumeClaimTemplates/0/metadata/name");
        assertThat(pod.at("/spec/volumes/0/persistentVolumeClaim/claimName").asText())
                .isEqualTo(claim.asText() + "-" + SERVER + "-0");
        assertThat(pod.at("/spec/containers/0/image")).isEqualTo(container.path("image"));
        for (String who : new String[] {"runAsUser", "fsGroup"}) {
            assertThat(pod.at("/spec/securityContext").path(who))
                    .as(who)
                    .isEqualTo(server.at("/spec/template/spec/securityContext").path(who));
        }
        for (JsonNode mount : container.path("volumeMounts")) {
            if (mount.path("name").equals(claim)) {
                assertThat(pod.at("/spec/containers/0/volumeMounts/0/mountPath"))
                        .isEqualTo(mount.path("mountPath"));
            }
        }
    }

    @Test
    void theNamespaceTakesIt() {
        assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/spec/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/spec/automountServiceAccountToken").asBoolean(true)).isFalse();
        JsonNode security = pod.at("/spec/containers/0/securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        try (KubernetesModels models = new KubernetesModels("1.36")) {
            models.check("v1", "Pod", pod.toString());
        }
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new AssertionError(FILE + " cannot be read", e);
        }
    }
}
