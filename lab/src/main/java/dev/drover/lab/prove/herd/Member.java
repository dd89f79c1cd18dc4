package dev.drover.lab.prove.herd;

import java.net.URI;

/** One instance, with the address at which it answers itself. */
public record Member(String id, String service, URI url, boolean isReady) {}
