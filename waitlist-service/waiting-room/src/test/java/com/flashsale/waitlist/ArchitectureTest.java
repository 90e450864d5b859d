package com.flashsale.waitlist;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void this_part_of_the_service_keeps_the_rules() {
        ArchitectureRules.check("com.flashsale.waitlist");
    }
}
