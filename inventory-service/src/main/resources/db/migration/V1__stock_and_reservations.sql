-- The truth about units. Each table repeats in constraints what the code promises: a bug may stop a sale, it cannot oversell one.

-- One row per sale: the only row that every change of units locks, and always first.
create table stock (
    sale_id        uuid        primary key,
    allotted       int         not null,
    reserved       int         not null,
    sold           int         not null,
    version        bigint      not null,
    terms_version  bigint      not null,
    purchase_limit int         not null check (purchase_limit > 0),
    hold_millis    bigint      not null check (hold_millis > 0),
    opens_at       timestamptz not null,
    closes_at      timestamptz not null,
    ended_at       timestamptz,
    constraint never_oversold check (allotted >= 0 and reserved >= 0 and sold >= 0 and reserved + sold <= allotted)
) with (fillfactor = 50); -- the row is rewritten with each batch: room on its page keeps the updates away from the index

-- One reservation per order. The order's id is the key: no order can hold twice, whatever was delivered how often.
-- No foreign keys to stock: PostgreSQL would look up and lock the hot row once per inserted row, and the writer has locked it already.
create table reservation (
    order_id    uuid        primary key,
    id          uuid        not null,
    sale_id     uuid        not null,
    customer_id uuid        not null,
    units       int         not null check (units > 0),
    state       text        not null check (state in ('HELD', 'CONFIRMED', 'RELEASED', 'EXPIRED')),
    held_at     timestamptz not null,
    expires_at  timestamptz not null check (expires_at > held_at),
    settled_at  timestamptz,
    check ((state = 'HELD') = (settled_at is null))
);

-- what a customer holds or owns counts against the purchase limit
create index reservation_by_customer on reservation (sale_id, customer_id) where state in ('HELD', 'CONFIRMED');
create index reservation_due on reservation (expires_at) where state = 'HELD';

-- Every movement of units, append-only. Its sum is the stock row.
create table ledger (
    id       bigint      generated always as identity primary key,
    sale_id  uuid        not null,
    order_id uuid,
    kind     text        not null check (kind in ('ALLOTTED', 'HELD', 'CONFIRMED', 'RELEASED', 'EXPIRED')),
    units    int         not null check (units > 0),
    moved_at timestamptz not null,
    check ((kind = 'ALLOTTED') = (order_id is null))
);

-- a sale's units are allotted once
create unique index ledger_allotted_once on ledger (sale_id) where kind = 'ALLOTTED';

-- What an audit compares: per sale the stock row, the sum of the ledger and the reservations by state. Equal at every snapshot.
create view stock_audit as
select sale_id,
       stock.allotted,
       stock.reserved,
       stock.sold,
       coalesce(by_ledger.allotted, 0)      as ledger_allotted,
       coalesce(by_ledger.reserved, 0)      as ledger_reserved,
       coalesce(by_ledger.sold, 0)          as ledger_sold,
       coalesce(by_reservation.reserved, 0) as reservation_reserved,
       coalesce(by_reservation.sold, 0)     as reservation_sold
  from stock
  full join (select sale_id,
                    sum(units) filter (where kind = 'ALLOTTED') as allotted,
                    sum(case kind when 'HELD' then units when 'ALLOTTED' then 0 else -units end) as reserved,
                    sum(units) filter (where kind = 'CONFIRMED') as sold
               from ledger
              group by sale_id) by_ledger using (sale_id)
  full join (select sale_id,
                    sum(units) filter (where state = 'HELD') as reserved,
                    sum(units) filter (where state = 'CONFIRMED') as sold
               from reservation
              where state in ('HELD', 'CONFIRMED')
              group by sale_id) by_reservation using (sale_id);
