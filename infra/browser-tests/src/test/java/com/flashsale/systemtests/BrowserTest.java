package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Visitors of the shop. After each test none of their pages may have failed; a failed test leaves pictures under
 * target/screenshots.
 */
@ExtendWith({Chromium.class, BrowserTest.Closing.class})
abstract class BrowserTest {

    final Storefront storefront = Storefront.shared();
    final Shop shop = storefront.shop();
    private final List<Visitor> visitors = new ArrayList<>();

    Visitor visitor() {
        return visitor(new Browser.NewContextOptions());
    }

    Visitor visitor(Browser.NewContextOptions options) {
        var visitor = storefront.visitor(options);
        visitors.add(visitor);
        return visitor;
    }

    Visitor ada() {
        return visitor().signedInAs("Ada");
    }

    Visitor bob() {
        return visitor().signedInAs("Bob");
    }

    String sale(int allotted) {
        return shop.openSale(allotted);
    }

    String sale(int allotted, Map<String, Object> terms) {
        return shop.openSale(allotted, terms);
    }

    /** Another customer holds a unit that is not paid for. */
    String heldByAnother(Shopper other, String sale) {
        return shop.reservedOrder(other, sale);
    }

    void cancel(Shopper owner, String order) {
        shop.api
                .post("/api/v1/orders/" + order + "/cancellation", owner.token(), Map.of())
                .is(202);
    }

    static final class Closing implements AfterTestExecutionCallback {

        @Override
        public void afterTestExecution(ExtensionContext context) throws IOException {
            var test = (BrowserTest) context.getRequiredTestInstance();
            try {
                if (context.getExecutionException().isPresent()) test.takePictures(context);
                else
                    for (var visitor : test.visitors)
                        assertThat(visitor.faults()).isEmpty();
            } finally {
                test.visitors.forEach(Visitor::close);
            }
        }
    }

    private void takePictures(ExtensionContext context) throws IOException {
        var name = context.getRequiredTestClass().getSimpleName() + "."
                + context.getRequiredTestMethod().getName();
        for (int i = 0; i < visitors.size(); i++) {
            if (visitors.get(i).page.isClosed()) continue;
            visitors.get(i).screenshot(Storefront.screenshots().resolve(name + "." + (i + 1) + ".png"));
        }
    }
}
