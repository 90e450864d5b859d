package com.flashsale.platform.mechanism;

import com.flashsale.platform.fastpath.FastRoute;
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
    FastRoute<ThingController.NewThing> newThings(ThingController things) {
        return FastRoute.post(
                "/things",
                ThingController.NewThing.class,
                true,
                call -> things.create(call.caller(), call.idempotencyKey(), call.body()));
    }

    @Bean
    TagOwner parents() {
        return new TagOwner("parent", "tagged_parent", "id", false);
    }
}
