create table note (
    id     uuid primary key,
    author uuid,
    text   text not null
);
