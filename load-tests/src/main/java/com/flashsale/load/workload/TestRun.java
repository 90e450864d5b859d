package com.flashsale.load.workload;

import com.flashsale.client.api.Api;
import com.flashsale.load.http.LeanClient;
import com.flashsale.load.platform.MachineToken;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.ShopperPool;
import com.flashsale.load.platform.Target;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The objects that all runs of one process share: the platform, one client, the shoppers.
 *
 * @param name the name of the load test; all its data carries it
 */
public record TestRun(Target target, String name, Api api, LeanClient client, Sales sales, ShopperPool shopperPool)
        implements AutoCloseable {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    public static TestRun of(Target target) throws InterruptedException {
        var api = target.api();
        var name = "load-" + STAMP.format(Instant.now());
        var token = new MachineToken(target, api, "load-test");
        return new TestRun(
                target,
                name,
                api,
                LeanClient.start(LeanClient.Settings.of(target.gateway())),
                new Sales(api, token, name),
                new ShopperPool(api, token, name));
    }

    /** For people, at the beginning. */
    public String announcement() {
        return "run       " + name + "; to remove all of it: ./flashsale load purge " + name;
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
