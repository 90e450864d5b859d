-- two tables that refer to each other, as rows of a load test do
create table tagged_parent (
    id        uuid primary key,
    text      text not null,
    load_test text
);
create table tagged_child (
    id        uuid primary key,
    parent    uuid not null references tagged_parent (id),
    load_test text
);
