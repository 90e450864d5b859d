-- Orders and their money. Constraints repeat what the code promises: a bug may refuse an order, it cannot double one or charge one twice.

-- A copy of catalog's facts, as far as an order needs them.
create table sale (
    id             uuid        primary key,
    version        bigint      not null,
    price_minor    bigint      not null check (price_minor >= 0),
    currency       text        not null check (length(currency) = 3),
    purchase_limit int         not null check (purchase_limit > 0),
    opens_at       timestamptz not null,
    closes_at      timestamptz not null,
    paused         boolean     not null,
    ended_at       timestamptz
);

create table orders (
    id             uuid        primary key,
    sale_id        uuid        not null,
    customer_id    uuid        not null,
    admission_id   uuid        not null unique, -- an admission is good for one order
    quantity       int         not null check (quantity > 0),
    total_minor    bigint      not null check (total_minor >= 0),
    currency       text        not null check (length(currency) = 3),
    state          text        not null default 'PLACED',
    reason         text,
    reserved_until timestamptz,
    placed_at      timestamptz not null,
    version        int         not null default 1, -- grows with every change that a customer can see
    constraint state_is_whole check (
        case state
            when 'PLACED' then reason is null and reserved_until is null
            when 'RESERVED' then reason is null and reserved_until is not null
            when 'PAID' then reason is null and reserved_until is not null
            when 'REFUSED' then reason is not null and reason in ('SOLD_OUT', 'LIMIT_REACHED')
            when 'CANCELLED' then reason is not null and reason in ('EXPIRED', 'BY_CUSTOMER', 'PAYMENT_DECLINED')
            else false
        end)
) with (fillfactor = 75); -- every order changes twice or more: room on its page keeps those updates out of the indexes

create index orders_of_customer on orders (customer_id, id desc);

create table payment (
    id              uuid        primary key, -- also the provider's Idempotency-Key
    order_id        uuid        not null references orders,
    method          text        not null,
    amount_minor    bigint      not null check (amount_minor >= 0),
    currency        text        not null,
    state           text        not null
        check (state in ('REQUESTED', 'UNKNOWN', 'CAPTURED', 'DECLINED', 'ABANDONED', 'REFUND_DUE', 'REFUNDED')),
    requested_at    timestamptz not null,
    charged_at      timestamptz not null, -- when the provider was last asked to take the money
    attempts        int         not null default 0,
    next_attempt_at timestamptz,
    constraint unsettled_is_looked_after check (
        (state in ('REQUESTED', 'UNKNOWN', 'REFUND_DUE')) = (next_attempt_at is not null))
) with (fillfactor = 75);

-- Money is captured at most once per order: there is no second payment beside one that may have taken, or took, the money.
create unique index payment_one_per_order on payment (order_id) where state not in ('DECLINED', 'ABANDONED');
create index payment_of_order on payment (order_id, id desc);
create index payment_due on payment (next_attempt_at) where next_attempt_at is not null;
