package com.flashsale.platform.security;

import org.springframework.security.core.AuthenticationException;

/**
 * The token cannot be judged yet: auth-service has not been reached since this process started. Not the caller's fault:
 * 503.
 */
final class KeysUnavailableException extends AuthenticationException {

    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("no signing keys yet", cause);
    }
}
