package com.flashsale.cli;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.deadletters.Broker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Kafka is asked: that of the running platform. */
final class BrokerOptions {

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Settings of Kafka's clients, for a broker that wants TLS or a password.")
    private @Nullable Path config;

    @Option(names = "--json", description = "JSON for scripts.")
    private boolean json;

    boolean json() {
        return json;
    }

    Broker broker() {
        var kafka = Attached.require(Home.ofThisRun()).context().addresses().kafka();
        try {
            return new Broker(kafka, settings());
        } catch (KafkaException unusable) {
            throw ToolException.usage("Kafka at " + kafka + " cannot be used: " + unusable.getMessage());
        }
    }

    private Properties settings() {
        var settings = new Properties();
        if (config == null) return settings;
        try (var file = Files.newBufferedReader(config, StandardCharsets.UTF_8)) {
            settings.load(file);
            return settings;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw ToolException.usage(config + " cannot be read: " + unreadable);
        }
    }
}
