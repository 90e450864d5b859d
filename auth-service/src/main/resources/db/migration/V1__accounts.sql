-- People, and the synthetic shoppers of load tests, which have neither address nor password and never sign in.
create table account (
    id            uuid        primary key,
    email         text,
    email_key     text        unique,
    display_name  text,
    password_hash text,
    synthetic     boolean     not null default false,
    created_at    timestamptz not null default now(),
    constraint people_have_an_address check (synthetic = (email_key is null)),
    constraint people_have_a_password check (synthetic = (password_hash is null))
);
comment on column account.email_key is 'the address in lower case: one account an address, however it is typed';
create index account_synthetic on account (id) where synthetic;
