-- Which picture the pages show of a product; null for the common one.
alter table product add column picture text check (picture ~ '^[a-z0-9-]{1,40}$');

-- A sale that is not listed is reachable by its id only, for example a self-test.
alter table sale add column listed boolean not null default true;

-- How long a sale has been paused, so that other services can add it to their deadlines. A replica of the version before
-- this one sets paused alone: such a pause counts as nothing.
alter table sale add column paused_at timestamptz;
alter table sale add column paused_ms bigint not null default 0 check (paused_ms >= 0);

-- The public list reads the few sales that are not over, whatever number has ended.
create index sale_not_over on sale (closes_at) where ended_at is null and load_test is null and listed;
