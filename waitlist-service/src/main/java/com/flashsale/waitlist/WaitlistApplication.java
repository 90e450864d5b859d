package com.flashsale.waitlist;

import com.flashsale.platform.sql.SessionLocks;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
@ConfigurationPropertiesScan
public class WaitlistApplication {

    public static void main(String[] args) {
        SpringApplication.run(WaitlistApplication.class, args);
    }

    @Bean
    static SessionLocks sessionLocks(DataSource dataSource) {
        return new SessionLocks(dataSource);
    }
}
