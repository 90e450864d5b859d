package com.flashsale.violation.field;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

class Injected {

    @Autowired
    String text = "";

    @Value("${some}")
    String setting = "";
}
