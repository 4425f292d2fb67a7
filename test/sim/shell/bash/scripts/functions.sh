outer() {
  local var=local
  inner
  echo "outer sees $var"
}
inner() {
  echo "inner sees $var"
  var=changed
}
var=global
outer
echo "global is $var"
recursive() {
  local depth=$1
  ((depth == 0)) && { echo bottom; return 7; }
  recursive $((depth - 1))
  local status=$?
  echo "depth $depth status $status"
  return $status
}
recursive 3
echo "final $?"
declare -f inner
