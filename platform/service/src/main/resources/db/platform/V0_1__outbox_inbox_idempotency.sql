-- Events that wait for the relay. seq orders the events of one key: whoever changes one aggregate twice holds its row lock in between.
create table outbox (
    seq         bigint generated always as identity primary key,
    id          uuid        not null,
    shard       smallint    not null,
    topic       text        not null,
    key         text        not null,
    type        text        not null,
    subject     text        not null,
    occurred_at timestamptz not null,
    traceparent text,
    load_test   text,
    data        text        not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);

-- Messages that took effect. Kept longer than the broker keeps messages, so that a replay of a whole topic changes nothing.
create table inbox (
    consumer    text        not null,
    message_id  uuid        not null,
    received_at timestamptz not null default now(),
    primary key (consumer, message_id)
);
create index inbox_received_at on inbox using brin (received_at);

-- Answers given under an Idempotency-Key, stored in the transaction of their effect.
create table idempotency_record (
    scope       text        not null,
    key         text        not null,
    fingerprint bytea       not null,
    status      smallint    not null,
    location    text,
    body        bytea       not null,
    created_at  timestamptz not null default now(),
    primary key (scope, key)
);
create index idempotency_record_created_at on idempotency_record using brin (created_at);
