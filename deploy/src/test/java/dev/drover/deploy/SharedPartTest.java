package dev.drover.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class SharedPartTest {

    @Test
    void whatAllHaveIsSharedAndWhatOneHasIsItsOwn() throws IOException {
        ObjectNode one = yaml("containers: [{name: service, image: a, probe: {port: 1, every: 2}}]\ngrace: 30");
        ObjectNode other = yaml("containers: [{name: service, image: b, probe: {port: 1, every: 3}}]\ngrace: 30");

        ObjectNode shared = SharedPart.of(List.of(one, other));

        assertThat(shared).isEqualTo(yaml("containers: [{name: service, probe: {port: 1}}]\ngrace: 30"));
        assertThat(SharedPart.remainder(one, shared))
                .isEqualTo(yaml("containers: [{name: service, image: a, probe: {every: 2}}]"));
    }

    @Test
    void aListWithoutNamesIsCommonAsAWholeOrNotAtAll() throws IOException {
        ObjectNode one = yaml("drop: [ALL]\nfrom: [{ref: a}]");
        ObjectNode other = yaml("drop: [ALL]\nfrom: [{ref: a}, {ref: b}]");

        ObjectNode shared = SharedPart.of(List.of(one, other));

        assertThat(shared).isEqualTo(yaml("drop: [ALL]"));
        assertThat(SharedPart.remainder(other, shared)).isEqualTo(yaml("from: [{ref: a}, {ref: b}]"));
    }

    @Test
    void anElementOnlyOneHasStaysWithIt() throws IOException {
        ObjectNode one = yaml("env: [{name: A, value: x}, {name: B, value: y}]");
        ObjectNode other = yaml("env: [{name: B, value: y}]");

        ObjectNode shared = SharedPart.of(List.of(one, other));

        assertThat(shared).isEqualTo(yaml("env: [{name: B, value: y}]"));
        assertThat(SharedPart.remainder(one, shared)).isEqualTo(yaml("env: [{name: A, value: x}]"));
        assertThat(SharedPart.remainder(other, shared)).isEqualTo(yaml("{}"));
    }

    private static ObjectNode yaml(String text) throws IOException {
        return ManifestYaml.read(new StringReader(text)).getFirst();
    }
}
