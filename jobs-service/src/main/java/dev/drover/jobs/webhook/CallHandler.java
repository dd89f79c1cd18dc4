package dev.drover.jobs.webhook;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.drover.jobs.webhook.Caller.Reply;
import dev.drover.jobs.webhook.PublicAddresses.Resolution;
import dev.drover.jobs.worker.JobExecution;
import dev.drover.jobs.worker.JobHandler;
import dev.drover.jobs.worker.JobOutcome;

/**
 * {@code http.call}: a signed request to somebody's server. It may come twice, when a worker dies between the answer and the job's end;
 * {@code Webhook-Id} is the job's id and tells a receiver so.
 */
@Singleton
final class CallHandler implements JobHandler {

    static final String TYPE = "http.call";

    private static final int TIMEOUT = 408;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;

    private final PublicAddresses addresses;
    private final Signatures signatures;
    private final Caller caller;
    private final Duration timeout;
    private final Duration timeoutMax;
    private final Clock clock;
    private final ObjectMapper json;

    @Inject
    CallHandler(WebhookConfig config, Caller caller, Clock clock, ObjectMapper json) {
        this.addresses = new PublicAddresses(config.allowedNetworks().orElse(""));
        this.signatures = new Signatures(config.secrets().orElse(""));
        this.caller = caller;
        this.timeout = config.timeout();
        this.timeoutMax = config.timeoutMax();
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JobOutcome handle(JobExecution execution) throws InterruptedException, JsonProcessingException {
        Call call;
        try {
            call = Call.parse(json, execution.payload());
        } catch (IllegalArgumentException e) {
            return new JobOutcome.Dead(e.getMessage());
        }
        Duration patience = call.timeout() == null ? timeout : call.timeout();
        if (!patience.isPositive() || patience.compareTo(timeoutMax) > 0) {
            return new JobOutcome.Dead("\"timeout\" must be more than nothing and at most " + timeoutMax);
        }
        String id = execution.id().toString();
        Instant now = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.put("Webhook-Id", id);
        headers.put("Webhook-Timestamp", Long.toString(now.getEpochSecond()));
        if (!call.content().isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        if (call.secretName().isPresent()) {
            Optional<String> signature = signatures.sign(call.secret(), id, now, call.content());
            if (signature.isEmpty()) {
                return new JobOutcome.Dead("there is no secret of the name \"secret\" says; see WEBHOOK_SECRETS");
            }
            headers.put("Webhook-Signature", signature.get());
        }
        return switch (addresses.resolve(call.host())) {
            case Resolution.Unknown unknown -> new JobOutcome.Retry("the host's name has no address");
            case Resolution.Closed closed ->
                new JobOutcome.Dead("the host has an address that is not of the open internet");
            case Resolution.Known(InetAddress address) -> outcome(caller.send(call, address, headers, patience));
        };
    }

    private JobOutcome outcome(Reply reply) throws JsonProcessingException {
        return switch (reply) {
            case Reply.Unreached(String reason) -> new JobOutcome.Retry(reason);
            case Reply.Answered(int status, String body)
            when status >= 200 && status < 300 ->
                new JobOutcome.Succeeded(json.writeValueAsString(Map.of("status", status, "body", body)));
            case Reply.Answered(int status, String body)
            when status >= 300 && status < 400 ->
                new JobOutcome.Failed("the server answered " + status + "; redirects are not followed");
            case Reply.Answered(int status, String body)
            when isPassing(status) -> new JobOutcome.Retry("the server answered " + status);
            case Reply.Answered(int status, String body) -> new JobOutcome.Failed("the server answered " + status);
        };
    }

    private static boolean isPassing(int status) {
        return status >= 500 || status == TIMEOUT || status == TOO_EARLY || status == TOO_MANY;
    }
}
