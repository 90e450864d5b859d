-- One row per idempotency key: whoever inserts it first has charged, everybody else reads what was answered.
create table charge (
    key            text        primary key check (key ~ '^[A-Za-z0-9_-]{1,64}$'),
    order_id       uuid        not null,
    amount_minor   bigint      not null check (amount_minor > 0),
    currency       text        not null check (currency ~ '^[A-Z]{3}$'),
    payment_method text        not null,
    verdict        text        not null check (verdict in ('CAPTURED', 'DECLINED')),
    charged_at     timestamptz not null,
    refunded_at    timestamptz,
    constraint only_captured_money_is_refunded check (refunded_at is null or verdict = 'CAPTURED')
);

-- What an auditor believes: each movement of money once, never changed.
create table ledger_entry (
    id           bigint      generated always as identity primary key,
    charge_key   text        not null references charge (key),
    order_id     uuid        not null,
    kind         text        not null check (kind in ('CAPTURE', 'REFUND', 'DECLINE')),
    amount_minor bigint      not null check (amount_minor > 0),
    currency     text        not null check (currency ~ '^[A-Z]{3}$'),
    at           timestamptz not null,
    constraint each_movement_once unique (charge_key, kind)
);

create index ledger_entry_of_order on ledger_entry (order_id, id);

-- Append only, whoever asks. Only the removal of a load test's traces may delete, and has to say so: set local payment.purge = 'on'.
create function keep_ledger() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('payment.purge', true) = 'on' then
        return old;
    end if;
    raise exception 'the ledger is append only';
end
$$;

create trigger ledger_rows_stay before update or delete on ledger_entry
    for each row execute function keep_ledger();

create trigger ledger_stays before truncate on ledger_entry
    for each statement execute function keep_ledger();
