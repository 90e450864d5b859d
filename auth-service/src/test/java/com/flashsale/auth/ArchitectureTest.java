package com.flashsale.auth;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_code_keeps_the_rules() {
        ArchitectureRules.check(AuthApplication.class);
    }
}
