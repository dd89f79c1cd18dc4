package dev.drover.platform.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Holds a JSON body against the record it is meant for and finds everything that is wrong with its form, where binding would stop at the first
 * fault: members there is no place for, and values that are of another type.
 */
final class BodyForm {

    static final String OBJECT = "must be an object";

    private static final String TIMES = Duration.class.getPackageName();

    private static final Set<Class<?>> WHOLE_NUMBERS = Set.of(int.class, Integer.class, long.class, Long.class);

    private final ObjectMapper json;
    private final BodyMembers members;
    private final List<Violation> unknown = new ArrayList<>();
    private final List<Violation> mistyped = new ArrayList<>();

    BodyForm(ObjectMapper json, BodyMembers members) {
        this.json = json;
        this.members = members;
    }

    List<Violation> unknown() {
        return unknown;
    }

    List<Violation> mistyped() {
        return mistyped;
    }

    boolean isFlawless() {
        return unknown.isEmpty() && mistyped.isEmpty();
    }

    /**
     * Once more is wrong than is told, no more is looked for. What is faulty is taken out of the tree, in a list it gives its place to null, so that
     * what is left can be bound.
     *
     * @return whether the value itself may stay; what is wrong inside it is gone from it then
     */
    boolean check(JsonNode value, JavaType type, String pointer) {
        return check(value, BodyMembers.Member.of(type), pointer);
    }

    private boolean check(JsonNode value, BodyMembers.Member member, String pointer) {
        JavaType type = member.type();
        Class<?> raw = type.getRawClass();
        if (value.isNull() || unknown.size() + mistyped.size() > ServiceException.VIOLATIONS_MAX) {
            return true;
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            return checkElements(value, type, pointer);
        }
        if (raw.isRecord()) {
            return checkMembers(value, type, pointer);
        }
        return canBe(value, type) || isMistyped(pointer, expected(member));
    }

    /** Always false, for the caller to say so. */
    private boolean isMistyped(String pointer, String expected) {
        mistyped.add(new Violation(pointer, expected));
        return false;
    }

    private boolean checkElements(JsonNode value, JavaType type, String pointer) {
        if (!(value instanceof ArrayNode array)) {
            return isMistyped(pointer, "must be an array");
        }
        for (int i = 0; i < array.size(); i++) {
            if (!check(array.get(i), type.getContentType(), pointer + "/" + i)) {
                array.setNull(i);
            }
        }
        return true;
    }

    private boolean checkMembers(JsonNode value, JavaType type, String pointer) {
        if (!(value instanceof ObjectNode object)) {
            return isMistyped(pointer, OBJECT);
        }
        Map<String, BodyMembers.Member> known = members.of(type);
        List<String> faulty = new ArrayList<>();
        object.propertyStream().forEach(member -> {
            String at = pointer + "/" + escaped(member.getKey());
            BodyMembers.Member expected = known.get(member.getKey());
            if (expected == null) {
                unknown.add(new Violation(at, "is not known here; known are: " + String.join(", ", known.keySet())));
            }
            if (expected == null || !check(member.getValue(), expected, at)) {
                faulty.add(member.getKey());
            }
        });
        object.remove(faulty);
        return true;
    }

    private boolean canBe(JsonNode value, JavaType type) {
        Class<?> raw = type.getRawClass();
        boolean isOfTheKind = raw == String.class
                ? value.isTextual()
                : isNumber(raw) ? value.isNumber() : raw != boolean.class && raw != Boolean.class || value.isBoolean();
        if (!isOfTheKind || WHOLE_NUMBERS.contains(raw) && !value.canConvertToExactIntegral()) {
            return false;
        }
        if (raw == SentObject.class) {
            return value.isObject();
        }
        // Jackson would take a number for seconds, whatever its sender thought they were.
        if (raw.getPackageName().equals(TIMES) && !value.isTextual()) {
            return false;
        }
        // What is of the kind by its looks need not be bound to find that out.
        if (raw == String.class || raw == Boolean.class || raw == boolean.class || raw.isInstance(value)) {
            return true;
        }
        if (raw == int.class || raw == Integer.class) {
            return value.canConvertToInt();
        }
        if (raw == long.class || raw == Long.class) {
            return value.canConvertToLong();
        }
        try {
            // An empty text would be no value at all, and what was to be later be done now.
            return json.treeToValue(value, type) != null;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class && type != char.class;
    }

    private static String expected(BodyMembers.Member member) {
        Class<?> type = member.type().getRawClass();
        if (type.isEnum()) {
            return "must be one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == String.class) {
            return "must be a string";
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return integer(member.least(), member.most());
        }
        if (isNumber(type)) {
            return "must be a number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == Duration.class) {
            return "must be an ISO-8601 duration such as PT2S";
        }
        if (type == Instant.class) {
            return "must be a time such as 2026-01-31T12:00:00Z";
        }
        return JsonNode.class.isAssignableFrom(type) || type == SentObject.class || Map.class.isAssignableFrom(type)
                ? OBJECT
                : JsonFaults.FORM;
    }

    private static String integer(long least, long most) {
        if (least == Long.MIN_VALUE || most == Long.MAX_VALUE) {
            return "must be an integer of at most 18 digits" + (least > Long.MIN_VALUE ? ", at least " + least : "")
                    + (most < Long.MAX_VALUE ? ", at most " + most : "");
        }
        return "must be an integer from " + least + " to " + most;
    }

    private static String escaped(String member) {
        return member.replace("~", "~0").replace("/", "~1");
    }
}
