-- Which load test a row belongs to; null is real. All rows of a sale have the sale's, which came with the event that announced it.
alter table stock add column load_test text;
alter table reservation add column load_test text;
alter table ledger add column load_test text;
create index stock_load_test on stock (load_test) where load_test is not null;
create index reservation_load_test on reservation (load_test) where load_test is not null;
create index ledger_load_test on ledger (load_test) where load_test is not null;
