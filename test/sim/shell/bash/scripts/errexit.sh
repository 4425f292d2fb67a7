set -e
check() {
  false
  echo "after false in check"
}
if check; then echo "check passed"; fi
check || echo "not shown"
! false
false && true
echo "still here"
x=$(false) || echo "assignment failed"
(set +e; false; echo "subshell goes on")
false
echo "not reached"
