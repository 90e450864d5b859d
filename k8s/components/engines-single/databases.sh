#!/bin/bash
# Run once, when the data directory is new: a database and a role for each service.
set -euo pipefail
for name in auth catalog inventory orders waitlist payment; do
    psql -v ON_ERROR_STOP=1 --quiet --username postgres -v name="$name" -v password="$(cat "/run/secrets/postgres/$name")" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke connect on database :"name" from public;
SQL
done
