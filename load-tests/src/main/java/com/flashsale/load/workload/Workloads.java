package com.flashsale.load.workload;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import java.util.List;
import java.util.Optional;

/** The workloads with a limit. */
public enum Workloads implements Workload {
    BROWSE {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) {
            var sale = testRun.sales().create(Sales.Wanted.openNow(1));
            return reading(sale, "browse", "/api/v1/sales/" + sale);
        }
    },
    POLL {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) {
            var sale = testRun.sales().create(Sales.Wanted.openNow(1));
            return reading(sale, "poll", "/api/v1/sales/" + sale + "/queue");
        }
    },
    JOIN {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
            return joins(testRun, testRun.shopperPool().of(visitors + 1));
        }
    },
    ORDER {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
            var shoppers = testRun.shopperPool().of(visitors + 1);
            var sale = openAndKnown(testRun, shoppers);
            var admissions = ShopperPool.admissions(testRun.client(), sale, shoppers.subList(0, visitors));
            return new Prepared(
                    sale,
                    true,
                    run -> (number, due) ->
                            run.order(ShopperPool.order(sale, shoppers.get(number), admissions[number]), due));
        }
    },
    /** Joins of customers whose token no process has seen: each costs the gateway a check of a signature. */
    NEWCOMERS {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
            return joins(testRun, testRun.shopperPool().unseen(visitors + 1));
        }
    },
    /** Customers whose token no process has seen join, and order with the admission that they get. */
    NEWCOMERS_BUY {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
            var shoppers = testRun.shopperPool().unseen(visitors + 1);
            var sale = openAndKnown(testRun, shoppers);
            return new Prepared(sale, true, run -> (number, due) -> joinAndOrder(run, sale, shoppers.get(number), due));
        }
    },
    /** Looks at the sale, joins, polls three times, orders. */
    JOURNEY {
        @Override
        public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
            var shoppers = testRun.shopperPool().of(visitors + 1);
            var sale = openAndKnown(testRun, shoppers);
            return new Prepared(
                    sale, true, run -> (number, due) -> new Journey(run, sale, shoppers.get(number)).begin(due));
        }
    };

    private static Workload.Prepared reading(String sale, String operation, String path) {
        return new Workload.Prepared(
                sale,
                false,
                run -> (number, due) -> run.ask(operation, Request.get(path, Visitor.number(number, null)), due));
    }

    private static Workload.Prepared joins(TestRun testRun, List<Visitor> shoppers) throws InterruptedException {
        var sale = openAndKnown(testRun, shoppers);
        return new Workload.Prepared(
                sale,
                false,
                run -> (number, due) -> run.ask("join", ShopperPool.join(sale, shoppers.get(number)), due));
    }

    private static void joinAndOrder(WorkloadRun run, String sale, Visitor visitor, long due) {
        run.ask("join", ShopperPool.join(sale, visitor), due, joined -> {
            var admission = joined.member("admission");
            if (!admission.isEmpty()) run.order(ShopperPool.order(sale, visitor, admission), System.nanoTime());
        });
    }

    /** A sale with a unit for each; the last of the shoppers has joined it, so that every service knows it. */
    private static String openAndKnown(TestRun testRun, List<Visitor> shoppers) throws InterruptedException {
        var sale = testRun.sales().create(Sales.Wanted.openNow(shoppers.size()));
        ShopperPool.admissions(testRun.client(), sale, List.of(shoppers.getLast()));
        return sale;
    }

    public static Optional<Workloads> named(String name) {
        for (var workload : values()) {
            if (workload.label().equals(name)) return Optional.of(workload);
        }
        return Optional.empty();
    }
}
