-- Until when an order may be paid, by this database's clock: inventory's instant, or, where its clock is behind ours, the length of the hold
-- from the moment in which we heard of it. Null where inventory did not tell the length: then reserved_until counts.
alter table orders add column payable_until timestamptz;

-- The payments of one order, counted by the database: ids are made by the clocks of several replicas and do not tell the latest.
alter table payment add column number int not null default 1;

-- An abandoned charge may still turn up at the provider. When to ask for it again; null after the last time.
alter table payment add column look_again_at timestamptz;
create index payment_look_again on payment (look_again_at) where look_again_at is not null;

-- At most one payment of an order may take the money or has it. One that is given back does not count: another may follow it.
create unique index payment_one_taking_per_order on payment (order_id) where state in ('REQUESTED', 'UNKNOWN', 'CAPTURED');
drop index payment_one_per_order;

-- How long a sale was paused in all, and since when it is paused now: an admission is good for that much longer.
alter table sale add column paused_millis bigint not null default 0;
alter table sale add column paused_at timestamptz;
