package com.flashsale.auth.signin;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The only file that the pages need. */
@RestController
class StylesheetController {

    private static final MediaType CSS = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final Resource css = new ClassPathResource("pages/login.css");

    @GetMapping("/login.css")
    ResponseEntity<Resource> css() {
        return ResponseEntity.ok()
                .contentType(CSS)
                .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
                .body(css);
    }
}
