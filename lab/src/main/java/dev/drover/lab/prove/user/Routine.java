package dev.drover.lab.prove.user;

import java.util.function.BooleanSupplier;

/** A step that is taken again and again, with a pause after each, while it is to go on. */
record Routine(Step step, long pauseMillis, BooleanSupplier goesOn) implements Runnable {
    private static final long LOOK_MILLIS = 300;

    interface Step {
        void take() throws InterruptedException;
    }

    @Override
    public void run() {
        try {
            while (goesOn.getAsBoolean()) {
                step.take();
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not longer than it goes on. */
    private void pause() throws InterruptedException {
        long until = System.nanoTime() + pauseMillis * 1_000_000;
        for (long left = pauseMillis;
                left > 0 && goesOn.getAsBoolean();
                left = (until - System.nanoTime()) / 1_000_000) {
            Thread.sleep(Math.min(left, LOOK_MILLIS));
        }
    }
}
