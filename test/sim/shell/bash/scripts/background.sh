work() {
  sleep "0.$1"
  echo "worker $1"
  return "$1"
}
work 3 &
a=$!
work 1 &
b=$!
wait "$b"
echo "b: $?"
wait "$a"
echo "a: $?"
for i in 1 2 3; do (sleep 0.$i; echo "done $i") & done
wait
echo all
