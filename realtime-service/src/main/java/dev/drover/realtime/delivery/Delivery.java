package dev.drover.realtime.delivery;

/** A message ready to be sent, rendered once for all sockets of the instance. */
public record Delivery(long offset, Frame frame) {

    int bytes() {
        return frame.bytes();
    }
}
