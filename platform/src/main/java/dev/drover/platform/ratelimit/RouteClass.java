package dev.drover.platform.ratelimit;

import java.util.Locale;

/**
 * The kinds of requests that have a quota of their own, each with whom it counts by and what becomes of a request when Redis does not
 * say; how much is in {@link RateLimitConfig}. A quota is the subject's over all services and instances.
 */
public enum RouteClass {

    /** Log-ins from one address. */
    LOGIN(KeyKind.ADDRESS, WithoutAnswer.CLOSED),

    /** Log-ins to one account, by the e-mail address given, wherever they come from. */
    LOGIN_ACCOUNT(KeyKind.ACCOUNT, WithoutAnswer.CLOSED),

    SIGNUP(KeyKind.ADDRESS, WithoutAnswer.CLOSED),

    /** Sign-ups from the network around an address: who has many addresses side by side. */
    SIGNUP_NETWORK(KeyKind.ADDRESS, WithoutAnswer.CLOSED),

    /** What has a mail sent, from one address. */
    MAIL(KeyKind.ADDRESS, WithoutAnswer.CLOSED),

    /** GET and HEAD, where nothing else is said. */
    READ(KeyKind.ACCOUNT, WithoutAnswer.OPEN),

    /** Every other method, where nothing else is said. */
    WRITE(KeyKind.ACCOUNT, WithoutAnswer.OPEN),

    /** Uploads that are opened; their bytes go to the object store. */
    UPLOAD(KeyKind.ACCOUNT, WithoutAnswer.OPEN),

    /** Messages, over HTTP and over a WebSocket. */
    PUBLISH(KeyKind.ACCOUNT, WithoutAnswer.OPEN),

    /** Jobs that are added, one or a bulk of them. */
    ENQUEUE(KeyKind.ACCOUNT, WithoutAnswer.OPEN),

    /** Flags evaluated over OFREP. An unknown key is refused before it is counted. */
    EVALUATE(KeyKind.API_KEY, WithoutAnswer.OPEN),

    /** What a worker says of its jobs. */
    WORK(KeyKind.ACCOUNT, WithoutAnswer.OPEN);

    private final KeyKind by;
    private final WithoutAnswer withoutAnswer;
    private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    RouteClass(KeyKind by, WithoutAnswer withoutAnswer) {
        this.by = by;
        this.withoutAnswer = withoutAnswer;
    }

    KeyKind by() {
        return by;
    }

    WithoutAnswer withoutAnswer() {
        return withoutAnswer;
    }

    /** As it stands in headers, metrics and keys. */
    String wireName() {
        return wireName;
    }

    /** What becomes of a request when Redis does not answer the limiter. */
    enum WithoutAnswer {
        /** It is refused: the limit protects something that must not go without. */
        CLOSED,
        /** It goes on: the limit is for fairness, and what it needs from Redis says for itself that there is none. */
        OPEN
    }
}
