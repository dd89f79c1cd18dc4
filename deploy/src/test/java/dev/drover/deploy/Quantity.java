package dev.drover.deploy;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 250m}, {@code 2}, {@code 384Mi}. */
final class Quantity {

    private static final Pattern FORM = Pattern.compile("([0-9.]+)(m|Ki|Mi|Gi|)");
    private static final Map<String, Double> UNITS =
            Map.of("m", 0.001, "", 1.0, "Ki", 1024.0, "Mi", 1024.0 * 1024, "Gi", 1024.0 * 1024 * 1024);

    private Quantity() {}

    static double of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new AssertionError("not a quantity: '" + text + "'");
        }
        return Double.parseDouble(matcher.group(1)) * UNITS.get(matcher.group(2));
    }
}
