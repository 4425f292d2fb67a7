#!/bin/bash
# Stands in for docker where kind is said to have made the real cluster: `exec` enters a node, all else is the stand-in's
# that STAND_IN names. Lines of $STAND_IN/nodes say which process a container's node comes from: `control-plane 4711`.
if [ "$1" != exec ]; then exec "$STAND_IN/docker" "$@"; fi
PATH=/usr/bin:/bin
original=("$@")
shift
user=root variables=()
while :; do
  case $1 in
    --user) user=$2; shift 2 ;;
    --env) variables+=("$2"); shift 2 ;;
    -*) shift ;;
    *) break ;;
  esac
done
container=$1
shift
pid=
while read -r suffix of; do case $container in kubedrill-*-"$suffix") pid=$of ;; esac; done <"$STAND_IN/nodes"
[ -n "$pid" ] || exec "$STAND_IN/docker" "${original[@]}"
enter=(nsenter --target "$pid" --mount --uts --ipc --net --pid --)
# Folders of this machine that kind is told to mount.
for path in $(sed -n 's/.*"containerPath": "\(.*\)".*/\1/p' "$STAND_IN"/*.config.json); do
  "${enter[@]}" mkdir -p "$path" </dev/null
done
inside=/usr/local/sbin:/usr/local/bin:/kubedrill/node:/usr/sbin:/usr/bin:/sbin:/bin
# shellcheck disable=SC2016 # said inside
become='exec setpriv --reuid "$0" --regid "$(id -g "$0")" --init-groups -- "$@"'
exec "${enter[@]}" env -i PATH=$inside "${variables[@]}" bash -c "$become" "$user" "$@"
