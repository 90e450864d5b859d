package com.flashsale.auth.signin;

import com.flashsale.auth.Browser;
import com.flashsale.auth.Storefront;
import com.flashsale.platform.test.ServiceTest;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A browser at the pages of the sign-in. */
@ServiceTest
abstract class SignInPagesIT {

    @LocalServerPort
    int port;

    Browser browser;

    Storefront storefront;

    @BeforeEach
    void aNewBrowser() {
        browser = new Browser(port);
        storefront = new Storefront(browser);
    }
}
