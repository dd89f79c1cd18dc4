package dev.drover.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** wrk: it takes less of the processor than a JVM would, and leaves the services more. */
final class Wrk {

    private static final int THREADS = 2;
    private static final String RESULT = "bench:";

    private Wrk() {}

    static Loaded run(URI base, HttpCall call, int connections, Duration lasting) throws IOException {
        Path script = Files.createTempFile("drover-bench", ".lua");
        try {
            Files.writeString(script, script(call));
            Process process = new ProcessBuilder(List.of(
                            "wrk",
                            "-t" + Math.min(THREADS, connections),
                            "-c" + connections,
                            "-d" + Math.max(1, lasting.toSeconds()) + "s",
                            "-s" + script,
                            base.toString()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return result(base, call, said);
        } finally {
            Files.delete(script);
        }
    }

    private static Loaded result(URI base, HttpCall call, String said) throws IOException {
        String[] words = said.lines()
                .filter(line -> line.startsWith(RESULT))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk failed: " + said))
                .split(" ");
        if (!words[3].equals("0")) {
            throw new Refused("%s %s: %s of %s requests failed; one more was answered %s"
                    .formatted(call.method(), call.path(), words[3], words[1], oneMore(base, call)));
        }
        return new Loaded(Long.parseLong(words[1]), Long.parseLong(words[2]) / 1e6);
    }

    /** wrk counts refusals and does not say what they are. */
    private static String oneMore(URI base, HttpCall call) throws IOException {
        try (Connection connection = new Connection(base)) {
            return connection.send(call, System.nanoTime()) + ": " + connection.body();
        }
    }

    static String script(HttpCall call) {
        StringBuilder headers = new StringBuilder();
        call.headers().forEach(header -> {
            String[] parts = header.split(": ", 2);
            headers.append("wrk.headers[ %s ] = %s\n".formatted(quoted(parts[0]), quoted(parts[1])));
        });
        return """
                local threads, n = {}, 0
                wrk.method = %s
                wrk.path = %s
                wrk.body = %s
                %s
                function setup(thread)
                  thread:set('first', #threads * 500000000)
                  table.insert(threads, thread)
                end
                %s
                function done(summary)
                  local e = summary.errors
                  io.write(string.format('\\n%s %%d %%d %%d\\n', summary.requests, summary.duration,
                    e.connect + e.read + e.write + e.status + e.timeout))
                end
                """.formatted(
                        quoted(call.method()),
                        quoted(call.path()),
                        call.body().isEmpty() ? "nil" : quoted(call.body()),
                        headers,
                        call.isNumbered() ? numbering(call.tokens()) : "",
                        RESULT);
    }

    private static String numbering(List<String> tokens) {
        String all = tokens.stream().map(Wrk::quoted).collect(Collectors.joining(",", "{", "}"));
        return """
                local path, body, tokens = wrk.path, wrk.body, %s
                function request()
                  n = n + 1
                  if #tokens > 0 then
                    wrk.headers['Authorization'] = 'Bearer ' .. tokens[n %% #tokens + 1]
                  end
                  local number = string.format('%%d', %d + first + n)
                  return wrk.format(nil, (path:gsub('{n}', number)), nil, body and (body:gsub('{n}', number)))
                end
                """.formatted(all, System.currentTimeMillis() / 1_000 * 1_000_000);
    }

    private static String quoted(String text) {
        return "[==[" + text + "]==]";
    }
}
