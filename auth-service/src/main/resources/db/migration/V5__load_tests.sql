-- Which load test a synthetic shopper belongs to; null: to none in particular, as those that are made without a tag.
alter table account add column load_test text constraint only_synthetic_accounts_are_of_a_load_test check (load_test is null or synthetic);
create index account_load_test on account (load_test) where load_test is not null;
