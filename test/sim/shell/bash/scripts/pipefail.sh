set -o pipefail
true | false | true
echo "$? ${PIPESTATUS[*]}"
set +o pipefail
true | false | true
echo "$? ${PIPESTATUS[*]}"
exit_with() { return "$1"; }
exit_with 3 | exit_with 4 | exit_with 0
echo "${PIPESTATUS[@]}"
yes | head -n 2
echo "${PIPESTATUS[1]}"
seq 1 100000 | head -n 1
