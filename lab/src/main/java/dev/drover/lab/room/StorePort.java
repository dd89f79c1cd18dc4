package dev.drover.lab.room;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A store as the control room sees and treats it. What looks answers from memory, at once; what acts may take a while. */
public interface StorePort {
    /** Every word a store of any kind may take. */
    Set<String> CHANGES = Set.of("stop", "start", "cut", "join", "kill");

    /** Of a store that was only given, and is left alone. */
    String GIVEN = "given";

    /** {@code running}, {@code stopped}, {@code cut}, {@code restarting} or {@value #GIVEN}. */
    String state();

    /** @return what can be done to it in this state, in the order it is shown */
    List<String> changes(String state);

    /** Returns when it is done; what is so already stays so. */
    void apply(String change) throws IOException;
}
