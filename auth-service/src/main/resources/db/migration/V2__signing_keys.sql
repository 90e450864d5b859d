-- What a key may do follows from these instants alone, so that all replicas agree and no state has to be moved:
-- published from the moment it is inserted, signs from signs_from until the next key does, stays published until the last token that it
-- signed has ended.
create table signing_key (
    kid         text        primary key,
    public_jwk  text        not null,
    private_key bytea       not null,
    signs_from  timestamptz not null unique,
    created_at  timestamptz not null default now()
);
comment on column signing_key.private_key is 'PKCS #8, AES-256-GCM: 12 bytes of nonce, then the ciphertext; the kid is authenticated with it';
