echo $-
set -f
echo *
set +f
set -u
(echo $nope) 2>/dev/null || echo "unset caught $?"
set +u
set -- one two
set -e -- three
echo $# $1
set +e
set -C
echo a > guarded
(echo b > guarded) 2>/dev/null || echo protected
echo c >| guarded
cat guarded
shopt -s extglob nocasematch
[[ HELLO == hello ]] && echo same
shopt -u nocasematch
set -o | grep noclobber | tr -s '\t ' ' '
