package dev.drover.platform.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Outboxes in memory; entry ids are numbers of equal length. */
final class InMemoryOutboxStore implements OutboxStore {

    private final Map<String, TreeMap<String, StoredEntry>> outboxes = new HashMap<>();
    private final Map<OutboxPosition, String> buried = new LinkedHashMap<>();
    private int last;

    OutboxPosition add(String outbox, OutboxEntry entry) {
        OutboxPosition position = next(outbox);
        of(outbox).put(position.entryId(), new StoredEntry.Readable(position, entry));
        return position;
    }

    OutboxPosition addUnreadable(String outbox) {
        OutboxPosition position = next(outbox);
        of(outbox).put(position.entryId(), new StoredEntry.Unreadable(position, "no known kind of entry: "));
        return position;
    }

    private OutboxPosition next(String outbox) {
        return new OutboxPosition(outbox, "%06d".formatted(++last));
    }

    int size(String outbox) {
        return of(outbox).size();
    }

    Map<OutboxPosition, String> buried() {
        return buried;
    }

    private TreeMap<String, StoredEntry> of(String outbox) {
        return outboxes.computeIfAbsent(outbox, name -> new TreeMap<>());
    }

    @Override
    public Map<String, List<StoredEntry>> oldest(List<String> names, int maxEach) {
        Map<String, List<StoredEntry>> all = new LinkedHashMap<>();
        names.forEach(
                name -> all.put(name, of(name).values().stream().limit(maxEach).toList()));
        return all;
    }

    @Override
    public List<StoredEntry> after(OutboxPosition position, int max) {
        return new ArrayList<>(
                        of(position.outbox()).tailMap(position.entryId(), false).values())
                .stream().limit(max).toList();
    }

    @Override
    public void remove(String outbox, List<String> entryIds) {
        entryIds.forEach(of(outbox)::remove);
    }

    @Override
    public void bury(OutboxPosition position, String reason) {
        of(position.outbox()).remove(position.entryId());
        buried.put(position, reason);
    }
}
