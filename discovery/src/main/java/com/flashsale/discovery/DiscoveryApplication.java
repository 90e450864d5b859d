package com.flashsale.discovery;

import com.flashsale.platform.crypto.NativeCryptography;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.server.EnableEurekaServer;

@EnableEurekaServer
@EnableConfigurationProperties(DiscoverySettings.class)
@SpringBootApplication
public class DiscoveryApplication {

    public static void main(String[] args) {
        // the registry checks no signature, and the library is a tenth of its start
        System.getProperties().putIfAbsent(NativeCryptography.SWITCH, "false");
        SpringApplication.run(DiscoveryApplication.class, args);
    }
}
