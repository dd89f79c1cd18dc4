package dev.drover.openapi;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.drover.platform.problem.ErrorCode;
import dev.drover.platform.problem.PlatformError;

/** Every code there is, by its word on the wire. */
record ErrorCodes(Map<String, ErrorCode> byWord) {

    static ErrorCodes of(Iterable<Service> services) throws IOException {
        Map<String, ErrorCode> all = new TreeMap<>();
        Stream.of(PlatformError.values()).forEach(code -> all.put(code.code(), code));
        for (Service service : services) {
            for (ErrorCode code : service.errorCodes()) {
                all.put(code.code(), code);
            }
        }
        return new ErrorCodes(all);
    }

    ErrorCode named(String word, String operation) {
        ErrorCode code = byWord.get(word);
        if (code == null) {
            throw new IllegalArgumentException(
                    "@Problems of " + operation + " names " + word + ", which is no error code of the service");
        }
        return code;
    }
}
