package dev.drover.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.drover.bench.report.Report.Measured;

/** One page with nothing loaded and no script: the tables, and a bar for each figure that has something beside it. */
final class Html {

    private static final int WIDTH = 420;
    private static final int BAR = 16;
    private static final int LABEL = 90;
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
            table{border-collapse:collapse;margin:.5rem 0 1.5rem;display:block;overflow-x:auto}
            td,th{padding:.25rem .7rem;border-bottom:1px solid #ccc;text-align:left;font-variant-numeric:tabular-nums}
            .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(30rem,1fr));gap:1rem}
            figure{margin:0}figcaption{font-weight:600}svg text{font:12px system-ui,sans-serif;fill:currentColor}
            @media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}td,th{border-color:#444}}""";

    private Html() {}

    static String of(Report report) {
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>Drover, measured</title><style>")
                .append(STYLE)
                .append("</style><h1>Drover, measured</h1><table>");
        report.settings().forEach((name, value) -> row(page, "td", List.of(name, value)));
        page.append("</table>");
        for (Table table : report.tables()) {
            page.append("<h2>")
                    .append(escaped(table.title()))
                    .append("</h2><p>")
                    .append(escaped(table.note()))
                    .append("</p><table>");
            row(page, "th", table.columns());
            table.rows().forEach(row -> row(page, "td", row));
            page.append("</table>");
        }
        page.append(
                "<h2>Beside each other</h2><p>The bar is the median, the line from the lowest to the highest repetition.</p><div class=\"plots\">");
        for (List<Measured> group : groups(report.measured())) {
            plot(page, group);
        }
        page.append("</div>");
        if (!report.missing().isEmpty()) {
            page.append("<h2>Not measured</h2><ul>");
            report.missing()
                    .forEach(row -> page.append("<li>").append(escaped(row)).append("</li>"));
            page.append("</ul>");
        }
        return page.append("</html>\n").toString();
    }

    /** The same of several sides. */
    private static List<List<Measured>> groups(List<Measured> measured) {
        List<List<Measured>> groups = new ArrayList<>();
        for (Measured one : measured) {
            groups.stream()
                    .filter(group -> group.getFirst().row().equals(one.row())
                            && group.getFirst().what().equals(one.what()))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.getLast();
                    })
                    .add(one);
        }
        return groups.stream().filter(group -> group.size() > 1).toList();
    }

    private static void plot(StringBuilder page, List<Measured> group) {
        Measured first = group.getFirst();
        double most = group.stream()
                .mapToDouble(one -> new Figures(one.values()).high())
                .max()
                .orElse(1);
        page.append("<figure><figcaption>%s: %s, %s</figcaption>"
                .formatted(escaped(first.row()), escaped(first.what()), escaped(first.unit())));
        page.append("<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\">"
                .formatted(WIDTH + LABEL + 110, group.size() * (BAR + 8) + 4));
        for (int i = 0; i < group.size(); i++) {
            bar(page, group.get(i), i, most);
        }
        page.append("</svg></figure>");
    }

    private static void bar(StringBuilder page, Measured one, int place, double most) {
        Figures figures = new Figures(one.values());
        double scale = most > 0 ? WIDTH / most : 0;
        int top = place * (BAR + 8) + 4;
        double middle = top + BAR / 2.0;
        page.append(String.format(Locale.ROOT, "<text x=\"0\" y=\"%d\">%s</text>", top + 13, escaped(one.side())));
        page.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"3\" fill=\"%s\"/>",
                LABEL,
                top,
                figures.median() * scale,
                BAR,
                place == 0 ? "#2f7d5b" : "#8a8fa3"));
        page.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\" stroke-width=\"2\"/>",
                LABEL + figures.low() * scale,
                LABEL + figures.high() * scale,
                middle,
                middle));
        page.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s</text>",
                LABEL + figures.high() * scale + 6,
                top + 13,
                Figures.shown(figures.median())));
    }

    private static void row(StringBuilder page, String cell, List<String> cells) {
        page.append("<tr>");
        cells.forEach(text -> page.append('<')
                .append(cell)
                .append('>')
                .append(escaped(text))
                .append("</")
                .append(cell)
                .append('>'));
        page.append("</tr>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("`", "");
    }
}
