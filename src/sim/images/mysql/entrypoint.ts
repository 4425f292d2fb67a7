/** The image's entrypoint: checks the settings, steps down, makes the first databases and accounts, runs what lies ready for it. */
export const MYSQL_ENTRYPOINT = `#!/bin/bash
set -eo pipefail

say() {
  printf '%s [%s] [Entrypoint]: %s\\n' "$(date --rfc-3339=seconds)" "$1" "$2"
}

fail() {
  say ERROR "$1" >&2
  exit 1
}

# A value, or the content of the file that NAME_FILE names.
from_file() {
  local file="\${1}_FILE"
  if [ -n "\${!1:-}" ] && [ -n "\${!file:-}" ]; then
    fail "Both $1 and $file are set (but are exclusive)"
  fi
  if [ -n "\${!file:-}" ]; then
    export "$1=$(cat "\${!file}")"
  fi
}

run_sql() {
  mysql -S /var/run/mysqld/mysqld.sock -uroot "$@"
}

run_files() {
  local f
  for f in /docker-entrypoint-initdb.d/*; do
    case "$f" in
      *.sh)
        say Note "$0: running $f"
        if [ -x "$f" ]; then "$f"; else . "$f"; fi
        ;;
      *.sql)
        say Note "$0: running $f"
        MYSQL_PWD="$MYSQL_ROOT_PASSWORD" run_sql \${MYSQL_DATABASE:+"$MYSQL_DATABASE"} < "$f"
        echo
        ;;
      *)
        if [ -e "$f" ]; then say Warn "$0: ignoring $f"; fi
        ;;
    esac
  done
}

first_accounts() {
  if [ -n "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
    MYSQL_ROOT_PASSWORD="$(head -c 24 /dev/urandom | base64 | tr -d '\\n')"
    export MYSQL_ROOT_PASSWORD
    say Note "GENERATED ROOT PASSWORD: $MYSQL_ROOT_PASSWORD"
  fi
  if [ "\${MYSQL_ROOT_HOST:-%}" != localhost ]; then
    run_sql -e "CREATE USER 'root'@'\${MYSQL_ROOT_HOST:-%}' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD' superuser"
  fi
  run_sql -e "ALTER USER 'root'@'localhost' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'"
  export MYSQL_PWD="$MYSQL_ROOT_PASSWORD"
  if [ -n "$MYSQL_DATABASE" ]; then
    say Note "Creating database $MYSQL_DATABASE"
    run_sql -e "CREATE DATABASE IF NOT EXISTS \\\`$MYSQL_DATABASE\\\`"
  fi
  if [ -n "$MYSQL_USER" ] && [ -n "$MYSQL_PASSWORD" ]; then
    say Note "Creating user $MYSQL_USER"
    run_sql -e "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD'"
    if [ -n "$MYSQL_DATABASE" ]; then
      say Note "Giving user $MYSQL_USER access to schema $MYSQL_DATABASE"
      run_sql -e "GRANT ALL ON \\\`$MYSQL_DATABASE\\\`.* TO '$MYSQL_USER'@'%'"
    fi
  fi
}

if [ "\${1:0:1}" = - ]; then
  set -- mysqld "$@"
fi

if [ "$1" = mysqld ]; then
  say Note "Entrypoint script for MySQL Server $MYSQL_VERSION-1.el9 started."
  if ! problem="$("$@" --verbose --help 2>&1 >/dev/null)"; then
    fail "mysqld failed while attempting to check config
	command was: $* --verbose --help --log-bin-index=$(mktemp -u)
$problem"
  fi
  for name in MYSQL_ROOT_PASSWORD MYSQL_ROOT_HOST MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD; do
    from_file "$name"
  done
  mkdir -p /var/lib/mysql /var/run/mysqld
  if [ "$(id -u)" = 0 ]; then
    find /var/lib/mysql ! -user mysql -exec chown mysql {} +
    chown mysql /var/run/mysqld
    say Note "Switching to dedicated user 'mysql'"
    exec gosu mysql "$0" "$@"
  fi
  if [ ! -d /var/lib/mysql/mysql ]; then
    if [ -z "$MYSQL_ROOT_PASSWORD" ] && [ -z "$MYSQL_ALLOW_EMPTY_PASSWORD" ] && [ -z "$MYSQL_RANDOM_ROOT_PASSWORD" ]; then
      fail "Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD"
    fi
    if [ "$MYSQL_USER" = root ]; then
      fail 'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user
    Remove MYSQL_USER="root" and use one of the following to control the root user password:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD'
    fi
    say Note 'Initializing database files'
    "$@" --initialize-insecure
    say Note 'Database files initialized'
    say Note 'Starting temporary server'
    "$@" --daemonize --skip-networking --socket=/var/run/mysqld/mysqld.sock
    say Note 'Temporary server started.'
    first_accounts
    run_files
    say Note 'Stopping temporary server'
    mysqladmin -S /var/run/mysqld/mysqld.sock -uroot shutdown
    while [ -e /var/run/mysqld/mysqld.sock ]; do sleep 0.2; done
    sleep 0.2
    unset MYSQL_PWD
    say Note 'Temporary server stopped'
    echo
    say Note 'MySQL init process done. Ready for start up.'
    echo
  fi
fi
exec "$@"
`;
