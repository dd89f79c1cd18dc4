package dev.drover.auth.session;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a User-Agent tells of a device, in words people know it by. It decides nothing, so a wrong guess does no harm. */
final class Device {

    static final String UNKNOWN = "Unknown device";
    private static final int PRODUCT_CHARACTERS_MAX = 40;
    private static final int LOOKED_AT_CHARACTERS_MAX = 512;

    /** The first that matches counts: browsers call themselves by each other's names, the later ones by the earlier. */
    private static final List<Mark> PROGRAMS = List.of(
            new Mark("Edg/", "Edge"),
            new Mark("OPR/", "Opera"),
            new Mark("SamsungBrowser/", "Samsung Internet"),
            new Mark("Firefox/", "Firefox"),
            new Mark("FxiOS/", "Firefox"),
            new Mark("CriOS/", "Chrome"),
            new Mark("Chrome/", "Chrome"),
            new Mark("Safari/", "Safari"));

    private static final List<Mark> SYSTEMS = List.of(
            new Mark("iPhone", "iPhone"),
            new Mark("iPad", "iPad"),
            new Mark("Android", "Android"),
            new Mark("Windows", "Windows"),
            new Mark("Mac OS X", "macOS"),
            new Mark("CrOS", "ChromeOS"),
            new Mark("Linux", "Linux"));

    /** A program that says no more than its name and version, such as {@code curl/8.5.0}. */
    private static final Pattern PRODUCT =
            Pattern.compile("([A-Za-z][A-Za-z0-9 ._-]{0," + (PRODUCT_CHARACTERS_MAX - 1) + "})/.*");

    private Device() {}

    private record Mark(String token, String name) {}

    /** @param userAgent the header as sent, or null */
    static String of(String userAgent) {
        if (userAgent == null) {
            return UNKNOWN;
        }
        String text = userAgent.substring(0, Math.min(userAgent.length(), LOOKED_AT_CHARACTERS_MAX));
        String known = List.of(first(PROGRAMS, text), first(SYSTEMS, text)).stream()
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(" on "));
        if (!known.isEmpty()) {
            return known;
        }
        Matcher product = PRODUCT.matcher(text);
        return product.matches() ? product.group(1).strip() : UNKNOWN;
    }

    private static String first(List<Mark> marks, String text) {
        return marks.stream()
                .filter(mark -> text.contains(mark.token()))
                .map(Mark::name)
                .findFirst()
                .orElse("");
    }
}
