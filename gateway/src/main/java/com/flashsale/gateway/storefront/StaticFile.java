package com.flashsale.gateway.storefront;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
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
 * A file of the storefront, in memory, plain and compressed once at the start. Its tags are made of its content, so
 * that a new version is seen at once and an old one never.
 */
record StaticFile(MediaType type, Encoded plain, Encoded gzip) {

    /** One form of the content, with a tag of its own (RFC 9110, section 8.8.3.3). */
    record Encoded(byte[] content, String etag) {}

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.parseMediaType("text/html;charset=UTF-8"),
            "css", MediaType.parseMediaType("text/css;charset=UTF-8"),
            "js", MediaType.parseMediaType("text/javascript;charset=UTF-8"),
            "svg", MediaType.parseMediaType("image/svg+xml"),
            "txt", MediaType.parseMediaType("text/plain;charset=UTF-8"));

    /** A weight of zero is a refusal. */
    private static final Pattern GZIP = Pattern.compile(
            "(^|,)\\s*gzip\\s*(;\\s*q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*)\\s*)?(,|$)", Pattern.CASE_INSENSITIVE);

    static StaticFile of(Resource resource) throws IOException {
        var extension = Optional.ofNullable(StringUtils.getFilenameExtension(resource.getFilename()))
                .orElse("");
        var type = TYPES.get(extension);
        if (type == null) throw new IOException("no media type for " + resource);
        var content = resource.getContentAsByteArray();
        var digest = digest(content);
        return new StaticFile(
                type,
                new Encoded(content, "\"" + digest + "\""),
                new Encoded(compressed(content), "\"" + digest + "-gzip\""));
    }

    Mono<ServerResponse> respond(ServerRequest request) {
        boolean compresses = request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream()
                .anyMatch(accepted -> GZIP.matcher(accepted).find());
        var form = compresses ? gzip : plain;
        var known = request.headers().firstHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(form.etag)) {
            return ServerResponse.status(HttpStatus.NOT_MODIFIED)
                    .eTag(form.etag)
                    .build();
        }
        var response = ServerResponse.ok()
                .contentType(type)
                .eTag(form.etag)
                .cacheControl(CacheControl.noCache())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_ENCODING);
        if (compresses) response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        return response.bodyValue(form.content);
    }

    private static byte[] compressed(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
