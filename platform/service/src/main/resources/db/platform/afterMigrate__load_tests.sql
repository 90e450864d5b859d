-- A callback and not a version: it comes after every version that a service has, also where those are applied already, and a version of a
-- service that does not know it neither misses it nor finds it too new. So each part must be harmless when it is there already.
do $$
begin
    perform pg_advisory_xact_lock(hashtext('load tests'));
    if to_regclass('load_switch') is null then
        -- one row: whether requests of load tests are served
        create table load_switch (
            id         smallint    primary key default 1 check (id = 1),
            served     boolean     not null,
            changed_at timestamptz not null default now()
        );
        insert into load_switch (served) values (true);
    end if;
    if to_regclass('load_run') is null then
        -- Runs whose data was removed. They stay so: a message that still lies in a topic must not bring any of it back.
        create table load_run (
            run       text        primary key check (length(run) between 1 and 64),
            purged_at timestamptz not null default now()
        );
    end if;
    if to_regclass('load_run_key') is null then
        -- Owners whose rows belong to a run, by key: rows that name one may come before it and may outlive it.
        create table load_run_key (
            run text not null,
            key uuid not null,
            primary key (run, key)
        );
    end if;
    if not exists (select 1
                     from information_schema.columns
                    where table_schema = current_schema()
                      and table_name = 'idempotency_record'
                      and column_name = 'load_test') then
        alter table idempotency_record add column load_test text;
        create index idempotency_record_load_test on idempotency_record (load_test) where load_test is not null;
        create index outbox_load_test on outbox (load_test) where load_test is not null;
    end if;
    -- A BRIN index forgets nothing: once freed pages are used again, each range seems to hold old rows, and a clean-up reads the table.
    if to_regclass('inbox_by_age') is null then
        create index inbox_by_age on inbox (received_at);
        drop index if exists inbox_received_at;
    end if;
    if to_regclass('idempotency_record_by_age') is null then
        create index idempotency_record_by_age on idempotency_record (created_at);
        drop index if exists idempotency_record_created_at;
    end if;
end
$$;
