package com.flashsale.platform.mechanism;

import com.flashsale.platform.loadtest.TagOwner;
import com.flashsale.platform.security.AccessRules;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class MechanismApplication {

    @Bean
    AccessRules accessRules() {
        return rules -> rules.requestMatchers("/open/**")
                .permitAll()
                .requestMatchers("/things/**")
                .hasAuthority("SCOPE_shop")
                .requestMatchers("/machines/**")
                .hasAuthority("SCOPE_operator");
    }

    @Bean
    TagOwner parents() {
        return new TagOwner("parent", "tagged_parent", "id", false);
    }
}
