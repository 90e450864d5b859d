package com.flashsale.waitlist;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_service_keeps_the_rules() {
        ArchitectureRules.check(WaitlistApplication.class);
    }
}
