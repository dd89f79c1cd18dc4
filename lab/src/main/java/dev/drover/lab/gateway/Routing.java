package dev.drover.lab.gateway;

import io.vertx.core.Vertx;

/** What all that passes the gateway has in common: the instances, how busy each is, and the bounds. */
record Routing(Vertx vertx, Backends backends, Load load, GatewayLimits limits) {}
