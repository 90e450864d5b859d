package com.flashsale.payment;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class PaymentSimulatorApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(PaymentSimulatorApplication.class, arguments);
    }
}
