-- Orders that were told no, kept longer than the broker keeps their events: delivered again, even to an empty inbox, an order that was
-- refused is not decided anew with the units of another day, and money that was given back buys nothing.
create table refused_order (
    order_id   uuid        primary key,
    sale_id    uuid        not null,
    refused_at timestamptz not null default now(),
    load_test  text
) with (autovacuum_vacuum_scale_factor = 0.05);
create index refused_order_refused_at on refused_order (refused_at);
create index refused_order_load_test on refused_order (load_test) where load_test is not null;
