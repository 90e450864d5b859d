package com.flashsale.control.fault;

import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A process that freezes another one and is killed meanwhile. */
final class FreezeFixture {

    private FreezeFixture() {}

    static void main(String[] arguments) throws IOException, InterruptedException {
        var target = ProcessIdentity.of(Long.parseLong(arguments[0])).orElseThrow();
        try (var _ = Frozen.freeze(target)) {
            new CountDownLatch(1).await();
        }
    }
}
