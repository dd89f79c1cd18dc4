package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {

    /** The models would keep what they do not know in a pocket of its own; here it is refused. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            })
            .build();

    private static final Map<String, Class<?>> CUSTOM = Map.of(
            "gateway.networking.k8s.io/v1 Gateway", Gateway.class,
            "gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class,
            "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

    @ParameterizedTest
    @ValueSource(strings = {"1.31", "1.32", "1.33", "1.34", "1.35", "1.36"})
    void everyObjectIsValidInThisRelease(String release) {
        List<String> faults = new ArrayList<>();
        try (KubernetesModels models = new KubernetesModels(release)) {
            Manifests.all().forEach(manifests -> manifests.objects().forEach(object -> {
                String version = object.path("apiVersion").asText();
                if (KubernetesModels.know(version)) {
                    try {
                        models.check(version, object.path("kind").asText(), object.toString());
                    } catch (IllegalArgumentException e) {
                        faults.add(manifests + ": " + describe(object) + ": " + e.getMessage());
                    }
                }
            }));
        }

        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.31", "1.36"})
    void theModelsNoticeAMisspeltFieldAndAMissingOne(String release) {
        try (KubernetesModels models = new KubernetesModels(release)) {
            assertThatThrownBy(() -> models.check(
                            "v1", "Service", "{\"metadata\":{},\"spec\":{\"ports\":[{\"prot\":1,\"port\":80}]}}"))
                    .hasMessageContaining("prot");
            assertThatThrownBy(() -> models.check(
                            "apps/v1",
                            "Deployment",
                            "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"x\"}]}}}}"))
                    .hasMessageContaining("selector");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.drover.deploy.Manifests#all")
    void everyCustomResourceIsOneWeKnowAndHasNoFieldItsModelLacks(Manifests manifests) {
        List<String> faults = new ArrayList<>();
        for (ObjectNode object : manifests.objects()) {
            String version = object.path("apiVersion").asText();
            if (!KubernetesModels.know(version)) {
                customFault(object).ifPresent(fault -> faults.add(describe(object) + ": " + fault));
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void aFieldACustomResourceDoesNotKnowIsNoticed() throws IOException {
        ObjectNode route = (ObjectNode) STRICT.readTree("""
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "spec": {"rules": [{"backendRef": []}]}}""");

        assertThat(customFault(route))
                .hasValueSatisfying(fault -> assertThat(fault).contains("backendRef"));
    }

    private static Optional<String> customFault(ObjectNode object) {
        Class<?> model = CUSTOM.get(
                object.path("apiVersion").asText() + " " + object.path("kind").asText());
        if (model == null) {
            return Optional.of("there is no model of it here");
        }
        try {
            STRICT.treeToValue(object, model);
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of(e.getOriginalMessage());
        }
    }

    private static String describe(ObjectNode object) {
        return object.path("apiVersion").asText() + " " + object.path("kind").asText() + " " + Manifests.nameOf(object);
    }
}
