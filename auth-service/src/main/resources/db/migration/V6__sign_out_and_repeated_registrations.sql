-- The Idempotency-Key of the request that made an account, so that its repetition is answered like the first.
alter table account add column registration_key text;

-- A sign-out looks for the grants of one person.
create index oauth2_authorization_principal on oauth2_authorization (principal_name);
