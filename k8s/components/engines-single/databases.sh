#!/bin/bash
# Run once, when the data directory is new: a database and a role for each service, and one role that reads everything and writes nothing.
set -euo pipefail
from=/run/secrets/postgres

sql() { psql -v ON_ERROR_STOP=1 --quiet --username postgres "$@"; }

sql -v password="$(cat "$from/audit")" <<'SQL'
create role audit login password :'password';
grant pg_read_all_data to audit;
alter role audit set default_transaction_read_only = on;
SQL
for name in auth catalog inventory orders waitlist payment; do
    sql -v name="$name" -v password="$(cat "$from/$name")" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect on database :"name" from public;
grant connect on database :"name" to audit;
SQL
done
