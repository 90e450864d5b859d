-- Admissions that waitlist-service took back before any order was placed with them: none ever will be.
create table voided_admission (
    admission_id uuid        primary key,
    expires_at   timestamptz not null -- long after it the row is of no use: the signature's own time is over
);
create index voided_admission_old on voided_admission (expires_at);
