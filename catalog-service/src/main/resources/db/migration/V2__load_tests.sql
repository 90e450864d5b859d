-- Which load test a row belongs to; null is real. A sale has the tag of whoever made it, and all that hangs off the sale has the sale's.
alter table product add column load_test text;
alter table sale add column load_test text;
alter table sale_stock add column load_test text;
create index product_load_test on product (load_test) where load_test is not null;
create index sale_load_test on sale (load_test) where load_test is not null;
create index sale_stock_load_test on sale_stock (load_test) where load_test is not null;
