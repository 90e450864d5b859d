-- Which load test a row belongs to; null is real. A sale has the tag that came with its event, and whatever is ordered of it has the sale's.
alter table sale add column load_test text;
alter table orders add column load_test text;
alter table payment add column load_test text;
alter table voided_admission add column load_test text;
create index sale_load_test on sale (load_test) where load_test is not null;
create index orders_load_test on orders (load_test) where load_test is not null;
create index payment_load_test on payment (load_test) where load_test is not null;
create index voided_admission_load_test on voided_admission (load_test) where load_test is not null;
