-- A pause stops the clocks of admissions: how long the ended pauses of the sale lasted in all, now and when the admission was issued.
alter table sale add column paused_ms bigint not null default 0;
alter table sale add column paused_at timestamptz;
alter table admission add column paused_ms bigint not null default 0;

-- How often order-service was asked whether an admission was used: each time it is asked later.
alter table admission add column questions smallint not null default 0;

-- Who holds or owns how many units, so that a customer whose purchase limit is used up takes no unit from the next.
-- stage only grows: 0 placed, 1 held, 2 refused, expired or released, 3 sold.
alter table admitted_order add column sale_id uuid;
alter table admitted_order add column customer_id uuid;
alter table admitted_order add column units integer;
alter table admitted_order add column stage smallint not null default 0;
create index admitted_order_of_customer on admitted_order (sale_id, customer_id) where stage <> 2;

-- The order in which entries without a better place were made: of one sequence, whatever the clocks of the replicas say.
create sequence waitlist_entry_turn;
alter table waitlist_entry add column turn bigint;
with old as (select id, row_number() over (order by id) as turn from waitlist_entry)
update waitlist_entry set turn = old.turn from old where old.id = waitlist_entry.id;
select setval('waitlist_entry_turn', (select count(*) + 1 from waitlist_entry), false);
alter table waitlist_entry alter column turn set default nextval('waitlist_entry_turn');
alter table waitlist_entry alter column turn set not null;
create index waitlist_entry_next_turn on waitlist_entry (sale_id, place, turn) where state = 'WAITING';
