package dev.drover.lab.fleet;

/** A place in the fleet that is always filled: {@code auth-1} stays while the instances in it come and go. */
public record Slot(Service service, int number) {
    public Slot {
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1: " + number);
        }
    }

    public String label() {
        return service.label() + "-" + number;
    }
}
