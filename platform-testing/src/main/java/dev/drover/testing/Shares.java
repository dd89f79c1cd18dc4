package dev.drover.testing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Who is given what of many values that the same code reads at every endpoint: the first endpoint of each shape all of them, every other one a few,
 * and always other ones. So each value meets each way a request takes through the filters, and each endpoint meets some.
 */
final class Shares {

    private static final int ONE_IN = 6;

    private final Set<Shape> met = new HashSet<>();
    private int others;

    /** What decides which filters, readers and checks a request goes through. */
    private record Shape(boolean isSafe, boolean needsCaller, boolean isLimited, List<String> consumes) {}

    /** Asked once for each endpoint. */
    <T> List<T> of(Endpoint endpoint, List<T> values) {
        boolean isFirst = met.add(
                new Shape(endpoint.isSafe(), endpoint.needsCaller(), endpoint.isLimited(), endpoint.consumes()));
        if (isFirst) {
            return values;
        }
        int turn = others++ % ONE_IN;
        return IntStream.range(0, values.size())
                .filter(i -> i % ONE_IN == turn)
                .mapToObj(values::get)
                .toList();
    }
}
