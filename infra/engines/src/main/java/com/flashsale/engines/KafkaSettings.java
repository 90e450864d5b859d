package com.flashsale.engines;

import java.util.Map;

/**
 * How Kafka runs: broker and controller in one process.
 *
 * @param port for clients
 * @param controllerPort for itself
 * @param heapMegabytes of its JVM
 * @param parameters further settings of server.properties
 */
public record KafkaSettings(
        int port, int controllerPort, EngineFiles files, int heapMegabytes, Map<String, String> parameters) {

    private static final int HEAP_MEGABYTES = 256;

    public KafkaSettings {
        if (heapMegabytes < 64)
            throw new IllegalArgumentException("Kafka needs more heap than " + heapMegabytes + " MB");
        parameters = Map.copyOf(parameters);
    }

    public KafkaSettings(int port, int controllerPort, EngineFiles files) {
        this(port, controllerPort, files, HEAP_MEGABYTES, Map.of());
    }
}
