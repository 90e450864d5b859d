package com.flashsale.violation.edge;

import javax.sql.DataSource;

class CleaningJob {

    private final DataSource database;

    CleaningJob(DataSource database) {
        this.database = database;
    }

    boolean isWrapped() {
        return database.toString().isEmpty();
    }
}
