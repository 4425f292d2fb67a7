cat > lib.sh <<'END'
lib_var=from_lib
lib_fn() { echo "lib_fn $1 in ${BASH_SOURCE[0]}"; }
[ "$1" = stop ] && return 3
echo "loaded with $# arguments"
END
. ./lib.sh
lib_fn a
source lib.sh x y
. ./lib.sh stop
echo "status $?"
echo $lib_var
. ./missing.sh
echo "missing $?"
