/** The image's entrypoint: steps down, makes the data directory, its first databases, and runs what lies ready for it. */
export const POSTGRES_ENTRYPOINT = `#!/bin/bash
set -Eeo pipefail

fail() {
  printf '%s\\n' "$1" >&2
  exit 1
}

# A value, or the content of the file that NAME_FILE names.
from_file() {
  local file="\${1}_FILE"
  if [ -n "\${!1:-}" ] && [ -n "\${!file:-}" ]; then
    fail "error: both $1 and $file are set (but are exclusive)"
  fi
  if [ -n "\${!file:-}" ]; then
    export "$1=$(cat "\${!file}")"
  elif [ -z "\${!1:-}" ] && [ -n "$2" ]; then
    export "$1=$2"
  fi
}

run_sql() {
  psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "$@"
}

run_files() {
  local f
  printf '\\n'
  for f in /docker-entrypoint-initdb.d/*; do
    case "$f" in
      *.sh)
        if [ -x "$f" ]; then
          printf '%s: running %s\\n' "$0" "$f"
          "$f"
        else
          printf '%s: sourcing %s\\n' "$0" "$f"
          . "$f"
        fi
        ;;
      *.sql)
        printf '%s: running %s\\n' "$0" "$f"
        run_sql --dbname "$POSTGRES_DB" -f "$f"
        printf '\\n'
        ;;
      *)
        if [ -e "$f" ]; then printf '%s: ignoring %s\\n' "$0" "$f"; fi
        ;;
    esac
  done
}

if [ "\${1:0:1}" = - ]; then
  set -- postgres "$@"
fi

if [ "$1" = postgres ]; then
  from_file POSTGRES_PASSWORD
  from_file POSTGRES_USER postgres
  from_file POSTGRES_DB "$POSTGRES_USER"
  mkdir -p "$PGDATA"
  chmod 00700 "$PGDATA" || :
  mkdir -p /var/run/postgresql || :
  if [ "$(id -u)" = 0 ]; then
    find "$PGDATA" ! -user postgres -exec chown postgres {} +
    chown postgres /var/run/postgresql
    exec gosu postgres "$0" "$@"
  fi
  if [ ! -s "$PGDATA/PG_VERSION" ]; then
    if [ -z "$POSTGRES_PASSWORD" ] && [ "$POSTGRES_HOST_AUTH_METHOD" != trust ]; then
      fail 'Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the
       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".

       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all
       connections without a password. This is *not* recommended.

       See PostgreSQL documentation about "trust":
       https://www.postgresql.org/docs/current/auth-trust.html'
    fi
    printf '%s\\n' "$POSTGRES_PASSWORD" > /tmp/.pwfile
    initdb --username="$POSTGRES_USER" --pwfile=/tmp/.pwfile --pgdata="$PGDATA"
    rm -f /tmp/.pwfile
    printf '\\nhost all all all %s\\n' "\${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
    export PGPASSWORD="$POSTGRES_PASSWORD"
    printf 'waiting for server to start....'
    postgres -D "$PGDATA" -c listen_addresses='' -p 5432 &
    server=$!
    while ! pg_isready -q; do sleep 0.1; done
    sleep 0.1
    printf ' done\\nserver started\\n'
    if [ "$POSTGRES_DB" != postgres ]; then
      run_sql --dbname postgres -c "CREATE DATABASE \\"$POSTGRES_DB\\""
      printf '\\n'
    fi
    run_files
    printf '\\nwaiting for server to shut down....'
    kill -INT "$server"
    wait "$server"
    printf ' done\\nserver stopped\\n'
    unset PGPASSWORD
    printf '\\nPostgreSQL init process complete; ready for start up.\\n\\n'
  else
    printf '\\nPostgreSQL Database directory appears to contain a database; Skipping initialization\\n\\n'
  fi
fi
exec "$@"
`;
