package dev.drover.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @Test
    void aFigureIsTheMedianWithItsSpread() {
        assertThat(new Figures(3, 1, 2)).hasToString("2.00 (1.00–3.00)");
        assertThat(new Figures(12_345.6)).hasToString("12,346");
        assertThat(new Figures(1, 2, 3, 4).median()).isEqualTo(2.5);
    }

    @Test
    void aRatioIsTakenRepetitionByRepetition() {
        Figures ratio = new Figures(10, 200).over(new Figures(5, 100));
        assertThat(ratio.low()).isEqualTo(2);
        assertThat(ratio.high()).isEqualTo(2);
    }

    @Test
    void everyFormHasWhatWasMeasuredAndWhatWasNot(@TempDir Path folder) throws Exception {
        Report report = new Report();
        report.setting("cores", "2");
        report.table("Requests", "How.", "request", "answers/s").row("`GET /a<b`", new Figures(7, 8, 9));
        report.figure("me", "Drover", "throughput", "/s", new Figures(7, 8, 9));
        report.figure("me", "peer", "throughput", "/s", new Figures(3, 4, 5));
        report.missing("login", "no reason");
        report.write(folder);
        assertThat(Files.readString(folder.resolve("tables.md")))
                .contains("| cores | 2 |", "| `GET /a<b` | 8.00 (7.00–9.00) |", "- login: no reason");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("GET /a&lt;b", "<svg", "login: no reason")
                .doesNotContain("<script", "http://", "https://");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(json.at("/measured/1/side").asText()).isEqualTo("peer");
        assertThat(json.at("/measured/1/values/2").asDouble()).isEqualTo(5);
        assertThat(report.isWhole()).isFalse();
    }
}
