package com.flashsale.load.scene;

import com.flashsale.load.http.Request;
import com.flashsale.load.http.Request.Visitor;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import java.util.List;
import java.util.Optional;

/** The scenes whose limit is looked for. */
public enum Scenes implements Scene {
    BROWSE {
        @Override
        public Set prepare(Stage stage, int visitors) {
            var sale = stage.sales().create(Sales.Wanted.openNow(1));
            return reading(sale, "browse", "/api/v1/sales/" + sale);
        }
    },
    POLL {
        @Override
        public Set prepare(Stage stage, int visitors) {
            var sale = stage.sales().create(Sales.Wanted.openNow(1));
            return reading(sale, "poll", "/api/v1/sales/" + sale + "/queue");
        }
    },
    JOIN {
        @Override
        public Set prepare(Stage stage, int visitors) throws InterruptedException {
            var shoppers = stage.crowd().of(visitors + 1);
            var sale = openAndKnown(stage, shoppers);
            return new Set(
                    sale, false, run -> (number, due) -> run.ask("join", Crowd.join(sale, shoppers.get(number)), due));
        }
    },
    ORDER {
        @Override
        public Set prepare(Stage stage, int visitors) throws InterruptedException {
            var shoppers = stage.crowd().of(visitors + 1);
            var sale = openAndKnown(stage, shoppers);
            var admissions = Crowd.admissions(stage.client(), sale, shoppers.subList(0, visitors));
            return new Set(
                    sale,
                    true,
                    run -> (number, due) ->
                            run.order(Crowd.order(sale, shoppers.get(number), admissions[number]), due));
        }
    },
    /** Looks at the sale, joins, polls three times, orders. */
    JOURNEY {
        @Override
        public Set prepare(Stage stage, int visitors) throws InterruptedException {
            var shoppers = stage.crowd().of(visitors + 1);
            var sale = openAndKnown(stage, shoppers);
            return new Set(sale, true, run -> (number, due) -> new Journey(run, sale, shoppers.get(number)).begin(due));
        }
    };

    private static Scene.Set reading(String sale, String operation, String path) {
        return new Scene.Set(
                sale,
                false,
                run -> (number, due) -> run.ask(operation, Request.get(path, Visitor.number(number, null)), due));
    }

    /** A sale with a unit for each; the last of the shoppers has joined it, so that every service knows it. */
    private static String openAndKnown(Stage stage, List<Visitor> shoppers) throws InterruptedException {
        var sale = stage.sales().create(Sales.Wanted.openNow(shoppers.size()));
        Crowd.admissions(stage.client(), sale, List.of(shoppers.getLast()));
        return sale;
    }

    public static Optional<Scenes> named(String name) {
        for (var scene : values()) {
            if (scene.label().equals(name)) return Optional.of(scene);
        }
        return Optional.empty();
    }
}
