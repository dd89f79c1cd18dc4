package dev.drover.platform.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;

import dev.drover.platform.stateless.ProcessLocal;

/**
 * Which members the records have that bodies are read into, by name. Asking Jackson takes a record apart anew each time, at 130 KB for one of
 * a dozen members, so what it said is kept.
 */
final class BodyMembers {

    private final ObjectMapper json;

    @ProcessLocal(
            because = "how the code's own records are made; as many entries as there are kinds of records in bodies")
    private final Map<JavaType, Map<String, JavaType>> known = new ConcurrentHashMap<>();

    BodyMembers(ObjectMapper json) {
        this.json = json;
    }

    /** In the order of their names. */
    Map<String, JavaType> of(JavaType type) {
        Map<String, JavaType> members = known.get(type);
        return members == null ? known.computeIfAbsent(type, this::introspected) : members;
    }

    private Map<String, JavaType> introspected(JavaType type) {
        return Collections.unmodifiableMap(json.getDeserializationConfig().introspect(type).findProperties().stream()
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .collect(Collectors.toMap(
                        BeanPropertyDefinition::getName,
                        BeanPropertyDefinition::getPrimaryType,
                        (a, b) -> a,
                        LinkedHashMap::new)));
    }
}
