package dev.drover.lab.prove.client;

import java.net.http.HttpResponse;
import java.util.Optional;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/**
 * What became of a call, after all its attempts.
 *
 * @param raw      the last answer; null when there was none
 * @param attempts how often it was sent
 * @param unsure   whether an attempt before the last may have been carried out without being answered
 */
public record Reply(HttpResponse<byte[]> raw, Verdict verdict, int attempts, boolean unsure) {

    public enum Verdict {
        DONE,
        /** The suite said no, and why. Nothing was done. */
        REFUSED,
        /** No answer, or none that says whether it was done. */
        UNKNOWN
    }

    public boolean isDone() {
        return verdict == Verdict.DONE;
    }

    public boolean isUnknown() {
        return verdict == Verdict.UNKNOWN;
    }

    /** 0 without an answer. */
    public int status() {
        return raw == null ? 0 : raw.statusCode();
    }

    public byte[] body() {
        return raw == null ? new byte[0] : raw.body();
    }

    /** Empty when the body is something else. */
    public JsonObject json() {
        try {
            return raw == null || raw.body().length == 0 ? new JsonObject() : new JsonObject(Buffer.buffer(raw.body()));
        } catch (DecodeException e) {
            return new JsonObject();
        }
    }

    public Optional<String> header(String name) {
        return raw == null ? Optional.empty() : raw.headers().firstValue(name);
    }

    public String servedBy() {
        return header("X-Served-By").orElse("nobody");
    }

    /** The stable word of a problem, or the status. */
    public String code() {
        return Optional.ofNullable(json().getString("code")).orElse(Integer.toString(status()));
    }
}
