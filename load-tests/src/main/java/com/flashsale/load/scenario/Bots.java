package com.flashsale.load.scenario;

import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.workload.TestRun;
import com.flashsale.load.workload.Workload;
import java.util.List;

/**
 * Nine of ten requests come from two accounts that knock from thousands of addresses; the tenth is a customer who wants
 * to buy.
 */
final class Bots implements Workload {

    /**
     * The gateway lets 50 requests a second of one customer pass. At the usual rate of 200 a second, that is 100 of the
     * bots' 180; with three accounts, it would be 150.
     */
    private static final int ACCOUNTS = 2;

    private static final int BOTS_OF_TEN = 9;
    private static final int ALL = 10;

    @Override
    public String name() {
        return "BOTS";
    }

    @Override
    public Prepared prepare(TestRun testRun, int visitors) throws InterruptedException {
        int people = visitors / ALL + 1;
        var shoppers = testRun.shopperPool().of(people + ACCOUNTS);
        var sale = testRun.sales().create(Sales.Wanted.openNow(people + ACCOUNTS));
        var admissions = ShopperPool.admissions(testRun.client(), sale, shoppers.subList(0, people));
        var accounts = shoppers.subList(people, people + ACCOUNTS);
        return new Prepared(sale, true, run -> (number, due) -> {
            if (number % ALL < BOTS_OF_TEN) run.ask("bot", ShopperPool.join(sale, bot(accounts, number)), due);
            else run.order(ShopperPool.order(sale, shoppers.get(number / ALL), admissions[number / ALL]), due);
        });
    }

    /** The same customer from another address each time. */
    private static Visitor bot(List<Visitor> accounts, int number) {
        return Visitor.number(number, accounts.get(number % accounts.size()).token());
    }
}
