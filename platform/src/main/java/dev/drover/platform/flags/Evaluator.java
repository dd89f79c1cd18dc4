package dev.drover.platform.flags;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Finds the variant of a flag. The same flag, context and time give the same on every instance. */
public final class Evaluator {

    public static final String TARGETING_KEY = "targetingKey";

    /** Shares are told apart to a thousandth of a percent. */
    private static final int BUCKETS = 100_000;

    private static final BigDecimal BUCKETS_PER_PERCENT = BigDecimal.valueOf(BUCKETS / 100);

    private Evaluator() {}

    public static Evaluation evaluate(Flag flag, ObjectNode context, Instant time) {
        if (!flag.isOn(time)) {
            return resolved(flag, flag.offVariant(), Evaluation.Reason.DISABLED, Optional.empty());
        }
        Optional<String> targetingKey = Optional.ofNullable(context.get(TARGETING_KEY))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(key -> !key.isEmpty());
        for (int i = 0; i < flag.rules().size(); i++) {
            Rule rule = flag.rules().get(i);
            if (rule.isByShare() && targetingKey.isEmpty()) {
                return new Evaluation.Failed(
                        Evaluation.Error.TARGETING_KEY_MISSING,
                        "Rule " + name(rule, i) + " is by percentage and needs a targetingKey.");
            }
            if (rule.when().stream().allMatch(condition -> isMet(condition, context, targetingKey.orElse(""), time))) {
                return resolved(
                        flag,
                        rule.variant(),
                        rule.isByShare() ? Evaluation.Reason.SPLIT : Evaluation.Reason.TARGETING_MATCH,
                        Optional.of(name(rule, i)));
            }
        }
        Evaluation.Reason reason = flag.rules().isEmpty() ? Evaluation.Reason.STATIC : Evaluation.Reason.DEFAULT;
        return resolved(flag, flag.defaultVariant(), reason, Optional.empty());
    }

    private static Evaluation resolved(Flag flag, String variant, Evaluation.Reason reason, Optional<String> rule) {
        return new Evaluation.Resolved(flag, variant, flag.variants().get(variant), reason, rule);
    }

    private static String name(Rule rule, int place) {
        return rule.name().orElse(Integer.toString(place + 1));
    }

    private static boolean isMet(Condition condition, ObjectNode context, String targetingKey, Instant time) {
        return switch (condition) {
            case Condition.Equals equals -> isSame(context.get(equals.attribute()), equals.value());
            case Condition.In in -> {
                JsonNode given = context.get(in.attribute());
                yield in.values().stream().anyMatch(value -> isSame(given, value));
            }
            case Condition.StartsWith starts -> {
                JsonNode given = context.get(starts.attribute());
                yield given != null && given.isTextual() && given.textValue().startsWith(starts.prefix());
            }
            case Condition.Version version -> {
                JsonNode given = context.get(version.attribute());
                yield given != null && given.isTextual() && version.range().contains(given.textValue());
            }
            case Condition.Window window -> window.contains(time);
            case Condition.Share share ->
                bucket(share.salt(), targetingKey)
                        < share.percentage().multiply(BUCKETS_PER_PERCENT).intValue();
        };
    }

    /** 1 and 1.0 are the same number. */
    private static boolean isSame(JsonNode given, JsonNode value) {
        if (given == null) {
            return false;
        }
        return given.isNumber() && value.isNumber()
                ? given.decimalValue().compareTo(value.decimalValue()) == 0
                : given.equals(value);
    }

    /** Where a targeting key stands among {@value #BUCKETS}, evenly spread; with another salt, elsewhere. */
    static int bucket(String salt, String targetingKey) {
        try {
            byte[] text = (salt + '\n' + targetingKey).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return (int) ((ByteBuffer.wrap(digest).getInt() & 0xFFFF_FFFFL) * BUCKETS >>> Integer.SIZE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
