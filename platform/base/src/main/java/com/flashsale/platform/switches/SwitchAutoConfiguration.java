package com.flashsale.platform.switches;

import dev.openfeature.sdk.OpenFeatureAPI;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;

/** Applies to a process that names a service with states in {@code platform.switches.service}. */
@AutoConfiguration
@ConditionalOnClass(OpenFeatureAPI.class)
@ConditionalOnProperty("platform.switches.service")
@EnableConfigurationProperties(SwitchSettings.class)
public class SwitchAutoConfiguration {

    @Bean
    Switches switches(SwitchSettings settings, MeterRegistry meters) {
        return new Switches(settings.names(), meters);
    }

    @Bean
    SwitchPoll switchPoll(Switches switches, SwitchSettings settings, DiscoveryClient discovery) {
        return new SwitchPoll(
                switches,
                new SwitchQuestion(settings),
                () -> discovery.getInstances(settings.service()).stream()
                        .map(ServiceInstance::getUri)
                        .toList(),
                settings.every());
    }
}
