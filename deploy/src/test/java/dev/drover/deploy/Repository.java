package dev.drover.deploy;

import java.nio.file.Path;

/** Where things are. */
final class Repository {

    static final Path HOME = Path.of(System.getProperty("drover.home"));
    static final Path DEPLOY = HOME.resolve("deploy");

    private Repository() {}
}
