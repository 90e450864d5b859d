package com.flashsale.inventory;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_code_keeps_the_shared_rules() {
        ArchitectureRules.check(InventoryApplication.class);
    }
}
