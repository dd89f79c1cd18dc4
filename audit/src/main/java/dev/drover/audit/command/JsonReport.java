package dev.drover.audit.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.drover.audit.AuditResult;
import dev.drover.audit.ChecklistItem;
import dev.drover.audit.Finding;
import dev.drover.audit.Suppression;

/** The checklist with its findings, for programs. Members are only ever added. */
final class JsonReport {

    private JsonReport() {}

    static void print(AuditResult result, Application application, PrintWriter out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out).useDefaultPrettyPrinter();
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeArrayFieldStart("audited");
        for (Path place : application.places()) {
            json.writeString(place.toString());
        }
        json.writeEndArray();
        json.writeNumberField("classes", result.classes());
        json.writeNumberField("libraryClassesLeftOut", application.libraryClasses());
        json.writeArrayFieldStart("checklist");
        for (ChecklistItem item : ChecklistItem.values()) {
            json.writeStartObject();
            json.writeStringField("item", item.id());
            json.writeStringField("question", item.question());
            json.writeBooleanField("passes", result.findingsOf(item).isEmpty());
            json.writeNumberField("findings", result.findingsOf(item).size());
            json.writeNumberField("answeredFor", result.suppressionsOf(item).size());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (Finding finding : result.findings()) {
            json.writeStartObject();
            write(json, finding);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("answeredFor");
        for (Suppression suppression : result.suppressions()) {
            json.writeStartObject();
            write(json, suppression.finding());
            json.writeStringField("by", suppression.by());
            json.writeStringField("because", suppression.because());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStringField("item", finding.item().id());
        json.writeStringField("rule", finding.rule());
        json.writeStringField("class", finding.type());
        json.writeStringField("file", finding.file());
        if (finding.line() > 0) {
            json.writeNumberField("line", finding.line());
        }
        json.writeStringField("member", finding.member());
        json.writeStringField("what", finding.what());
        json.writeStringField("why", finding.why());
        json.writeStringField("fix", finding.fix());
    }
}
