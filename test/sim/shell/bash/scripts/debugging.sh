f() {
  echo "line $LINENO in ${FUNCNAME[0]} from ${FUNCNAME[1]} at ${BASH_LINENO[0]}"
}
g() {
  f
}
g
f
echo "line $LINENO"
set -x
y=2
echo "$y" > /dev/null
[[ $y == 2 && -n $y ]]
for i in a; do : $i; done
set +x
caller || echo no caller
nosuch_command_here
echo $(nosuch_in_substitution)
