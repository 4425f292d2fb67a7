moves=0
hanoi() {
  local n=$1 from=$2 to=$3 via=$4
  if ((n == 0)); then return; fi
  hanoi $((n - 1)) "$from" "$via" "$to"
  ((moves++))
  ((moves <= 5)) && echo "disc $n: $from -> $to"
  hanoi $((n - 1)) "$via" "$to" "$from"
}
hanoi 6 A C B
echo "$moves moves"
