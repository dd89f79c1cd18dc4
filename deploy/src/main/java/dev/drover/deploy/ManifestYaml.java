package dev.drover.deploy;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** YAML as people write it in manifests: no quotes where none are needed, lists indented. */
final class ManifestYaml {

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private ManifestYaml() {}

    static List<ObjectNode> read(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return read(reader);
        }
    }

    static List<ObjectNode> read(Reader text) throws IOException {
        try (MappingIterator<ObjectNode> documents =
                MAPPER.readerFor(ObjectNode.class).readValues(text)) {
            return documents.readAll().stream().filter(node -> node != null).toList();
        }
    }

    static String write(ObjectNode... objects) throws IOException {
        try {
            return Stream.of(objects).map(ManifestYaml::one).collect(Collectors.joining("---\n"));
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String one(ObjectNode object) {
        try {
            return MAPPER.writeValueAsString(object);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }
}
