package dev.drover.platform.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Which members the records have that bodies are read into, by name. Asking Jackson takes a record apart anew each time, at 130 KB for one of
 * a dozen members, so what it said is kept.
 */
final class BodyMembers {

    /**
     * @param least of an integer, by its annotation or its type
     * @param most  of an integer
     */
    record Member(JavaType type, long least, long most) {

        static Member of(JavaType type) {
            boolean isInt = type.hasRawClass(int.class) || type.hasRawClass(Integer.class);
            return new Member(
                    type, isInt ? Integer.MIN_VALUE : Long.MIN_VALUE, isInt ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }

        private static Member of(BeanPropertyDefinition property) {
            Member plain = of(property.getPrimaryType());
            AnnotatedMember member = property.getPrimaryMember();
            Min least = member == null ? null : member.getAnnotation(Min.class);
            Max most = member == null ? null : member.getAnnotation(Max.class);
            return new Member(
                    plain.type, least == null ? plain.least : least.value(), most == null ? plain.most : most.value());
        }
    }

    private final ObjectMapper json;

    @ProcessLocal(
            because = "how the code's own records are made; as many entries as there are kinds of records in bodies")
    private final Map<JavaType, Map<String, Member>> known = new ConcurrentHashMap<>();

    BodyMembers(ObjectMapper json) {
        this.json = json;
    }

    /** In the order of their names. */
    Map<String, Member> of(JavaType type) {
        Map<String, Member> members = known.get(type);
        return members == null ? known.computeIfAbsent(type, this::introspected) : members;
    }

    private Map<String, Member> introspected(JavaType type) {
        return Collections.unmodifiableMap(json.getDeserializationConfig().introspect(type).findProperties().stream()
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .collect(Collectors.toMap(
                        BeanPropertyDefinition::getName, Member::of, (a, b) -> a, LinkedHashMap::new)));
    }
}
