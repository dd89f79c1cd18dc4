package dev.drover.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import dev.drover.stores.EmbeddedRedis.Persistence;

/** The words of Redis's {@code appendfsync}. */
final class Appendfsync implements ITypeConverter<Persistence> {

    private static final String ALWAYS = "always";
    private static final String EVERYSEC = "everysec";

    @Override
    public Persistence convert(String word) {
        return switch (word) {
            case ALWAYS -> Persistence.ALWAYS;
            case EVERYSEC -> Persistence.EVERY_SECOND;
            default -> throw new TypeConversionException("is always or everysec, and not " + word);
        };
    }

    static String word(Persistence persistence) {
        return switch (persistence) {
            case ALWAYS -> ALWAYS;
            case EVERY_SECOND -> EVERYSEC;
            case NONE -> throw new IllegalArgumentException("the benchmark keeps what Redis is told");
        };
    }
}
