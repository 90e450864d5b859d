-- Rows that name their owner without a foreign key: they may come before it, and outlive it. The column of tagged_child is not used any more.
create table owned_note (
    id     uuid primary key,
    parent uuid,
    text   text not null
);
