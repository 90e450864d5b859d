-- The lobby as PostgreSQL remembers it: a draw survives a loss of Redis, before the opening and after it.
create table lobby_place (
    sale_id     uuid   not null,
    customer_id uuid   not null,
    -- drawn from the seed, or the time of the arrival in microseconds: the smaller the earlier
    place       bigint not null,
    -- written before the customer can see it; null until the draw
    number      bigint,
    load_test   text,
    primary key (sale_id, customer_id)
);
create index lobby_place_load_test on lobby_place (load_test) where load_test is not null;

-- The draw by lot took the first ones and is over: places without a number have none any more.
alter table waiting_room add column lobby_cut boolean not null default false;
