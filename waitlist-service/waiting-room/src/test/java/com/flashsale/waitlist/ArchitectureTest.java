package com.flashsale.waitlist;

import com.flashsale.platform.test.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    /** The test of the service holds the other rules, for the classes of both modules. */
    @Test
    void the_packages_have_no_cycle_and_are_null_marked() {
        ArchitectureRules.checkPackages("com.flashsale.waitlist");
    }
}
