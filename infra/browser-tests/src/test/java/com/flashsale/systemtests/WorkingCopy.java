package com.flashsale.systemtests;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/** The pages as they are on the disk, so that work on them needs no build. */
final class WorkingCopy {

    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private WorkingCopy() {}

    static void serve(BrowserContext context, Path pages) {
        Predicate<String> isPage = url -> !fileOf(url).isEmpty();
        context.route(isPage, route -> answer(route, pages));
    }

    private static void answer(Route route, Path pages) {
        var file = fileOf(route.request().url());
        if (!Files.isRegularFile(pages.resolve(file))) {
            route.fulfill(new Route.FulfillOptions().setStatus(404));
            return;
        }
        var type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        route.fulfill(new Route.FulfillOptions()
                .setPath(pages.resolve(file))
                .setHeaders(Map.of(
                        "Content-Type",
                        type,
                        "Content-Security-Policy",
                        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'")));
    }

    private static String fileOf(String url) {
        var path = url.replaceFirst("^[a-z]+://[^/]*", "").replaceFirst("[?#].*$", "");
        if (path.startsWith("/assets/") || path.equals("/callback.html")) return path.substring(1);
        if (path.equals("/")) return "index.html";
        if (path.startsWith("/s/")) return "sale.html";
        if (path.equals("/orders")) return "orders.html";
        return path.startsWith("/orders/") ? "order.html" : "";
    }
}
