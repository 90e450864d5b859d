package com.flashsale.platform.fastpath;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/** Lets the fast path answer first. The container makes filters before other beans, so the filter asks for it late. */
final class FastPathFilter implements Filter {

    private final Supplier<FastPath> fastPath;

    FastPathFilter(Supplier<FastPath> fastPath) {
        this.fastPath = fastPath;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var left = fastPath.get().answer((HttpServletRequest) request, (HttpServletResponse) response);
        if (left != null) chain.doFilter(left, response);
    }
}
