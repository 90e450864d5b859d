-- Operators turn a switch off on a bad day. A switch that was never turned has no time of change. A migration adds a new one as a row.
create table switch (
    name       text        primary key,
    is_on      boolean     not null default true,
    changed_at timestamptz
);

insert into switch (name) values ('admission'), ('payments'), ('purchases');
