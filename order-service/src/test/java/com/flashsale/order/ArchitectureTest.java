package com.flashsale.order;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_shared_rules_hold() {
        ArchitectureRules.check(OrderApplication.class);
    }
}
