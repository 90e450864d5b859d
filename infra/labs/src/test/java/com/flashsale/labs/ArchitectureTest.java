package com.flashsale.labs;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_packages_have_no_cycle_and_are_null_marked() {
        ArchitectureRules.checkPackages(Lab.class);
    }
}
