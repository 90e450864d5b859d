package com.flashsale.sample;

import com.flashsale.platform.security.AccessRules;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class SampleApplication {

    static void main(String[] arguments) {
        SpringApplication.run(SampleApplication.class, arguments);
    }

    @Bean
    AccessRules accessRules() {
        return rules -> rules.requestMatchers("/notes/**").hasAuthority("SCOPE_shop");
    }
}
