package com.flashsale.platform.shutdown;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.Lifecycle;
import org.springframework.context.annotation.Bean;

/** Applies to every process. Without a registry only the pause before the shutdown remains. */
@AutoConfiguration
@EnableConfigurationProperties(ShutdownSettings.class)
public class ShutdownAutoConfiguration {

    @Bean
    DeregistrationListener deregistrationListener(
            ApplicationContext context, ShutdownSettings settings, ObjectProvider<AutoServiceRegistration> known) {
        var registrations = known.stream()
                .filter(Lifecycle.class::isInstance)
                .map(Lifecycle.class::cast)
                .toList();
        return new DeregistrationListener(context, settings.pause(), registrations);
    }
}
