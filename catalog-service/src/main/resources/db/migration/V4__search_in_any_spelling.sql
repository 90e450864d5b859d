-- One spelling for what people take as the same: compatibility forms composed (NFKC), letters folded by Unicode's full rules
-- (ß is ss, the two small sigmas are one, a dotted capital I is an i), nothing that cannot be seen. Stored text and words that are searched
-- for go through the same function.
create function folded(text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(
        normalize(casefold(normalize($1, nfkc) collate "pg_unicode_fast"), nfkc),
        '[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|(?<=i)\u0307', '', 'g') collate "default";

-- Generated, so that rows of the version before and rows that it still makes have it too. That version reads the column search.
alter table product add column folded text not null
    generated always as (folded(name || ' ' || description)) stored;
create index product_folded on product using gin (folded gin_trgm_ops);
