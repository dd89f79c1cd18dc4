package dev.drover.platform.flags;

import java.math.BigDecimal;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Value;

/** OpenFeature over the copy of the flags this instance has: what OFREP answers to a client, the same code gets here. */
final class DroverFeatureProvider implements FeatureProvider {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Flags flags;

    DroverFeatureProvider(Flags flags) {
        this.flags = flags;
    }

    @Override
    public Metadata getMetadata() {
        return () -> "drover";
    }

    @Override
    public ProviderEvaluation<Boolean> getBooleanEvaluation(String key, Boolean byDefault, EvaluationContext context) {
        return evaluate(key, byDefault, context, FlagType.BOOLEAN, JsonNode::booleanValue);
    }

    @Override
    public ProviderEvaluation<String> getStringEvaluation(String key, String byDefault, EvaluationContext context) {
        return evaluate(key, byDefault, context, FlagType.STRING, JsonNode::textValue);
    }

    @Override
    public ProviderEvaluation<Integer> getIntegerEvaluation(String key, Integer byDefault, EvaluationContext context) {
        return evaluate(
                key, byDefault, context, FlagType.INTEGER, value -> value.canConvertToInt() ? value.intValue() : null);
    }

    @Override
    public ProviderEvaluation<Long> getLongEvaluation(String key, Long byDefault, EvaluationContext context) {
        return evaluate(key, byDefault, context, FlagType.INTEGER, JsonNode::longValue);
    }

    @Override
    public ProviderEvaluation<Double> getDoubleEvaluation(String key, Double byDefault, EvaluationContext context) {
        return evaluate(key, byDefault, context, FlagType.NUMBER, JsonNode::doubleValue);
    }

    @Override
    public ProviderEvaluation<Value> getObjectEvaluation(String key, Value byDefault, EvaluationContext context) {
        return evaluate(
                key,
                byDefault,
                context,
                FlagType.OBJECT,
                value -> Value.objectToValue(JSON.convertValue(value, java.util.Map.class)));
    }

    /** @param read null when the value is of the type and still cannot be given in it */
    private <T> ProviderEvaluation<T> evaluate(
            String key, T byDefault, EvaluationContext context, FlagType type, Function<JsonNode, T> read) {
        return switch (flags.evaluate(key, json(context))) {
            case Evaluation.Failed failed ->
                failed(byDefault, ErrorCode.valueOf(failed.error().name()), failed.details());
            case Evaluation.Resolved resolved -> {
                boolean isOfType = resolved.flag().type() == type
                        || type == FlagType.NUMBER && resolved.flag().type() == FlagType.INTEGER;
                T value = isOfType ? read.apply(resolved.value()) : null;
                yield value == null
                        ? failed(
                                byDefault,
                                ErrorCode.TYPE_MISMATCH,
                                "The flag is of type " + resolved.flag().type().word() + ".")
                        : ProviderEvaluation.<T>builder()
                                .value(value)
                                .variant(resolved.variant())
                                .reason(resolved.reason().name())
                                .flagMetadata(metadata(resolved))
                                .build();
            }
        };
    }

    private static <T> ProviderEvaluation<T> failed(T byDefault, ErrorCode error, String details) {
        return ProviderEvaluation.<T>builder()
                .value(byDefault)
                .reason("ERROR")
                .errorCode(error)
                .errorMessage(details)
                .build();
    }

    private ImmutableMetadata metadata(Evaluation.Resolved resolved) {
        var metadata = ImmutableMetadata.builder()
                .addLong("flagVersion", resolved.flag().version());
        resolved.rule().ifPresent(rule -> metadata.addString("rule", rule));
        if (flags.copy().isStale()) {
            metadata.addBoolean("stale", true)
                    .addLong("ageSeconds", flags.copy().age().toSeconds());
        }
        return metadata.build();
    }

    private static ObjectNode json(EvaluationContext context) {
        ObjectNode json = JSON.createObjectNode();
        context.asMap().forEach((name, value) -> json.set(name, json(value)));
        if (context.getTargetingKey() != null) {
            json.put(Evaluator.TARGETING_KEY, context.getTargetingKey());
        }
        return json;
    }

    private static JsonNode json(Value value) {
        if (value.isInstant()) {
            return JSON.getNodeFactory().textNode(value.asInstant().toString());
        }
        if (value.isNumber()) {
            return JSON.getNodeFactory()
                    .numberNode(new BigDecimal(value.asObject().toString()));
        }
        if (value.isBoolean()) {
            return JSON.getNodeFactory().booleanNode(value.asBoolean());
        }
        // What is neither can be compared with nothing a rule may name.
        return value.isString()
                ? JSON.getNodeFactory().textNode(value.asString())
                : JSON.getNodeFactory().nullNode();
    }
}
