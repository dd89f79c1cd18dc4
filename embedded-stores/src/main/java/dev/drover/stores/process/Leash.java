package dev.drover.stores.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps child processes from outliving this one, even when it is killed without warning.
 *
 * <p>One small shell per parent reads the ids of the children from a pipe. The kernel closes the pipe when the parent dies, however it
 * dies; the shell then sends SIGTERM to every child still listed, and SIGKILL to what is left after a grace period. The shell leads a
 * session of its own, so a Ctrl-C at the terminal reaches the parent alone.
 */
final class Leash {
    private static final String WATCH = """
            trap '' INT TERM HUP
            pids=' '
            while IFS= read -r line; do
              pid=${line#?}
              case $line in
                +*) pids="$pids$pid " ;;
                -*) case $pids in *" $pid "*) pids="${pids%% "$pid" *} ${pids#* "$pid" }" ;; esac ;;
              esac
            done
            for pid in $pids; do kill -TERM "$pid" 2>/dev/null; kill -CONT "$pid" 2>/dev/null; done
            waited=0
            while [ $waited -lt 50 ]; do
              left=
              for pid in $pids; do kill -0 "$pid" 2>/dev/null && left=1; done
              [ -z "$left" ] && exit 0
              sleep 0.2
              waited=$((waited + 1))
            done
            for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
            """;

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static Process watcher;

    private Leash() {}

    static void add(long pid) throws IOException {
        tell("+" + pid);
    }

    static void remove(long pid) {
        try {
            tell("-" + pid);
        } catch (IOException e) {
            // The watcher is gone, and with it every child it watched; there is nothing left to release.
        }
    }

    private static void tell(String line) throws IOException {
        LOCK.lock();
        try {
            if (watcher == null || !watcher.isAlive()) {
                watcher = start();
            }
            OutputStream pipe = watcher.getOutputStream();
            pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } finally {
            LOCK.unlock();
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(OwnSession.wrap("sh", "-c", WATCH, "drover-leash"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
