package com.flashsale.platform.switches;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param names the switches that this process obeys; it asks for none without them
 * @param service the registered name of the service that has the states
 * @param path where it tells them
 * @param every rest between two questions; with both timeouts of two instances it bounds how late a change comes
 * @param connectTimeout of one instance
 * @param readTimeout of one instance
 */
@ConfigurationProperties("platform.switches")
record SwitchSettings(
        @DefaultValue List<String> names,
        @DefaultValue("") String service,
        @DefaultValue("/internal/v1/switches") String path,
        @DefaultValue("500ms") Duration every,
        @DefaultValue("250ms") Duration connectTimeout,
        @DefaultValue("400ms") Duration readTimeout) {}
