package dev.drover.openapi;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

/** What no annotation can say, written by hand: the frame of the document, and the operations of a service beside its resources. */
record WrittenParts(ObjectNode frame, ObjectNode services) {

    static WrittenParts load() throws IOException {
        return new WrittenParts(read("frame.yaml"), read("services.yaml"));
    }

    ObjectNode pathsOf(String service) {
        return services.withObject("/" + service);
    }

    private static ObjectNode read(String name) throws IOException {
        try (InputStream file = WrittenParts.class.getResourceAsStream(name)) {
            return (ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(file);
        }
    }
}
