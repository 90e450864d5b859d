package com.flashsale.gateway.storefront;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * A file of the storefront, in memory. Its tag is made of its content, so that a new version is seen at once and an old
 * one never.
 */
record StaticFile(byte[] content, MediaType type, String etag) {

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.parseMediaType("text/html;charset=UTF-8"),
            "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
            "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
            "svg", MediaType.parseMediaType("image/svg+xml"),
            "txt", MediaType.parseMediaType("text/plain;charset=UTF-8"));

    static StaticFile of(Resource resource) throws IOException {
        var extension = Optional.ofNullable(StringUtils.getFilenameExtension(resource.getFilename()))
                .orElse("");
        var type = TYPES.get(extension);
        if (type == null) throw new IOException("no media type for " + resource);
        var content = resource.getContentAsByteArray();
        return new StaticFile(content, type, "\"" + digest(content) + "\"");
    }

    Mono<ServerResponse> respond(ServerRequest request) {
        var known = request.headers().firstHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(etag)) {
            return ServerResponse.status(HttpStatus.NOT_MODIFIED).eTag(etag).build();
        }
        return ServerResponse.ok()
                .contentType(type)
                .eTag(etag)
                .cacheControl(CacheControl.noCache())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .bodyValue(content);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
