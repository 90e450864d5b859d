package com.flashsale.systemtests;

/** The stock row of a sale. */
record Units(int allotted, int reserved, int sold) {}
