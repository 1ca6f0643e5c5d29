package io.tidemark.alarm;

import java.io.IOException;

/** News could not be delivered. Message and hint name no secret. */
final class DeliveryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    DeliveryException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    DeliveryException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
