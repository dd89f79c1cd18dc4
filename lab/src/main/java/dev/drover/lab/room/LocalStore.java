package dev.drover.lab.room;

import java.io.IOException;
import java.util.List;

import dev.drover.lab.stores.StoreSwitch;
import dev.drover.lab.stores.StoreSwitch.Change;

/** A store that the lab has started as a process of this machine. */
record LocalStore(StoreSwitch store) implements StorePort {
    @Override
    public String state() {
        if (!store.isAlive()) {
            return "stopped";
        }
        boolean cut = ProcessStat.of(store.pid()).map(ProcessStat::isStopped).orElse(false);
        return cut ? "cut" : "running";
    }

    @Override
    public List<String> changes(String state) {
        return switch (state) {
            case "stopped" -> List.of("start");
            case "cut" -> List.of("join");
            default -> List.of("stop", "cut");
        };
    }

    @Override
    public void apply(String change) throws IOException {
        Change known = Change.named(change)
                .orElseThrow(() -> new IOException("a store of this machine cannot be told to " + change));
        store.apply(known);
    }
}
