package dev.drover.platform.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;

/** Jackson's faults in the words of a problem: never its own, which name classes. */
public final class JsonFaults {

    static final String FORM = "must have the form the API's document gives it";

    private JsonFaults() {}

    public static ServiceException of(JsonProcessingException fault) {
        if (fault instanceof JsonMappingException mismatch
                && !mismatch.getPath().isEmpty()) {
            return ServiceException.invalid(pointer(mismatch), FORM);
        }
        return new ServiceException(PlatformError.MALFORMED_JSON, what(fault) + at(fault.getLocation()) + ".");
    }

    private static String what(JsonProcessingException fault) {
        String message = String.valueOf(fault.getOriginalMessage());
        if (message.startsWith("Duplicate field")) {
            return "A member is named twice";
        }
        if (message.startsWith("Trailing token")) {
            return "Text follows the object";
        }
        return fault instanceof StreamConstraintsException ? "Nested too deep, or a number too long" : "Not valid JSON";
    }

    private static String pointer(JsonMappingException fault) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : fault.getPath()) {
            pointer.append('/')
                    .append(step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName());
        }
        return pointer.toString();
    }

    private static String at(JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
