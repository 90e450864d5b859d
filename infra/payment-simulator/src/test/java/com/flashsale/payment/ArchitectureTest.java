package com.flashsale.payment;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_code_keeps_the_rules_of_the_house() {
        ArchitectureRules.check(PaymentSimulatorApplication.class);
    }
}
