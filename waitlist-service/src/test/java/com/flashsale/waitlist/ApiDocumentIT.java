package com.flashsale.waitlist;

import com.flashsale.platform.test.ApiDocument;
import com.flashsale.platform.test.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ServiceTest
class ApiDocumentIT {

    @LocalServerPort
    int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping handlers;

    @Test
    void every_operation_is_described_and_every_description_has_an_operation() {
        ApiDocument.of(port).describesExactly(handlers);
    }
}
