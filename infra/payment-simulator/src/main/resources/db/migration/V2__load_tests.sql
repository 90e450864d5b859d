-- Which load test of the merchant a charge belongs to; null is real money.
alter table charge add column load_test text;
alter table ledger_entry add column load_test text;
create index charge_load_test on charge (load_test) where load_test is not null;
create index ledger_entry_load_test on ledger_entry (load_test) where load_test is not null;

-- Append only, whoever asks. Only the removal of a load test's traces may delete, has to say so (set local platform.purge = 'on'), and
-- even then finds no entry of real money that it could delete.
create or replace function keep_ledger() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.load_test is not null
       and 'on' in (current_setting('platform.purge', true), current_setting('payment.purge', true)) then
        return old;
    end if;
    raise exception 'the ledger is append only';
end
$$;
