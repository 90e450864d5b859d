create table thing (
    id      uuid primary key,
    name    text not null
);

-- what consumers did, once per message
create table effect (
    position   bigint generated always as identity primary key,
    message_id uuid not null,
    key        text not null,
    number     int  not null
);
