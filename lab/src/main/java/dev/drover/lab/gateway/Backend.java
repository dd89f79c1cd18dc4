package dev.drover.lab.gateway;

/** Where a request can go. */
public record Backend(String instanceId, String host, int port) {}
