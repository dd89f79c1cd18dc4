package dev.drover.realtime.socket;

import jakarta.inject.Singleton;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;

/**
 * Agrees to no compression of WebSocket frames, which Vert.x would for whoever offers it. What a frame of a few KB is unpacked to has no bound there, a
 * compressor takes more memory than all else of a socket, and a message for thousands of them would be compressed for each of them anew.
 */
@Singleton
final class Uncompressed implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        refuse(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        refuse(options);
    }

    private static void refuse(HttpServerOptions options) {
        // Not permessage-deflate: of what has a property Quarkus says the last word, in a customizer that may come
        // after this one.
        options.setPerFrameWebSocketCompressionSupported(false);
    }
}
