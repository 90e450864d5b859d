-- Trusted since PostgreSQL 13: the owner of the database may install it, no superuser is needed.
create extension if not exists pg_trgm;

-- A product never changes once it is offered: a sale promises what it said.
create table product (
    id          uuid        primary key,
    name        text        not null check (length(name) between 1 and 200),
    description text        not null check (length(description) <= 2000),
    price_minor bigint      not null check (price_minor > 0),
    currency    text        not null check (currency ~ '^[A-Z]{3}$'),
    created_at  timestamptz not null,
    -- folded by Unicode's rules whatever the locale of the database is, so that "ÜBER" is found by "über"
    search      text        not null generated always as (lower((name || ' ' || description) collate pg_c_utf8)) stored
);

create index product_search on product using gin (search gin_trgm_ops);

create table sale (
    id                    uuid             primary key,
    version               integer          not null check (version > 0),
    product_id            uuid             not null references product (id),
    product_name          text             not null,
    price_minor           bigint           not null check (price_minor > 0),
    currency              text             not null check (currency ~ '^[A-Z]{3}$'),
    allotted              integer          not null check (allotted between 1 and 10000000),
    purchase_limit        integer          not null check (purchase_limit between 1 and 100),
    opens_at              timestamptz      not null,
    closes_at             timestamptz      not null,
    hold_ms               bigint           not null check (hold_ms > 0),
    crowd_factor          double precision not null check (crowd_factor between 1 and 1000),
    admission_factor      double precision not null check (admission_factor > 0 and admission_factor <= 2),
    admissions_per_second integer          not null check (admissions_per_second > 0),
    turn_ms               bigint           not null check (turn_ms > 0),
    admission_ms          bigint           not null check (admission_ms > 0),
    offer_ms              bigint           not null check (offer_ms > 0),
    draw                  text             not null check (draw in ('RANDOM', 'FIFO')),
    paused                boolean          not null default false,
    ended_at              timestamptz,
    constraint closes_after_it_opens check (closes_at > opens_at)
);

-- What inventory said last about the units of a sale. A copy for the public's band, never a promise.
create table sale_stock (
    sale_id   uuid    primary key,
    allotted  integer not null,
    available integer not null,
    version   bigint  not null
);
