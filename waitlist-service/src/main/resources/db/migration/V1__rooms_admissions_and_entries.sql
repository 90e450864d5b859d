-- What catalog and inventory told us; copies by events, so that a sale goes on while they are down.
create table sale (
    sale_id               uuid primary key,
    version               bigint      not null,
    allotted              integer     not null check (allotted >= 0),
    purchase_limit        integer     not null check (purchase_limit > 0),
    opens_at              timestamptz not null,
    closes_at             timestamptz not null,
    crowd_factor          numeric     not null check (crowd_factor > 0),
    admission_factor      numeric     not null check (admission_factor > 0),
    admissions_per_second integer     not null check (admissions_per_second > 0),
    turn_ms               bigint      not null check (turn_ms > 0),
    admission_ms          bigint      not null check (admission_ms > 0),
    offer_ms              bigint      not null check (offer_ms > 0),
    draw                  text        not null check (draw in ('RANDOM', 'FIFO')),
    paused                boolean     not null,
    ended_at              timestamptz,
    updated_at            timestamptz not null default clock_timestamp()
);
create index sale_updated on sale (updated_at);

create table stock (
    sale_id    uuid primary key,
    allotted   integer     not null,
    available  integer     not null,
    reserved   integer     not null,
    sold       integer     not null,
    version    bigint      not null,
    updated_at timestamptz not null default clock_timestamp(),
    check (allotted = available + reserved + sold and available >= 0 and reserved >= 0 and sold >= 0)
);
create index stock_updated on stock (updated_at);

-- What a waiting room must remember when Redis forgets everything.
create table waiting_room (
    sale_id          uuid primary key,
    -- grows with each rebuild; Redis answers only those who know it
    epoch            bigint not null default 0,
    -- no number above it was ever given out
    issued_ceiling   bigint not null default 0,
    -- checkpoints, at most half a second old
    issued           bigint not null default 0,
    serving          bigint not null default 0,
    -- all turns up to here were claimed or have lapsed
    settled          bigint not null default 0,
    -- even: selling by numbers; odd: sold out, freed units go to the waitlist
    phase            bigint not null default 0,
    -- the serving number at the last sold out: larger tickets keep their place on the waitlist
    sold_out_serving bigint not null default 0,
    -- draws the places of the lobby; its SHA-256 is public before the opening, itself afterwards
    seed             bytea  not null,
    check (settled <= serving and serving <= issued and issued <= issued_ceiling)
);

-- Numbers that may or may not have been given out before Redis was lost: served only to those who show their ticket.
create table number_gap (
    sale_id uuid   not null references waiting_room,
    after   bigint not null,
    through bigint not null,
    primary key (sale_id, after),
    check (through > after)
);

-- The right to place one order. ISSUED -> ORDERED -> DECIDED, or ISSUED -> LAPSED.
create table admission (
    id          uuid primary key,
    sale_id     uuid        not null,
    customer_id uuid        not null,
    units       integer     not null check (units > 0),
    source      text        not null check (source in ('TURN', 'OFFER')),
    number      bigint,
    entry_id    uuid,
    state       text        not null check (state in ('ISSUED', 'ORDERED', 'DECIDED', 'LAPSED')),
    issued_at   timestamptz not null,
    expires_at  timestamptz not null,
    -- expires_at and a grace in which the order's event may still arrive
    lapses_at   timestamptz not null,
    order_id    uuid,
    check ((source = 'TURN' and number is not null and entry_id is null)
        or (source = 'OFFER' and number is null and entry_id is not null)),
    check (expires_at > issued_at and lapses_at >= expires_at)
);
-- nobody holds two admissions of one sale
create unique index admission_alive on admission (sale_id, customer_id) where state = 'ISSUED';
create index admission_lapsing on admission (lapses_at) where state = 'ISSUED';
create index admission_undecided on admission (sale_id) where state in ('ISSUED', 'ORDERED');
create index admission_by_number on admission (sale_id, number) where number is not null;

-- What was heard of an order that came with an admission; placed and decided may arrive in either order, the row makes them meet.
create table admitted_order (
    order_id     uuid primary key,
    admission_id uuid,
    decided      boolean     not null default false,
    refused      text,
    heard_at     timestamptz not null default clock_timestamp()
);
create index admitted_order_heard on admitted_order (heard_at);

-- Wanting a unit after sold out, in the order of (place, id).
create table waitlist_entry (
    id          uuid primary key,
    sale_id     uuid        not null,
    customer_id uuid        not null,
    -- the number of the queue ticket that was shown, else behind all tickets
    place       bigint      not null,
    state       text        not null check (state in ('WAITING', 'OFFERED', 'ORDERED', 'LAPSED', 'LEFT', 'CLOSED')),
    -- the last offer: what becomes of it decides what becomes of the entry
    admission_id uuid,
    joined_at   timestamptz not null default clock_timestamp()
);
create unique index waitlist_entry_alive on waitlist_entry (sale_id, customer_id) where state in ('WAITING', 'OFFERED');
create index waitlist_entry_next on waitlist_entry (sale_id, place, id) where state = 'WAITING';
create index waitlist_entry_of_customer on waitlist_entry (customer_id, id);
