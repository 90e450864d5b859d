package com.flashsale.cli;

import com.flashsale.customers.demo.SalePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A sale that is run over. */
@Command(
        name = "crowd",
        description = {
            "A crowd that pushes into a sale as fast as this machine can, and what becomes of everybody in it.",
            "Starts the platform if none runs, and stops it then. Exit code 5 when a condition does not hold."
        },
        mixinStandardHelpOptions = true)
final class CrowdCommand extends SaleCommand {

    @Option(names = "--units", defaultValue = "1000", description = "Units on sale. Default: ${DEFAULT-VALUE}")
    private int units;

    @Option(names = "--customers", defaultValue = "20000", description = "Who want one each. Default: ${DEFAULT-VALUE}")
    private int customers;

    @Option(
            names = "--joins",
            defaultValue = "100000",
            description = "Requests to join, equally many of each customer. Default: ${DEFAULT-VALUE}")
    private int joins;

    @Override
    SalePlan plan(long seed) {
        return SalePlan.crowd(units, customers, joins, seed);
    }

    @Override
    String kind() {
        return "crowd";
    }
}
