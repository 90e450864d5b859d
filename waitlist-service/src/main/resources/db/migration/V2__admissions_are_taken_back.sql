-- When order-service was last asked to let nobody in with it; until it answers, the units stay promised.
alter table admission add column withdrawn_at timestamptz;
create index admission_withdrawn on admission (withdrawn_at) where state = 'ISSUED' and withdrawn_at is not null;
