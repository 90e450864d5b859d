package com.flashsale.cli;

import com.flashsale.customers.demo.SalePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A sale to watch. */
@Command(
        name = "demo",
        description = {
            "A sale with ten times as many customers as units, watched and audited;"
                    + " some never pay, some are declined, some cancel.",
            "Starts the platform if none runs, and stops it then. Exit code 5 when a condition does not hold."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand extends SaleCommand {

    @Option(names = "--units", defaultValue = "100", description = "Units on sale. Default: ${DEFAULT-VALUE}")
    private int units;

    @Option(names = "--customers", defaultValue = "1000", description = "Who want one each. Default: ${DEFAULT-VALUE}")
    private int customers;

    @Override
    SalePlan plan(long seed) {
        return SalePlan.demo(units, customers, seed);
    }

    @Override
    String kind() {
        return "demo";
    }
}
