package dev.drover.platform.flags;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.drover.platform.problem.Violation;

class FlagDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            {"variants":{"a":1},"defaultVariant":"a"}                                              | /type
            {"type":"float","variants":{"a":1},"defaultVariant":"a"}                               | /type
            {"type":"boolean","variants":{"a":"x"},"defaultVariant":"a"}                           | /variants/a
            {"type":"integer","variants":{"a":1.5},"defaultVariant":"a"}                           | /variants/a
            {"type":"object","variants":{"a":[]},"defaultVariant":"a"}                             | /variants/a
            {"type":"boolean","variants":{},"defaultVariant":"a"}                                  | /variants
            {"type":"boolean","variants":{"/":true},"defaultVariant":"/"}                          | /variants/~1
            {"type":"boolean","variants":{"a":true}}                                               | /defaultVariant
            {"type":"boolean","variants":{"a":true},"defaultVariant":"b"}                          | /defaultVariant
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","offVariant":"b"}         | /offVariant
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","enabled":"yes"}          | /enabled
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":{}}               | /rules
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[1]}              | /rules/0
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[],"variant":"a"}]}                  | /rules/0/when
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[{}],"variant":"a"}]}                | /rules/0/when/0/attribute
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[{"percentage":101}],"variant":"a"}]}| /rules/0/when/0/percentage
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[{"from":"soon"}],"variant":"a"}]}   | /rules/0/when/0/from
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[{"attribute":"v","semver":"1"}],"variant":"a"}]} | /rules/0/when/0/semver
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[{"attribute":"v","in":[]}],"variant":"a"}]}      | /rules/0/when/0/in
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","rules":[{"when":[{"percentage":1}],"variant":"z"}]}  | /rules/0/variant
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","schedule":{}}            | /schedule
            {"type":"boolean","variants":{"a":true},"defaultVariant":"a","schedule":{"from":"2026-01-02T00:00:00Z","until":"2026-01-01T00:00:00Z"}} | /schedule/until
            """)
    void whatIsWrongIsNamed(String document, String pointer) {
        assertThat(read(document))
                .isInstanceOfSatisfying(FlagDocument.Reading.Faulty.class, faulty -> assertThat(faulty.violations())
                        .extracting(Violation::pointer)
                        .contains(pointer));
    }

    @Test
    void membersThereIsNoPlaceForAreNamedApart() {
        assertThat(read("""
                        {"type":"boolean","variants":{"a":true},"defaultVariant":"a","colour":1,
                         "rules":[{"when":[{"percentage":1,"of":"all"}],"variant":"a","else":"b"}]}"""))
                .isInstanceOfSatisfying(FlagDocument.Reading.Faulty.class, faulty -> assertThat(faulty.unknown())
                        .extracting(Violation::pointer)
                        .containsExactlyInAnyOrder("/colour", "/rules/0/else", "/rules/0/when/0/of"));
    }

    private static FlagDocument.Reading read(String document) {
        try {
            return FlagDocument.read("f", (ObjectNode) JSON.readTree(document), 1, Instant.EPOCH);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(document, e);
        }
    }
}
