package com.flashsale.load.story;

import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.scene.Scene;
import com.flashsale.load.scene.Stage;
import java.util.List;

/**
 * Nine of ten requests come from three accounts that knock from thousands of addresses; the tenth is a customer who
 * wants to buy.
 */
final class Bots implements Scene {

    private static final int ACCOUNTS = 3;
    private static final int BOTS_OF_TEN = 9;
    private static final int ALL = 10;

    @Override
    public String name() {
        return "BOTS";
    }

    @Override
    public Set prepare(Stage stage, int visitors) throws InterruptedException {
        int people = visitors / ALL + 1;
        var shoppers = stage.crowd().of(people + ACCOUNTS);
        var sale = stage.sales().create(Sales.Wanted.openNow(people + ACCOUNTS));
        var admissions = Crowd.admissions(stage.client(), sale, shoppers.subList(0, people));
        var accounts = shoppers.subList(people, people + ACCOUNTS);
        return new Set(sale, true, run -> (number, due) -> {
            if (number % ALL < BOTS_OF_TEN) run.ask("bot", Crowd.join(sale, bot(accounts, number)), due);
            else run.order(Crowd.order(sale, shoppers.get(number / ALL), admissions[number / ALL]), due);
        });
    }

    /** The same customer from another address each time. */
    private static Visitor bot(List<Visitor> accounts, int number) {
        return Visitor.number(number, accounts.get(number % accounts.size()).token());
    }
}
