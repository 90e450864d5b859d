package com.flashsale.catalog.sale;

/** The order in which customers of the lobby enter the queue at the opening. */
enum Draw {
    RANDOM,
    FIFO
}
