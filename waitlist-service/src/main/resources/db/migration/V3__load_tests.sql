-- Which load test a row belongs to; null is real. All rows of a sale have the sale's, which came with the event that announced it.
alter table sale add column load_test text;
alter table stock add column load_test text;
alter table waiting_room add column load_test text;
alter table number_gap add column load_test text;
alter table admission add column load_test text;
alter table admitted_order add column load_test text;
alter table waitlist_entry add column load_test text;
create index sale_load_test on sale (load_test) where load_test is not null;
create index stock_load_test on stock (load_test) where load_test is not null;
create index waiting_room_load_test on waiting_room (load_test) where load_test is not null;
create index number_gap_load_test on number_gap (load_test) where load_test is not null;
create index admission_load_test on admission (load_test) where load_test is not null;
create index admitted_order_load_test on admitted_order (load_test) where load_test is not null;
create index waitlist_entry_load_test on waitlist_entry (load_test) where load_test is not null;
