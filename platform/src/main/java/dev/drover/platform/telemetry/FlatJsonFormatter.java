package dev.drover.platform.telemetry;

import java.util.Map;

import io.quarkus.logging.json.runtime.JsonFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** Quarkus's JSON lines with the fields of the request or job beside the others instead of in an object of their own. */
final class FlatJsonFormatter extends JsonFormatter {

    private FlatJsonFormatter(JsonFormatter configured) {
        super(configured.getKeyOverrides(), configured.getExcludedKeys(), configured.getAdditionalFields());
        setExceptionOutputType(configured.getExceptionOutputType());
    }

    static FlatJsonFormatter of(JsonFormatter configured) {
        return new FlatJsonFormatter(configured);
    }

    @Override
    protected void after(Generator line, ExtLogRecord entry) throws Exception {
        super.after(line, entry);
        for (Map.Entry<String, String> field : entry.getMdcCopy().entrySet()) {
            if (field.getValue() == null) {
                continue;
            }
            if (LogFields.NUMBERS.contains(field.getKey())) {
                line.add(field.getKey(), Long.parseLong(field.getValue()));
            } else {
                line.add(field.getKey(), field.getValue());
            }
        }
    }
}
