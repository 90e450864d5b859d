package com.flashsale.load.scene;

import com.flashsale.launcher.client.Api;
import com.flashsale.load.http.LeanClient;
import com.flashsale.load.platform.Crowd;
import com.flashsale.load.platform.Sales;
import com.flashsale.load.platform.Target;

/** What all runs of one process share: the platform, one client, the crowd. */
public record Stage(Target target, Api api, LeanClient client, Sales sales, Crowd crowd) implements AutoCloseable {

    public static Stage of(Target target) throws InterruptedException {
        var api = target.api();
        return new Stage(
                target,
                api,
                LeanClient.start(LeanClient.Settings.of(target.gateway())),
                new Sales(api, target.tokenOf(api, "operator")),
                new Crowd(api, target.tokenOf(api, "load-test")));
    }

    @Override
    public void close() {
        client.close();
        api.close();
    }
}
