package com.flashsale.catalog.sale;

/** How those who were in the lobby before the opening are lined up. */
enum Draw {
    RANDOM,
    FIFO
}
