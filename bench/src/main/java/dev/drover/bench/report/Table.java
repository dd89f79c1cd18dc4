package dev.drover.bench.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of one kind, in the order they were measured. */
public final class Table {

    private final String title;
    private final String note;
    private final List<String> columns;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String note, List<String> columns) {
        this.title = title;
        this.note = note;
        this.columns = List.copyOf(columns);
    }

    public void row(Object... cells) {
        rows.add(List.of(cells).stream().map(Object::toString).toList());
        System.out.println("  " + String.join(" | ", rows.getLast()));
    }

    String title() {
        return title;
    }

    String note() {
        return note;
    }

    List<String> columns() {
        return columns;
    }

    List<List<String>> rows() {
        return List.copyOf(rows);
    }
}
