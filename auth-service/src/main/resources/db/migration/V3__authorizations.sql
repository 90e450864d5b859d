-- Spring Authorization Server's table, read and written by JdbcOAuth2AuthorizationService. Codes and tokens are stored as SHA-256 only.
create table oauth2_authorization (
    id                            varchar(100) primary key,
    registered_client_id          varchar(100) not null,
    principal_name                varchar(200) not null,
    authorization_grant_type      varchar(100) not null,
    authorized_scopes             varchar(1000),
    attributes                    text,
    state                         varchar(500),
    authorization_code_value      text,
    authorization_code_issued_at  timestamptz,
    authorization_code_expires_at timestamptz,
    authorization_code_metadata   text,
    access_token_value            text,
    access_token_issued_at        timestamptz,
    access_token_expires_at       timestamptz,
    access_token_metadata         text,
    access_token_type             varchar(100),
    access_token_scopes           varchar(1000),
    oidc_id_token_value           text,
    oidc_id_token_issued_at       timestamptz,
    oidc_id_token_expires_at      timestamptz,
    oidc_id_token_metadata        text,
    refresh_token_value           text,
    refresh_token_issued_at       timestamptz,
    refresh_token_expires_at      timestamptz,
    refresh_token_metadata        text,
    user_code_value               text,
    user_code_issued_at           timestamptz,
    user_code_expires_at          timestamptz,
    user_code_metadata            text,
    device_code_value             text,
    device_code_issued_at         timestamptz,
    device_code_expires_at        timestamptz,
    device_code_metadata          text,
    ends_at                       timestamptz generated always as (
        greatest(authorization_code_expires_at, access_token_expires_at, oidc_id_token_expires_at, refresh_token_expires_at)) stored
);
-- one index for each way of looking one up; revocation looks in all of them at once
create index oauth2_authorization_code on oauth2_authorization (authorization_code_value) where authorization_code_value is not null;
create index oauth2_authorization_access on oauth2_authorization (access_token_value) where access_token_value is not null;
create index oauth2_authorization_id_token on oauth2_authorization (oidc_id_token_value) where oidc_id_token_value is not null;
create index oauth2_authorization_refresh on oauth2_authorization (refresh_token_value) where refresh_token_value is not null;
create index oauth2_authorization_state on oauth2_authorization (state) where state is not null;
create index oauth2_authorization_user_code on oauth2_authorization (user_code_value) where user_code_value is not null;
create index oauth2_authorization_device_code on oauth2_authorization (device_code_value) where device_code_value is not null;
create index oauth2_authorization_ends_at on oauth2_authorization (ends_at);

-- Refresh tokens that were exchanged already. Whoever shows one again holds a copy: the whole family ends (RFC 9700, section 4.14.2).
create table spent_refresh_token (
    token_hash       text         primary key,
    authorization_id varchar(100) not null references oauth2_authorization (id) on delete cascade,
    spent_at         timestamptz  not null default now()
);
create index spent_refresh_token_authorization on spent_refresh_token (authorization_id);
