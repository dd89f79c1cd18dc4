package dev.drover.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import dev.drover.bench.row.CardCache;
import dev.drover.bench.row.ColdStart;
import dev.drover.bench.row.Completes;
import dev.drover.bench.row.Elsewhere;
import dev.drover.bench.row.FanOut;
import dev.drover.bench.row.Idle;
import dev.drover.bench.row.Kill;
import dev.drover.bench.row.Limiter;
import dev.drover.bench.row.Limits;
import dev.drover.bench.row.LogIns;
import dev.drover.bench.row.Primaries;
import dev.drover.bench.row.Processing;
import dev.drover.bench.row.Refreshes;
import dev.drover.bench.row.Replicas;
import dev.drover.bench.row.Requests;
import dev.drover.bench.row.Row;
import dev.drover.bench.row.Storm;
import dev.drover.bench.row.Workforces;
import dev.drover.bench.work.Endpoint;

/** All that can be measured, in the order it is. */
final class Rows {

    private Rows() {}

    static List<Row> all(boolean withPeer) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Limits());
        for (Endpoint endpoint : Endpoint.values()) {
            rows.add(new Requests(endpoint, withPeer));
        }
        rows.addAll(List.of(new Refreshes(withPeer), new LogIns(), new Processing(withPeer)));
        rows.addAll(FanOut.all(withPeer));
        rows.addAll(List.of(
                new ColdStart(),
                new Kill(),
                new Replicas(),
                new Primaries(),
                new Limiter(),
                new CardCache(),
                new Completes(),
                new Storm(),
                new Idle()));
        return rows;
    }

    /** What takes long, or is measured by other programs. */
    private static List<Row> byNameOnly() {
        return List.of(new Workforces(), Elsewhere.scripts(), Elsewhere.pictures());
    }

    /** @throws IllegalArgumentException for one there is not, with those there are */
    static List<Row> chosen(List<String> ids, boolean withPeer) {
        if (ids.isEmpty()) {
            return all(withPeer);
        }
        List<Row> all = new ArrayList<>(all(withPeer));
        all.addAll(byNameOnly());
        List<String> known = all.stream().map(Row::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                throw new IllegalArgumentException("there is no row " + id + ": " + String.join(", ", known));
            }
        }
        return ids.isEmpty()
                ? all
                : all.stream().filter(row -> ids.contains(row.id())).toList();
    }

    static List<Endpoint> endpoints(List<String> ids) {
        if (ids.isEmpty()) {
            return List.of(Endpoint.values());
        }
        return ids.stream()
                .map(id -> Endpoint.named(id)
                        .orElseThrow(() -> new IllegalArgumentException("there is no row " + id + " to compare: "
                                + Arrays.stream(Endpoint.values())
                                        .map(Endpoint::id)
                                        .collect(Collectors.joining(", ")))))
                .toList();
    }
}
