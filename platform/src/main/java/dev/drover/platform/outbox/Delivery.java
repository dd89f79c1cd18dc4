package dev.drover.platform.outbox;

/** What became of one entry. */
sealed interface Delivery {

    Delivery OLD = new NotNow("it was read too long ago");

    record Done() implements Delivery {}

    record NotNow(String reason) implements Delivery {}

    record Never(String reason) implements Delivery {}
}
